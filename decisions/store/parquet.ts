import type { DuckDBDataChunk, DuckDBType } from '@duckdb/node-api';
import { UserError } from '../../env/index.ts';

/** A column of a table: texts, whole numbers or numbers, by what holds them. NaN is kept as no value. */
export interface Column {
  readonly name: string;
  readonly values: readonly string[] | Int32Array | Float64Array;
}

/** The columns of a table as they are read back. */
export interface TableColumns {
  readonly rows: number;
  texts(name: string): string[];
  /** NaN where there is no value. */
  numbers(name: string): Float64Array;
  has(name: string): boolean;
}

/** Rows that are handed to DuckDB at once: what one of its chunks holds. */
const CHUNK = 2048;

/** Writes columns of one length as a Parquet file. It is for the caller to see that a half-written one is never taken for a whole one. */
export async function writeParquet(file: string, columns: readonly Column[]): Promise<void> {
  const { DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, VARCHAR } = await import('@duckdb/node-api');
  const typeOf = ({ values }: Column): DuckDBType =>
    values instanceof Float64Array ? DOUBLE : values instanceof Int32Array ? INTEGER : VARCHAR;
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '500MB', threads: '2' });
  const connection = await instance.connect();
  try {
    const types = columns.map(typeOf);
    await connection.run(`CREATE TABLE kept (${columns.map(({ name }, k) => `"${name}" ${types[k]}`).join(', ')})`);
    const appender = await connection.createAppender('kept');
    const rows = columns[0].values.length;
    for (let from = 0; from < rows; from += CHUNK) {
      const count = Math.min(CHUNK, rows - from);
      const chunk = DuckDBDataChunk.create(types, count);
      for (const [k, { values }] of columns.entries()) chunk.setColumnValues(k, slice(values, from, from + count));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
    await connection.run(`COPY kept TO ${sqlText(file)} (FORMAT parquet, COMPRESSION zstd)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function slice(values: Column['values'], from: number, to: number): readonly (string | number | null)[] {
  if (values instanceof Int32Array) return Array.from(values.subarray(from, to));
  if (!(values instanceof Float64Array)) return values.slice(from, to);
  return Array.from(values.subarray(from, to), (value) => (Number.isNaN(value) ? null : value));
}

/** Reads a Parquet file whole. @throws UserError where it is missing or damaged */
export async function readParquet(file: string): Promise<TableColumns> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '500MB', threads: '2' });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`SELECT * FROM read_parquet(${sqlText(file)})`);
    const names = result.columnNames();
    const chunks: DuckDBDataChunk[] = [];
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) chunks.push(chunk);
    return columnsOf(file, names, chunks);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
    throw new UserError(`${file}: damaged (${reason}); remove the run's folder, or restore the file`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function columnsOf(file: string, names: readonly string[], chunks: readonly DuckDBDataChunk[]): TableColumns {
  const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  const visit = (name: string, take: (value: unknown, row: number) => void) => {
    const column = names.indexOf(name);
    if (column < 0) throw new UserError(`${file}: damaged, it has no column ${name}; remove the run's folder, or restore the file`);
    let from = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(column);
      for (let k = 0; k < chunk.rowCount; k++) take(vector.getItem(k), from + k);
      from += chunk.rowCount;
    }
  };
  return {
    rows,
    has: (name) => names.includes(name),
    texts: (name) => {
      const values: string[] = [];
      visit(name, (value) => values.push(String(value ?? '')));
      return values;
    },
    numbers: (name) => {
      const values = new Float64Array(rows);
      visit(name, (value, row) => {
        values[row] = value === null ? Number.NaN : Number(value);
      });
      return values;
    },
  };
}

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
