import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../env/index.ts';
import type { StoredRun } from '../runs/records.ts';
import { listRuns, readStoredRun, runFolder } from '../runs/store.ts';
import { curveRows, differenceRows, evaluationRows, runRows, type StoredRow, suggestionRows } from './stored-rows.ts';
import { VIEWS, type View, viewNamed } from './views.ts';

/** The run store as tables in memory: what is asked of it reaches no file. */
export interface StoreDatabase {
  readonly connection: DuckDBConnection;
  close(): void;
}

export interface StoreDatabaseOptions {
  /** Views that are filled; the others are there and empty. */
  readonly needed: (view: string) => boolean;
  /** Runs that are read. Default: all. */
  readonly runs?: readonly string[];
  /** Told of what is damaged and left out. */
  readonly onMessage?: (message: string) => void;
}

const MEMORY = '1GB';

/** Reads the run store into tables. */
export async function openStoreDatabase({ needed, runs, onMessage }: StoreDatabaseOptions): Promise<StoreDatabase> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: MEMORY,
    threads: '2',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    const ids = runs ?? (await listRuns()).map(({ run }) => run);
    const records = await Promise.all(ids.map(readStoredRun));
    for (const view of VIEWS) {
      await createTable(connection, view);
      if (needed(view.name)) await fill(connection, view, records, onMessage);
    }
    return { connection, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** From now on no file can be read or written, no extension loaded, and this cannot be taken back. */
export async function shut({ connection }: StoreDatabase): Promise<void> {
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

function createTable(connection: DuckDBConnection, { name, columns }: View): Promise<unknown> {
  return connection.run(`CREATE TABLE ${name} (${columns.map(([column, type]) => `"${column}" ${type}`).join(', ')})`);
}

type Fill = (connection: DuckDBConnection, records: readonly StoredRun[], onMessage?: (message: string) => void) => Promise<void>;

async function fill(
  connection: DuckDBConnection,
  { name }: View,
  records: readonly StoredRun[],
  onMessage?: (message: string) => void,
): Promise<void> {
  await FILLS[name](connection, records, onMessage);
}

const FILLS: Readonly<Record<string, Fill>> = {
  runs: async (connection, records) => insert(connection, 'runs', await runRows(records)),
  metrics: fillMetrics,
  curves: (connection, records, onMessage) => fillByRun(connection, 'curves', records, curveRows, onMessage),
  evaluations: async (connection) => insert(connection, 'evaluations', await evaluationRows()),
  differences: async (connection) => insert(connection, 'differences', await differenceRows()),
  suggestions: (connection, records, onMessage) =>
    fillByRun(connection, 'suggestions', records.filter(isRecommendation), suggestionRows, onMessage),
  predictions: (connection, records, onMessage) => fillFromParquet(connection, 'predictions', records, onMessage),
  items: (connection, records, onMessage) => fillFromParquet(connection, 'items', records, onMessage),
  sales: (connection, records, onMessage) => fillFromParquet(connection, 'sales', records, onMessage),
};

function isRecommendation({ kind }: StoredRun): boolean {
  return kind === 'recommendation';
}

async function fillByRun(
  connection: DuckDBConnection,
  view: string,
  records: readonly StoredRun[],
  rowsOf: (run: string) => Promise<StoredRow[]>,
  onMessage?: (message: string) => void,
): Promise<void> {
  for (const { run } of records) {
    await unlessDamaged(`${view} of run ${run}`, async () => insert(connection, view, await rowsOf(run)), onMessage);
  }
}

/** Rows go in as one JSON text. */
async function insert(connection: DuckDBConnection, view: string, rows: readonly StoredRow[]): Promise<void> {
  const shape = Object.fromEntries(viewNamed(view).columns.map(([name, type]) => [name, type.endsWith('[]') ? [type.slice(0, -2)] : type]));
  const statement = await connection.prepare(
    `INSERT INTO ${view} SELECT unnest(row, max_depth := 1) FROM (SELECT unnest(from_json(?::JSON, ${sqlText(JSON.stringify([shape]))})) AS row)`,
  );
  statement.bindVarchar(1, JSON.stringify(rows));
  await statement.run();
}

/** A column for each name that any run logged. */
async function fillMetrics(connection: DuckDBConnection, records: readonly StoredRun[]): Promise<void> {
  const files = await present(records, 'metrics.ndjson');
  if (files.length === 0) return;
  const list = files.map(({ file }) => sqlText(file)).join(', ');
  const names = files.map(({ run, file }) => `{ 'file': ${sqlText(file)}, 'run': ${sqlText(run)} }`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE metrics AS
    SELECT names.run, lines.* EXCLUDE (filename)
    FROM read_json([${list}], format = 'newline_delimited', union_by_name = true, ignore_errors = true, filename = true, sample_size = -1) AS lines
    JOIN (SELECT unnest([${names}], max_depth := 2)) AS names ON names.file = lines.filename
    ORDER BY names.run, steps, seconds`);
}

async function fillFromParquet(
  connection: DuckDBConnection,
  view: string,
  records: readonly StoredRun[],
  onMessage?: (message: string) => void,
): Promise<void> {
  for (const { run, file } of await present(records.filter(isRecommendation), `${view}.parquet`)) {
    const work = async () => {
      const there = (await connection.runAndReadAll(`DESCRIBE FROM read_parquet(${sqlText(file)})`))
        .getRows()
        .map(([name]) => String(name));
      const columns = viewNamed(view).columns.map(
        ([name, type]) => `${name === 'run' ? '?' : columnOf(name, there)}::${type} AS "${name}"`,
      );
      const statement = await connection.prepare(`INSERT INTO ${view} SELECT ${columns.join(', ')} FROM read_parquet(${sqlText(file)})`);
      statement.bindVarchar(1, run);
      await statement.run();
    };
    await unlessDamaged(file, work, onMessage);
  }
}

/** Lists are kept one entry to a column, weight0, weight1, ...; a forecast without any is one distribution of its mean and variance. */
function columnOf(name: string, there: readonly string[]): string {
  const singular = name.replace(/s$/, '');
  if (!['weights', 'means', 'variances'].includes(name)) return `"${name}"`;
  const parts = there.filter((column) => new RegExp(`^${singular}\\d+$`).test(column));
  if (parts.length > 0) return `[${parts.map((part) => `"${part}"`).join(', ')}]`;
  return singular === 'weight' ? '[1]' : `["${singular}"]`;
}

async function present(records: readonly StoredRun[], name: string): Promise<{ readonly run: string; readonly file: string }[]> {
  const all = records.map(({ run }) => ({ run, file: join(runFolder(run), name) }));
  const there = await Promise.all(
    all.map(({ file }) =>
      access(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return all.filter((_, k) => there[k]);
}

async function unlessDamaged(what: string, work: () => Promise<void>, onMessage?: (message: string) => void): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) throw error;
    onMessage?.(`${what}: damaged and left out (${firstLine(error)})`);
  }
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}

export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
