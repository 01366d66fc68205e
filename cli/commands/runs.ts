import { UserError } from '../../env/index.ts';
import { defineCommand, defineGroup } from '../command.ts';
import { policyOption } from '../options.ts';
import { table } from '../tables.ts';

const list = defineCommand({
  name: 'list',
  describe: 'All runs, unfinished ones too, oldest first',
  words: {},
  options: {},
  example: 'runs list',
  run: async () => {
    const { listRuns } = await import('../../experiments/index.ts');
    return { runs: await listRuns() };
  },
  print: ({ runs }) => {
    if (runs.length === 0) return 'No runs yet: replenish train lost-sales makes one.';
    const columns = [
      { title: 'run', align: 'left' as const },
      { title: 'scenario', align: 'left' as const },
      { title: 'agent', align: 'left' as const },
      { title: 'steps' },
      { title: 'finished', align: 'left' as const },
      { title: 'started', align: 'left' as const },
    ];
    return table(
      columns,
      runs.map((one) => [one.run, one.scenario, one.agent, one.steps.toLocaleString('en-US'), one.finished ? 'yes' : 'no', one.startedAt]),
    );
  },
});

const show = defineCommand({
  name: 'show',
  describe: 'The whole record of a run',
  words: { run: { type: 'string', demandOption: true, describe: 'A run as runs list shows it' } },
  options: {},
  example: 'runs show RUN',
  run: async ({ run }) => {
    const { readDocument, readStoredRun } = await import('../../experiments/index.ts');
    const record = await readStoredRun(run);
    if (record.kind === 'recommendation') return record;
    return { ...record, curve: await readDocument(run, 'curve'), evaluation: await readDocument(run, 'evaluation') };
  },
  print: (record) => JSON.stringify(record, null, 2),
});

const FORMATS = ['table', 'csv', 'json'] as const;
/** A terminal is no place for more. */
const MOST_ROWS = 1000;

const query = defineCommand({
  name: 'query',
  describe: 'Ask the run store in SQL (DuckDB): costs, metrics, evaluations, suggestions and forecasts of all runs',
  words: { sql: { type: 'string', demandOption: true, describe: 'A query, in quotes' } },
  options: {
    format: { type: 'string', requiresArg: true, choices: FORMATS, default: 'table', describe: 'What is printed; --json is json' },
    run: { ...policyOption, describe: 'Read these runs only; repeatable' },
  },
  example: `runs query "select scenario, policy, costPerPeriod from evaluations order by costPerPeriod"`,
  notes: async () => {
    const { describeViews } = await import('../../experiments/index.ts');
    return `Views and their columns:\n\n${describeViews()}\n\nThe store is only read, and no other file. describe VIEW says types; docs/reports.md what each column holds.`;
  },
  run: async ({ sql, run }, { output }) => {
    const { queryRuns } = await import('../../experiments/index.ts');
    return queryRuns(sql, { runs: run.length > 0 ? run : undefined, onMessage: output.log });
  },
  print: async ({ columns, rows }, { format }) => {
    const names = columns.map(({ name }) => name);
    if (format === 'json') return JSON.stringify({ columns, rows });
    if (format === 'csv') {
      const { csvLines } = await import('../../experiments/index.ts');
      return [...csvLines(names, rows)].join('');
    }
    const numeric = columns.map(({ type }) => /INT|DOUBLE|FLOAT|DECIMAL/.test(type) && !type.endsWith('[]'));
    const shown = await table(
      names.map((title, k) => ({ title, align: numeric[k] ? ('right' as const) : ('left' as const) })),
      rows.slice(0, MOST_ROWS).map((row) => names.map((name) => shownValue(row[name]))),
    );
    const more = rows.length - MOST_ROWS;
    return more > 0 ? `${shown}\n… and ${more.toLocaleString('en-US')} rows more: add a limit, or take --format csv` : shown;
  },
});

function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number') return String(Number(value.toPrecision(8)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const exportAll = defineCommand({
  name: 'export',
  describe: 'All runs with their metrics as one table, Parquet or CSV',
  words: {},
  options: { out: { type: 'string', requiresArg: true, describe: 'The file to write: .parquet or .csv' } },
  example: 'runs export --out runs.parquet',
  run: async ({ out }, { output }) => {
    if (out === undefined) throw new UserError('runs export: no file given, expected --out FILE; for example --out runs.parquet');
    const { exportRuns } = await import('../../experiments/index.ts');
    return exportRuns(out, { onMessage: output.log });
  },
  print: ({ file, rows, columns }) => `Written: ${file}, ${rows.toLocaleString('en-US')} rows of ${columns.length} columns`,
});

export const runs = defineGroup({
  name: 'runs',
  describe: 'Look at what was trained and recommended',
  children: [list, show, query, exportAll],
});
