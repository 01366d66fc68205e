import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { UserError } from '../../env/index.ts';
import { writeWhole } from '../runs/store.ts';
import { type Chart, chartFile } from './charts/drawing.ts';
import type { ReportDocument } from './document.ts';
import { toHtml } from './html.ts';
import { toMarkdown } from './markdown.ts';

export const REPORT_FORMATS = ['html', 'md'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const ENDINGS: Readonly<Record<string, ReportFormat>> = { '.html': 'html', '.htm': 'html', '.md': 'md', '.markdown': 'md' };

/** The format of a file by how its name ends. @throws UserError where that says nothing */
export function formatOf(file: string): ReportFormat {
  const format = ENDINGS[extname(file).toLowerCase()];
  if (format === undefined) {
    throw new UserError(`--out ${file}: expected a file that ends with .html or .md; rename it, or add --format html`);
  }
  return format;
}

/**
 * Writes a report, whole or not at all. Markdown's charts are SVG files in a folder beside it, written before it.
 * @returns the files written, the report first
 * @throws UserError where it cannot be written
 */
export async function writeReport(
  report: ReportDocument,
  { file, format }: { readonly file: string; readonly format: ReportFormat },
): Promise<string[]> {
  try {
    if (format === 'html') {
      await writeWhole(file, toHtml(report));
      return [file];
    }
    const charts = report.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])));
    const folder = `${basename(file, extname(file))}-charts`;
    const place = ({ name }: Chart) => `${folder}/${name}.svg`;
    if (charts.length > 0) await mkdir(join(dirname(file), folder), { recursive: true });
    for (const chart of charts) await writeWhole(join(dirname(file), place(chart)), chartFile(chart));
    await writeWhole(file, toMarkdown(report, place));
    return [file, ...charts.map((chart) => join(dirname(file), place(chart)))];
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Writes a file, whole or not at all. @throws UserError where it cannot be written */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Finds out before long work whether a file can be written in the end. @throws UserError where it cannot */
export async function checkWritable(file: string): Promise<void> {
  const trial = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}.trial`);
  try {
    await writeWhole(trial, '');
  } catch (error) {
    throw cannotWrite(file, error);
  } finally {
    await rm(trial, { force: true });
  }
}

function cannotWrite(file: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message.split(',')[0] : String(error);
  return new UserError(`${file}: cannot be written (${reason}); expected a path in a folder that exists; correct it or make the folder`);
}
