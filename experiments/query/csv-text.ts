import { quoted } from '../../forecasting/index.ts';

/** A value as a cell of CSV. Text that a spreadsheet would take for a formula gets an apostrophe before it, and stays text. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

/** Lines of CSV, the names first, each with its line feed. */
export function* csvLines(names: readonly string[], rows: Iterable<Readonly<Record<string, unknown>>>): Generator<string> {
  yield `${names.map(csvCell).join(',')}\n`;
  for (const row of rows) yield `${names.map((name) => csvCell(row[name])).join(',')}\n`;
}
