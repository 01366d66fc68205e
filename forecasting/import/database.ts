import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';

/** Where files are read and counted: gone, with all that it wrote, once it is closed. */
export interface Database {
  run(sql: string): Promise<void>;
  /** All rows of a small result; whole numbers and decimals as numbers, everything else as text. */
  rows(sql: string): Promise<Cell[][]>;
  /** A large result, a chunk of columns at a time, in order. */
  chunks(sql: string): AsyncIterable<DuckDBDataChunk>;
  close(): Promise<void>;
}

export type Cell = string | number | null;

/** What DuckDB may hold in memory; the rest goes to a file in the temporary folder. */
const MEMORY = '700MB';

export async function openDatabase(): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await mkdtemp(join(tmpdir(), 'replenish-import-'));
  const threads = String(Math.max(1, Math.min(4, availableParallelism())));
  const instance = await DuckDBInstance.create(join(folder, 'import.db'), { memory_limit: MEMORY, threads, temp_directory: folder });
  const connection = await instance.connect();
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(asCell)),
    chunks: (sql) => streamChunks(connection, sql),
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* streamChunks(connection: DuckDBConnection, sql: string): AsyncGenerator<DuckDBDataChunk> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) yield chunk;
}

function asCell(value: unknown): Cell {
  if (value === null || typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : String(value);
}

/** A text as SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function firstLineOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
