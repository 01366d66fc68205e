import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../env/index.ts';
import { writeCsv } from '../../forecasting/index.ts';
import { csvLines } from './csv-text.ts';
import { firstLine, openStoreDatabase, sqlText } from './database.ts';
import { readResult } from './query-runs.ts';

export interface ExportResult {
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly string[];
}

/** Ways to write a query's result, by the end of the file's name. */
const WRITERS: Readonly<Record<string, (connection: DuckDBConnection, sql: string, file: string) => Promise<void>>> = {
  '.csv': async (connection, sql, file) => {
    const { columns, rows } = readResult(await connection.runAndReadAll(sql));
    const names = columns.map(({ name }) => name);
    writeCsv(file, csvLines(names, rows));
  },
  '.parquet': writeParquet,
};

/**
 * Writes all runs and their metrics as one table, Parquet or CSV by the file's name, whole or not at all. Each line of metrics stands beside its run; a run without any has
 * one row.
 * @throws UserError where the name says neither, or the file cannot be written
 */
export async function exportRuns(
  file: string,
  { onMessage }: { readonly onMessage?: (message: string) => void } = {},
): Promise<ExportResult> {
  const ending = extname(file).toLowerCase();
  if (!Object.hasOwn(WRITERS, ending))
    throw new UserError(`--out ${file}: expected a file that ends with .parquet or .csv; for example --out runs.parquet`);
  const { connection, close } = await openStoreDatabase({ needed: (view) => view === 'runs' || view === 'metrics', onMessage });
  try {
    const sql = await exported(connection);
    await WRITERS[ending](connection, sql, file);
    const [[rows]] = (await connection.runAndReadAll(`SELECT count(*) FROM (${sql})`)).getRows();
    return { file, rows: Number(rows), columns: await columnsOf(connection, sql) };
  } finally {
    close();
  }
}

/** What metrics call as runs do begins with `metric` here: metricSteps. */
async function exported(connection: DuckDBConnection): Promise<string> {
  const taken = await columnsOf(connection, 'FROM runs');
  const metrics = (await columnsOf(connection, 'FROM metrics')).filter((name) => name !== 'run');
  const named = metrics.map((name) =>
    taken.includes(name) ? `metrics."${name}" AS "metric${name[0].toUpperCase()}${name.slice(1)}"` : `metrics."${name}"`,
  );
  return `SELECT runs.*, ${named.join(', ')} FROM runs LEFT JOIN metrics USING (run) ORDER BY runs."startedAt", runs.run, metrics.steps`;
}

async function columnsOf(connection: DuckDBConnection, sql: string): Promise<string[]> {
  return (await connection.runAndReadAll(`DESCRIBE ${sql}`)).getRows().map(([name]) => String(name));
}

async function writeParquet(connection: DuckDBConnection, sql: string, file: string): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  try {
    await connection.run(`COPY (${sql}) TO ${sqlText(beside)} (FORMAT parquet, COMPRESSION zstd)`);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    const reason = firstLine(error);
    throw new UserError(`${file}: cannot be written (${reason}); expected a path in a folder that exists; correct it or make the folder`);
  }
}
