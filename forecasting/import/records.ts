import { UserError } from '../../env/index.ts';
import { brokenLine, cellError, cellName } from './bad-cell.ts';
import type { ColumnName, ColumnNumbers } from './columns.ts';
import type { Cell, Database } from './database.ts';
import { dateReading } from './date-form.ts';
import type { DateForm } from './options.ts';
import type { TableFile } from './table-file.ts';

/** A small table, whole: rows of trimmed cells. */
export interface Records {
  readonly file: TableFile;
  readonly columns: ColumnNumbers;
  readonly rows: readonly (readonly string[])[];
}

/** SQL of a cell's text without the spaces around it. Other blanks stay: to look for them too takes three times as long. */
export function trimmed(column: number): string {
  return `trim(coalesce(c${column}, ''))`;
}

/** Reads a table of items, notes or promotions. Throws UserError with file and line where a line is no row. */
export async function readRecords(database: Database, file: TableFile, columns: ColumnNumbers): Promise<Records> {
  const list = file.columns.map((_, k) => trimmed(k)).join(', ');
  const cells = await guarded(file, () => database.rows(`SELECT ${list} FROM ${file.sql}`));
  if (cells.length === 0) throw headerAlone(file, Object.keys(columns));
  const records = { file, columns, rows: cells.map((row) => row.map((cell: Cell) => String(cell ?? ''))) };
  for (const [at, row] of records.rows.entries()) {
    const column = row.findIndex((text) => text.includes('\0'));
    if (column >= 0) throw await cellError(file, { row: at, column, text: row[column] }, 'text, and no byte of 0');
  }
  return records;
}

/** What is said of a table without rows: nobody writes one on purpose. */
export function headerAlone({ path }: TableFile, names: readonly string[]): UserError {
  return new UserError(`${path}, line 2: nothing below the header; expected rows of ${names.join(',')}; give the whole file`);
}

/** Runs a query over a file; what DuckDB says of the file's lines is said in our words. */
export async function guarded<T>(file: TableFile, query: () => Promise<T>): Promise<T> {
  try {
    return await query();
  } catch (error) {
    throw await brokenLine(file, error);
  }
}

/** A cell by name; empty where the table lacks the column. */
export function cellOf({ columns, rows }: Records, row: number, name: ColumnName): string {
  const column = columns[name];
  return column === undefined ? '' : rows[row][column];
}

/** Throws a UserError about a cell: its file, line, column and value, what was expected and the fix. */
export async function refuseCell(records: Records, row: number, name: ColumnName, expected: string, fix?: string): Promise<never> {
  const column = records.columns[name] ?? 0;
  throw await cellError(records.file, { row, column, text: records.rows[row][column] }, expected, fix);
}

/** Days since 1970-01-01 of a column of dates; undefined where a cell is empty. */
export async function readDays(
  database: Database,
  records: Records,
  name: ColumnName,
  stated?: DateForm,
): Promise<readonly (number | undefined)[]> {
  const column = records.columns[name];
  if (column === undefined) return records.rows.map(() => undefined);
  const sample = records.rows.map((row) => row[column]);
  const text = trimmed(column);
  const reading = await dateReading(database, {
    source: records.file.sql,
    text,
    sample,
    stated,
    locate: async (example) => cellName(records.file, { row: sample.indexOf(example), column, text: example }),
  });
  const days = await database.rows(`SELECT CAST(${reading.sql(text)} - DATE '1970-01-01' AS INTEGER) FROM ${records.file.sql}`);
  for (let row = 0; row < days.length; row++) {
    if (days[row][0] === null && sample[row] !== '') await refuseCell(records, row, name, reading.expected);
  }
  return days.map(([day]) => (typeof day === 'number' ? day : undefined));
}
