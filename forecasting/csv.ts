import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../env/index.ts';

/** One row of a table: its cells by column name, and where it stands in its file. */
export interface Row {
  readonly cells: Readonly<Record<string, string>>;
  /** Line in the file, the header being line 1. */
  readonly line: number;
}

export interface Table {
  readonly file: string;
  /** Column names as the file has them. */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * Reads a CSV file with a header: small tables of given demand or orders, at once and without a database, as scenarios are read where no time may be lost. Sales come
 * through `importSales`. Throws UserError where the file is missing, malformed or lacks one of the columns.
 */
export function readTable(file: string, needed: readonly string[]): Table {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`${file}: cannot be read; expected a CSV file with the columns ${needed.join(', ')}; check the path`);
  }
  return parseTable(text, file, needed);
}

/** The same from a text; `file` is the name that errors give. */
export function parseTable(text: string, file: string, needed: readonly string[]): Table {
  const records = parseRecords(text, file);
  const header = records.length > 0 ? records[0].record : [];
  const columns = header.map((name) => name.trim());
  for (const name of needed) {
    if (!columns.includes(name)) {
      throw new UserError(
        `${file}, line 1: no column '${name}' among '${columns.join(',')}'; expected ${needed.join(', ')}; rename it in the header`,
      );
    }
  }
  const rows = records.slice(1).map(({ record, line }) => ({
    cells: Object.fromEntries(columns.map((name, k) => [name, record[k].trim()])),
    line,
  }));
  return { file, columns, rows };
}

interface RawRecord {
  readonly record: string[];
  readonly line: number;
}

function parseRecords(text: string, file: string): RawRecord[] {
  const lines: number[] = [];
  try {
    const records = parse(text, {
      bom: true,
      skip_empty_lines: true,
      on_record: (record: string[], context) => {
        lines.push(context.lines);
        return record;
      },
    });
    return records.map((record, k) => ({ record, line: lines[k] }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(`${file}: ${error.message}; expected comma-separated values, quoted where they hold commas; fix that line`);
  }
}

/** The number in a cell, `least` or more. Throws UserError with file, line and column. */
export function numberCell(table: Table, row: Row, column: string, least: number): number {
  const text = row.cells[column];
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < least) {
    throw cellError(table, row, column, `a number, ${least} or more`);
  }
  return value;
}

/** What is wrong with one cell, in one line. */
export function cellError(table: Table, row: Row, column: string, expected: string): UserError {
  return new UserError(
    `${table.file}, line ${row.line}, column ${column}: '${row.cells[column]}'; expected ${expected}; correct the cell or leave the row out`,
  );
}
