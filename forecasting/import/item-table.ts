import { type ColumnName, type ColumnNumbers, matchColumns } from './columns.ts';
import { type Database, openDatabase } from './database.ts';
import { numberForm } from './number-form.ts';
import type { ImportOptions, TablePath } from './options.ts';
import { cellOf, type Records, readDays, readRecords, refuseCell, trimmed } from './records.ts';
import { openTableFile } from './table-file.ts';

export interface ItemTableOptions extends Pick<ImportOptions, 'map' | 'dates' | 'decimal' | 'encoding'> {
  readonly path: TablePath;
  /** Columns that it must have, and that it may have. */
  readonly needed: readonly ColumnName[];
  readonly optional: readonly ColumnName[];
  /** Those of them that hold numbers, and days. */
  readonly numbers: readonly ColumnName[];
  readonly days?: readonly ColumnName[];
}

/** A table about items other than their sales: stock, terms, decisions. */
export interface ItemTable {
  readonly rows: number;
  has(name: ColumnName): boolean;
  /** Without the spaces around it; empty where the table lacks the column. */
  text(row: number, name: ColumnName): string;
  /** Undefined where the cell is empty or the table lacks the column. */
  number(row: number, name: ColumnName): number | undefined;
  /** Days since 1970-01-01. */
  day(row: number, name: ColumnName): number | undefined;
  /** Throws a UserError about a cell: its file, line, column and value, what was expected and the fix. */
  refuse(row: number, name: ColumnName, expected: string, fix?: string): Promise<never>;
}

/** Reads a small table whole; columns are found, numbers and days read as those of sales are. @throws UserError with file, line and column */
export async function readItemTable(options: ItemTableOptions): Promise<ItemTable> {
  const database = await openDatabase();
  try {
    const file = await openTableFile(database, options.path, options.encoding);
    const columns = matchColumns(file, options.needed, options.optional, options.map ?? {});
    const records = await readRecords(database, file, columns);
    const numbers = await readNumbers(database, records, options);
    const days: Partial<Record<ColumnName, readonly (number | undefined)[]>> = {};
    for (const name of options.days ?? []) days[name] = await readDays(database, records, name, options.dates);
    return {
      rows: records.rows.length,
      has: (name) => columns[name] !== undefined,
      text: (row, name) => withoutApostrophe(cellOf(records, row, name)),
      number: (row, name) => numbers[name]?.[row],
      day: (row, name) => days[name]?.[row],
      refuse: (row, name, expected, fix) => refuseCell(records, row, name, expected, fix),
    };
  } finally {
    await database.close();
  }
}

type NumberColumns = Partial<Record<ColumnName, readonly (number | undefined)[]>>;

/** All numbers of a table are written in one way. */
async function readNumbers(database: Database, records: Records, options: ItemTableOptions): Promise<NumberColumns> {
  const present = options.numbers.flatMap((name) => numbered(records.columns, name));
  if (present.length === 0) return {};
  const sample = records.rows.flatMap((row) => present.map(({ column }) => row[column]));
  const form = numberForm(sample, records.file.separator, options.decimal);
  const list = present.map(({ column }) => form.sql(trimmed(column))).join(', ');
  const read = await database.rows(`SELECT ${list} FROM ${records.file.sql}`);
  const found: NumberColumns = {};
  for (const [k, { name, column }] of present.entries()) {
    const bad = records.rows.findIndex((row, at) => row[column] !== '' && read[at][k] === null);
    if (bad >= 0) await refuseCell(records, bad, name, `${form.expected}, or nothing`, form.fix(records.rows[bad][column]));
    found[name] = read.map((row) => (typeof row[k] === 'number' ? row[k] : undefined));
  }
  return found;
}

function numbered(columns: ColumnNumbers, name: ColumnName): { readonly name: ColumnName; readonly column: number }[] {
  const column = columns[name];
  return column === undefined ? [] : [{ name, column }];
}

/** A text that a spreadsheet would take for a formula is written with an apostrophe before it, which is no part of it. */
function withoutApostrophe(text: string): string {
  return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}
