import type { DuckDBResultReader, DuckDBType, Json } from '@duckdb/node-api';
import { UserError } from '../../env/index.ts';
import { firstLine, openStoreDatabase, shut } from './database.ts';
import { VIEWS } from './views.ts';

export interface QueryResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** [row] values by column: whole numbers and decimals as numbers where they can be held, dates as text, lists and structures as they are. */
  readonly rows: readonly Readonly<Record<string, Json>>[];
}

export interface QueryOptions {
  /** Runs that are read. Default: all. */
  readonly runs?: readonly string[];
  readonly onMessage?: (message: string) => void;
}

/** Whole numbers and decimals, which DuckDB gives as text. */
const NUMERIC = /^(U?(BIG|HUGE)INT|DECIMAL)/;

/**
 * Asks the run store in SQL: tables in memory, filled with what the query names; nothing else can be read and nothing written.
 * @throws UserError with DuckDB's first line for a query that is wrong, or is none
 */
export async function queryRuns(sql: string, { runs, onMessage }: QueryOptions = {}): Promise<QueryResult> {
  const asked = sql.toLowerCase();
  const { ExplainStatement, SelectStatement } = await statementTypes();
  const database = await openStoreDatabase({ needed: (view) => asked.includes(view), runs, onMessage });
  try {
    await shut(database);
    const statement = await database.connection.prepare(sql);
    if (statement.statementType !== SelectStatement && statement.statementType !== ExplainStatement)
      throw new UserError(
        'runs query: the store is only read; expected a query that begins with SELECT, WITH, FROM, DESCRIBE or SUMMARIZE',
      );
    return readResult(await statement.runAndReadAll());
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`runs query: ${explain(error)}`);
  } finally {
    database.close();
  }
}

/** A result as plain values. */
export function readResult(result: DuckDBResultReader): QueryResult {
  const names = result.deduplicatedColumnNames();
  const types = result.columnTypes();
  return {
    columns: names.map((name, k) => ({ name, type: String(types[k]) })),
    rows: result.getRowsJson().map((row) => Object.fromEntries(names.map((name, k) => [name, plain(row[k], types[k])]))),
  };
}

async function statementTypes() {
  const { StatementType } = await import('@duckdb/node-api');
  return { SelectStatement: StatementType.SELECT, ExplainStatement: StatementType.EXPLAIN };
}

function plain(value: Json, type: DuckDBType): Json {
  if (typeof value !== 'string' || !NUMERIC.test(String(type))) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) || !Number.isInteger(number) ? number : value;
}

/** DuckDB's first line, what it offers, and what can be asked for where a name is unknown. */
function explain(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim());
  const offer = lines.find((line) => /^(Did you mean|Candidate bindings)/.test(line));
  const unknown = /Table with name/.test(lines[0]) ? `expected one of ${VIEWS.map(({ name }) => name).join(', ')}` : undefined;
  const fix = unknown ?? offer ?? 'replenish runs query --help lists views and columns';
  return `${firstLine(error)}; ${fix}`;
}
