import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { constants, createGunzip } from 'node:zlib';
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
const NEW_LINE = 0x0a;
const RETURN = 0x0d;

/** Looks at the beginning of a file. Throws UserError where it is missing, empty, or no table. */
export async function openTableFile(database: Database, path: string, encoding: ImportOptions['encoding']): Promise<TableFile> {
  const raw = readPart(path, 'head');
  if (startsWith(raw, 'PAR1')) return parquetFile(database, path);
  const compressed = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = compressed ? await gunzipHead(path, raw) : raw;
  if (compressed) await checkGzip(path);
  const wide = encoding === undefined && bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16' : encoding;
  refuseOtherKinds(path, bytes, wide);
  const text = new TextDecoder(wide === 'utf-16' ? 'utf-16le' : wide === 'latin-1' ? 'latin1' : 'utf-8').decode(bytes);
  const header = headerLine(path, text, bytes.length === PART);
  if (header.includes('\ufffd')) throw notUtf8(`${path}, line 1`);
  if (!compressed && raw.length === PART) await refuseLongTail(path);
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
async function refuseLongTail(path: string): Promise<void> {
  const tail = readPart(path, 'tail').subarray(0, -2); // the line end of the last line is not that of the one before it
  if (!tail.includes('\n') && !tail.includes('\r')) throw await tooLong(path, { compressed: false });
}

/** What is said of a line that is no row of any table: the first one that is longer than a million bytes. */
export async function tooLong(path: string, { compressed }: Pick<TableFile, 'compressed'>): Promise<UserError> {
  const line = await firstLongLine(path, compressed);
  return new UserError(
    `${path}${line === null ? '' : `, line ${line}`}: longer than a million bytes; expected one row of the table in each line; check the line ends and quotes`,
  );
}

/** The number of the first line longer than a million bytes; null where there is none. */
async function firstLongLine(path: string, compressed: boolean): Promise<number | null> {
  let line = 1;
  let length = 0;
  for await (const chunk of bytesOf(path, compressed)) {
    const sign = chunk.includes(NEW_LINE) ? NEW_LINE : RETURN;
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(sign, from);
      length += (end < 0 ? chunk.length : end) - from;
      if (length > PART) return line;
      if (end < 0) break;
      line++;
      length = 0;
      from = end + 1;
    }
  }
  return null;
}

/** A file's bytes, unpacked where it is compressed, piece by piece. */
export function bytesOf(path: string, compressed: boolean): AsyncIterable<Buffer> {
  const bytes = createReadStream(path);
  return compressed ? bytes.pipe(createGunzip()) : bytes;
}

/** The first bytes of what is compressed in the first bytes of a file: no more of it, however much that is. */
async function gunzipHead(path: string, bytes: Buffer): Promise<Buffer> {
  const stream = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  stream.end(bytes);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= PART) break;
    }
  } catch {
    throw damagedGzip(path);
  }
  return Buffer.concat(chunks).subarray(0, PART);
}

/** Reads a gzip file to its end: DuckDB takes one that is cut short for a shorter table, and one with an endless line into memory. */
async function checkGzip(path: string): Promise<void> {
  const long = await firstLongLine(path, true).catch(() => {
    throw damagedGzip(path);
  });
  if (long !== null) throw await tooLong(path, { compressed: true });
}

function damagedGzip(path: string): UserError {
  return new UserError(`${path}: a damaged gzip file; expected a whole one; write it again`);
}

function refuseOtherKinds(path: string, bytes: Buffer, encoding: ImportOptions['encoding']): void {
  if (startsWith(bytes, 'PK')) {
    throw new UserError(`${path}: a spreadsheet or zip archive; expected a CSV or Parquet file; save the sheet as CSV (UTF-8)`);
  }
  const zero = encoding === 'utf-16' ? -1 : bytes.subarray(0, 65536).indexOf(0);
  if (zero < 0) return;
  const line = bytes.subarray(0, zero).reduce((lines, byte) => lines + (byte === NEW_LINE ? 1 : 0), 1);
  throw new UserError(
    `${path}, line ${line}: a byte of 0, as in a binary file; expected a CSV or Parquet file; export the table as CSV (UTF-8)`,
  );
}

export function notUtf8(at: string): UserError {
  return new UserError(`${at}: not UTF-8; expected UTF-8; save the file as UTF-8 or add --encoding latin-1`);
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
