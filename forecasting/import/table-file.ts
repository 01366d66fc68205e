import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../../env/index.ts';
import { type Database, firstLineOf, quoted } from './database.ts';
import type { ImportOptions } from './options.ts';

/** A file that holds a table, before any of its lines is read. */
export interface TableFile {
  /** As the user named it. */
  readonly path: string;
  /** What to give to FROM: columns c0, c1, ... of text, in the order of the file; empty cells are NULL. */
  readonly sql: string;
  /** Names in the header. */
  readonly columns: readonly string[];
  /** Undefined for Parquet. */
  readonly separator?: string;
  readonly compressed: boolean;
}

/** What is looked at of a file's head and tail [bytes]: the header must end within it, and the last line begin. */
const PART = 1 << 20;
const SEPARATORS = [',', ';', '\t', '|'];

/** Looks at the beginning of a file. Throws UserError where it is missing, empty, or no table. */
export async function openTableFile(database: Database, path: string, encoding: ImportOptions['encoding']): Promise<TableFile> {
  const raw = readPart(path, 'head');
  if (startsWith(raw, 'PAR1')) return parquetFile(database, path);
  const compressed = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = compressed ? gunzipHead(path, raw) : raw;
  if (compressed) await checkGzip(path);
  const wide = encoding === undefined && bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16' : encoding;
  refuseOtherKinds(path, bytes, wide);
  const text = new TextDecoder(wide === 'utf-16' ? 'utf-16le' : wide === 'latin-1' ? 'latin1' : 'utf-8').decode(bytes);
  const header = headerLine(path, text, raw.length === PART);
  if (!compressed && raw.length === PART) refuseLongTail(path);
  const separator = separatorOf(header);
  const columns = splitHeader(path, header, separator);
  const struct = columns.map((_, k) => `c${k}: 'VARCHAR'`).join(', ');
  const settings = [
    'auto_detect = false, header = true, null_padding = false, strict_mode = true',
    `quote = '"', escape = '"', delim = ${quoted(separator)}, columns = { ${struct} }`,
    `compression = ${compressed ? "'gzip'" : "'none'"}`,
    ...(wide === undefined ? [] : [`encoding = ${quoted(wide)}`]),
  ];
  return { path, columns, separator, compressed, sql: `read_csv(${quoted(path)}, ${settings.join(', ')})` };
}

async function parquetFile(database: Database, path: string): Promise<TableFile> {
  const source = `read_parquet(${quoted(path)})`;
  const described = await database.rows(`DESCRIBE SELECT * FROM ${source}`).catch((error: unknown) => {
    throw new UserError(`${path}: a damaged Parquet file (${firstLineOf(error)}); expected a whole one; write it again`);
  });
  const columns = described.map(([name]) => String(name));
  const list = columns.map((name, k) => `nullif(CAST("${name.replaceAll('"', '""')}" AS VARCHAR), '') AS c${k}`);
  return { path, columns, compressed: false, sql: `(SELECT ${list.join(', ')} FROM ${source})` };
}

function readPart(path: string, part: 'head' | 'tail'): Buffer {
  let file: number;
  let size: number;
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new UserError(`${path}: a folder; expected a CSV or Parquet file; give the path of the file`);
    size = found.size;
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`'${path}': cannot be read; expected a CSV or Parquet file; check the path`);
  }
  const buffer = Buffer.alloc(PART);
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, PART, part === 'head' ? 0 : Math.max(0, size - PART)));
  } finally {
    closeSync(file);
  }
}

/** DuckDB passes over a last line that fills its whole buffer without a word. */
function refuseLongTail(path: string): void {
  const tail = readPart(path, 'tail').subarray(0, -2); // the line end of the last line is not that of the one before it
  if (!tail.includes('\n') && !tail.includes('\r')) throw tooLong(path);
}

/** What is said of a line that is no row of any table. */
export function tooLong(path: string): UserError {
  return new UserError(
    `${path}: a line longer than a million bytes; expected one row of the table in each; check the line ends and quotes`,
  );
}

function gunzipHead(path: string, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    throw damagedGzip(path);
  }
}

/** Reads a gzip file to its end: DuckDB takes one that is cut short for a shorter table. */
async function checkGzip(path: string): Promise<void> {
  let sinceLineEnd = 0;
  let longest = 0;
  const stream = createReadStream(path).pipe(createGunzip());
  try {
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      const last = chunk.lastIndexOf('\n');
      longest = Math.max(longest, sinceLineEnd + (last < 0 ? chunk.length : chunk.indexOf('\n')));
      sinceLineEnd = last < 0 ? sinceLineEnd + chunk.length : chunk.length - last - 1;
    }
  } catch {
    throw damagedGzip(path);
  }
  if (longest > 2 * PART) throw tooLong(path);
}

function damagedGzip(path: string): UserError {
  return new UserError(`${path}: a damaged gzip file; expected a whole one; write it again`);
}

function refuseOtherKinds(path: string, bytes: Buffer, encoding: ImportOptions['encoding']): void {
  if (startsWith(bytes, 'PK')) {
    throw new UserError(`${path}: a spreadsheet or zip archive; expected a CSV or Parquet file; save the sheet as CSV (UTF-8)`);
  }
  if (encoding !== 'utf-16' && bytes.subarray(0, 65536).includes(0)) {
    throw new UserError(`${path}: a binary file; expected a CSV or Parquet file; export the table as CSV (UTF-8)`);
  }
}

function headerLine(path: string, text: string, cut: boolean): string {
  const whole = text.replace(/^\ufeff/, '');
  const end = endOfRecord(whole);
  if (end < 0 && cut) {
    throw new UserError(`${path}, line 1: longer than a million bytes; expected a header and one line for each row; check the line ends`);
  }
  const header = end < 0 ? whole : whole.slice(0, end);
  if (header.trim() === '') throw new UserError(`${path}, line 1: empty; expected a header with the names of the columns; add it`);
  return header;
}

/** Where the first line ends, line ends inside quotes aside; -1 where it does not. */
function endOfRecord(text: string): number {
  let inQuotes = false;
  for (let k = 0; k < text.length; k++) {
    const sign = text[k];
    if (sign === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (sign === '\n' || sign === '\r')) return k;
  }
  return -1;
}

function separatorOf(header: string): string {
  const outside = header.replace(/"[^"]*"/g, '');
  const counts = SEPARATORS.map((sign) => outside.split(sign).length);
  return SEPARATORS[counts.indexOf(Math.max(...counts))];
}

function splitHeader(path: string, header: string, delimiter: string): string[] {
  try {
    const [columns]: string[][] = parse(header, { delimiter, relax_column_count: true });
    return columns.map((name) => name.trim());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UserError(`${path}, line 1: the header is not closed (${error.message}); expected names of columns; mend its quotes`);
  }
}

function startsWith(bytes: Buffer, magic: string): boolean {
  return bytes.subarray(0, magic.length).toString('latin1') === magic;
}
