import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder, writeWhole } from './store.ts';

/** What one iteration of training measured, by name; `steps` and `seconds` are when. */
export type MetricsLine = Readonly<Record<string, number>>;

const FILE = 'metrics.ndjson';

/** Adds one line of metrics to a run. */
export async function logMetrics(run: string, metrics: MetricsLine): Promise<void> {
  await appendFile(join(runFolder(run), FILE), `${JSON.stringify(metrics)}\n`);
}

/** Every whole line of a run's metrics, oldest first. A line that was broken off while it was written is left out. */
export async function readMetrics(run: string): Promise<MetricsLine[]> {
  const text = await readFile(join(runFolder(run), FILE), 'utf8').catch(() => '');
  return parseMetrics(text.split('\n'));
}

/** Where a run's metrics are. @throws UserError for an id that could not be one */
export function metricsFile(run: string): string {
  return join(runFolder(run), FILE);
}

/** The metrics of those lines that are whole. */
export function parseMetrics(lines: readonly string[]): MetricsLine[] {
  return lines.flatMap((line) => {
    const value = parse(line);
    return value === null ? [] : [value];
  });
}

/** Leaves the lines up to a number of environment steps: what came after it will be done, and told, again. */
export async function cutMetricsBack(run: string, steps: number): Promise<MetricsLine[]> {
  const kept = (await readMetrics(run)).filter((line) => line.steps <= steps);
  await writeWhole(join(runFolder(run), FILE), kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return kept;
}

function parse(line: string): MetricsLine | null {
  try {
    const value: unknown = JSON.parse(line);
    return isMetricsLine(value) ? value : null;
  } catch {
    return null;
  }
}

function isMetricsLine(value: unknown): value is MetricsLine {
  return typeof value === 'object' && value !== null && 'steps' in value && typeof value.steps === 'number';
}
