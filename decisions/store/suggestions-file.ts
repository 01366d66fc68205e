import { rename, rm } from 'node:fs/promises';
import { UserError } from '../../env/index.ts';
import { writeWhole } from '../../experiments/index.ts';
import { quoted } from '../../forecasting/index.ts';
import type { Suggestion } from '../recommend/suggestion.ts';
import { type Column, writeParquet } from './parquet.ts';

const KINDS = ['csv', 'parquet', 'json'] as const;

/** What a file is written as goes by its name. @throws UserError where the name says nothing that is known */
export function suggestionsFileKind(file: string): (typeof KINDS)[number] {
  const kind = KINDS.find((one) => file.toLowerCase().endsWith(`.${one}`));
  if (kind !== undefined) return kind;
  throw new UserError(`--out ${file}: expected a name that ends in .${KINDS.join(', .')}; for example --out suggestions.csv`);
}

/**
 * Writes suggestions for people: one line for each item, and the empty columns `decision` and `decidedOrder` for what becomes of it. The file is there
 * whole or not at all. @throws UserError where it cannot be written
 */
export async function writeSuggestions(file: string, suggestions: readonly Suggestion[]): Promise<void> {
  const kind = suggestionsFileKind(file);
  try {
    if (kind === 'json') await writeWhole(file, `${JSON.stringify(suggestions, null, 1)}\n`);
    else if (kind === 'csv') await writeWhole(file, csvOf(columnsOf(suggestions), suggestions.length));
    else await writeParquetWhole(file, columnsOf(suggestions));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `--out ${file}: cannot be written (${reason}); expected a path in a folder that exists; correct it or make the folder`,
    );
  }
}

async function writeParquetWhole(file: string, columns: readonly Column[]): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await writeParquet(beside, columns);
    await rename(beside, file);
  } finally {
    await rm(beside, { force: true });
  }
}

function columnsOf(suggestions: readonly Suggestion[]): Column[] {
  const texts = (name: string, value: (one: Suggestion) => string): Column => ({ name, values: suggestions.map(value) });
  const numbers = (name: string, value: (one: Suggestion) => number): Column => ({ name, values: Float64Array.from(suggestions, value) });
  return [
    texts('item', ({ item }) => item),
    numbers('order', ({ order }) => order),
    texts('decision', () => ''),
    texts('decidedOrder', () => ''),
    texts('reason', ({ reason }) => reason),
    numbers('onHand', ({ onHand }) => onHand),
    numbers('onOrder', ({ onOrder }) => onOrder),
    numbers('coverPeriods', ({ coverPeriods }) => coverPeriods),
    numbers('mean', ({ forecast }) => forecast.mean),
    numbers('p10', ({ forecast }) => forecast.p10),
    numbers('p50', ({ forecast }) => forecast.p50),
    numbers('p90', ({ forecast }) => forecast.p90),
    numbers('orderUpTo', ({ orderUpTo }) => orderUpTo),
    numbers('wanted', ({ wanted }) => wanted),
    numbers('expectedCost', ({ expectedCost }) => expectedCost.order),
    numbers('costOfNothing', ({ expectedCost }) => expectedCost.nothing),
    texts('state', ({ state }) => state),
    texts('flags', ({ flags }) => flags.join('; ')),
  ];
}

function csvOf(columns: readonly Column[], rows: number): string {
  const cell = (value: string | number) => (typeof value === 'number' ? String(value) : quoted(harmless(value)));
  const lines = [columns.map(({ name }) => name).join(',')];
  for (let row = 0; row < rows; row++) lines.push(columns.map(({ values }) => cell(values[row])).join(','));
  return `${lines.join('\n')}\n`;
}

/** A spreadsheet runs a cell that begins like a formula; an apostrophe before it makes it text. It is taken off again where such a file is read. */
export function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
