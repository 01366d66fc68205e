import { UserError } from '../../env/index.ts';
import { type Database, firstLineOf } from './database.ts';
import { bytesOf, notUtf8, type TableFile, tooLong } from './table-file.ts';

const QUOTE = 0x22;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

export interface BadCell {
  /** Number of the row, the first one below the header being 0. */
  readonly row: number;
  /** Number of the column. */
  readonly column: number;
  /** What is there. */
  readonly text: string;
}

/** `sales.csv, line 7, column Qty: 'x'`: a row for Parquet, which has no lines. */
export async function cellName(file: TableFile, { row, column, text }: BadCell): Promise<string> {
  const at = file.separator === undefined ? `row ${row + 1}` : `line ${await lineOfRow(file, row)}`;
  const plain = text.replaceAll(/\p{Cc}/gu, '\ufffd');
  const shown = plain.length > 60 ? `${plain.slice(0, 60)}...` : plain;
  return `${file.path}, ${at}, column ${file.columns[column]}: '${shown}'`;
}

/** What is wrong with one cell, in one line. */
export async function cellError(file: TableFile, cell: BadCell, expected: string, fix?: string): Promise<UserError> {
  return new UserError(`${await cellName(file, cell)}; expected ${expected}; ${fix ?? 'correct the cell or leave the row out'}`);
}

/** What a cell holds, without the spaces around it. */
export async function cellText(database: Database, file: TableFile, row: number, column: number): Promise<string> {
  const [[text]] = await database.rows(`SELECT c${column} FROM ${file.sql} LIMIT 1 OFFSET ${row}`);
  return String(text ?? '').trim();
}

/** Line on which a row begins: rows may hold line ends inside quotes, and lines may be empty. */
async function lineOfRow(file: TableFile, row: number): Promise<number> {
  let line = 1;
  let record = -1;
  let empty = true;
  let inQuotes = false;
  let last = 0;
  for await (const chunk of bytesOf(file.path, file.compressed)) {
    for (let k = 0; k < chunk.length; k++) {
      const sign = chunk[k];
      const ends = sign === RETURN || sign === NEW_LINE;
      if (ends) {
        if (sign === NEW_LINE && last === RETURN) {
          last = sign;
          continue;
        }
        line++;
        if (!inQuotes) empty = true;
      } else if (empty && !inQuotes) {
        empty = false;
        record++;
        if (record === row + 1) return line;
      }
      if (sign === QUOTE) inQuotes = !inQuotes;
      last = sign;
    }
  }
  return line;
}

/** Number of the first line that ends in other signs than the first line does. */
async function firstOtherEnd(file: TableFile): Promise<number> {
  let usual = '';
  let line = 0;
  let last = 0;
  const ended = (signs: string): boolean => {
    line++;
    usual ||= signs;
    return signs !== usual;
  };
  for await (const chunk of bytesOf(file.path, file.compressed)) {
    for (const sign of chunk) {
      if (sign === NEW_LINE ? ended(last === RETURN ? 'both' : 'feed') : last === RETURN && ended('return')) return line;
      last = sign;
    }
  }
  return line;
}

/** DuckDB's complaint about a line of a CSV file as one line of ours. */
export async function brokenLine(file: TableFile, error: unknown): Promise<Error> {
  if (error instanceof UserError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const line = /CSV Error on Line: (\d+)/.exec(message);
  if (line === null) return file.separator === undefined ? damaged(file, message) : unreadable(file, message);
  const at = `${file.path}, line ${line[1]}`;
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (counts !== null) {
    return new UserError(
      `${at}: ${counts[2]} cells; expected ${counts[1]}, as in the header; add or remove cells, or put quotes around those that hold a '${file.separator}'`,
    );
  }
  if (/unicode|utf-8/i.test(message)) {
    return notUtf8(at);
  }
  if (/Maximum line size/.test(message)) return tooLong(file.path, file);
  if (/unterminated quote/.test(message)) return new UserError(`${at}: a quote that is not closed; expected closed quotes; mend the line`);
  return new UserError(`${at}: no row of a table (${firstLineOf(message.slice(message.indexOf('\n') + 1))}); expected CSV; mend the line`);
}

function damaged(file: TableFile, message: string): UserError {
  return new UserError(`${file.path}: a damaged Parquet file (${firstLineOf(message)}); expected a whole one; write it again`);
}

async function unreadable(file: TableFile, message: string): Promise<Error> {
  if (/does not support a full read/.test(message)) return tooLong(file.path, file);
  if (/state machine reached an invalid state/.test(message)) {
    return new UserError(
      `${file.path}, line ${await firstOtherEnd(file)}: its line ends otherwise than the one before; expected the same line ends throughout; save the file anew`,
    );
  }
  if (/encod|utf/i.test(message)) {
    return new UserError(`${file.path}: cannot be decoded (${firstLineOf(message)}); expected UTF-8; save it as UTF-8 or add --encoding`);
  }
  if (/gzip|decompress|deflate/i.test(message)) {
    return new UserError(`${file.path}: a damaged gzip file (${firstLineOf(message)}); expected a whole one; write it again`);
  }
  return new Error(`${file.path}: ${message}`);
}
