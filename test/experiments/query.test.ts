import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareVariants, exportRuns, queryRuns, readVary, runsFolder, saveEvaluation, train, VIEWS } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-query-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FORMULA = '=1+1';
let run = '';
beforeAll(async () => {
  const set = ['leadTime=1'];
  const loaded = await loadScenario('lost-sales', { set });
  ({ run } = await train({ loaded, agent: 'ppo', steps: 2048, lanes: 16, seed: 5, evaluation: { lanes: 16, periods: 50 } }));
  // Broken off while it was written: the last line is none.
  appendFileSync(join(runsFolder(), run, 'metrics.ndjson'), '{"steps": 99');
  const load = (settings: readonly string[]) => loadScenario('lost-sales', { set: settings });
  const vary = [readVary('shortageCost=4,9')];
  await saveEvaluation(await compareVariants({ vary, load, policies: ['base-stock:S=10'], lanes: 8, periods: 20 }), { settings: [] });
  keepRecommendation('recommend-told-1');
});

/** As recommend keeps them, as far as it matters here. */
function keepRecommendation(id: string): void {
  const own = join(runsFolder(), id);
  mkdirSync(own, { recursive: true });
  const head = {
    run: id,
    kind: 'recommendation',
    scenario: FORMULA,
    agent: 'auto',
    seed: 0,
    versions: {},
    startedAt: '2026-01-05T06:07:08.000Z',
  };
  const rest = {
    steps: 0,
    finished: true,
    asOf: '2026-01-05',
    origin: 3,
    horizon: 2,
    method: { name: 'auto', choices: {} },
    policy: 'newsvendor',
  };
  writeFileSync(join(own, 'run.json'), JSON.stringify({ ...head, ...rest, embedder: null, sources: {}, files: {} }));
  const forecast = { mean: 7.5, p10: 3, p50: 7, p90: 12 };
  const suggestion = { item: 'A', order: 6, wanted: 8, onHand: 2, onOrder: 0, coverPeriods: 2, forecast, orderUpTo: 10, service: 0.95 };
  const more = { expectedCost: { order: 4, nothing: 31 }, state: 'selling', flags: ['stock-out'], reason: "covers 2 weeks; it's low" };
  writeFileSync(join(own, 'suggestions.json'), JSON.stringify([{ ...suggestion, ...more }]));
  writeFileSync(join(own, 'sales.parquet'), 'PAR1 cut short');
}

const values = async (sql: string) => (await queryRuns(sql)).rows;

describe('the run store answers SQL', () => {
  test('about runs, with what they cost at their end', async () => {
    expect(
      await values(`select run, kind, agent, seed, settings, config->>'hidden' as hidden, "startedAt" from runs order by kind`),
    ).toEqual([
      expect.objectContaining({ run: 'recommend-told-1', kind: 'recommendation', agent: 'auto', startedAt: '2026-01-05 06:07:08' }),
      expect.objectContaining({ run, kind: 'training', agent: 'ppo', seed: 5, settings: ['leadTime=1'], hidden: '[32,32]' }),
    ]);
    const [{ costPerPeriod }] = await values(`select costPerPeriod from runs where run = '${run}'`);
    const kept = JSON.parse(readFileSync(join(runsFolder(), run, 'evaluation.json'), 'utf8'));
    expect(costPerPeriod).toBe(kept.results[0].costPerPeriod);
  });

  test('about metrics, whole lines only, whatever the agent logs', async () => {
    const lines = readFileSync(join(runsFolder(), run, 'metrics.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .slice(0, -1);
    const logged = lines.map((line) => JSON.parse(line)).filter((line) => 'reward' in line);
    expect(await values('select steps, reward from metrics where reward is not null order by steps')).toEqual(
      logged.map(({ steps, reward }) => ({ steps, reward })),
    );
  });

  test('about evaluations, variants and differences', async () => {
    const rows = await values(
      `select policy, variant->>'shortageCost' as p, shortage > 0 as lost from evaluations where variant is not null`,
    );
    expect(rows).toEqual([
      { policy: 'base-stock, shortageCost=4', p: '4', lost: true },
      { policy: 'base-stock, shortageCost=9', p: '9', lost: true },
    ]);
    expect(await values('select reference, mean > 0 as dearer from differences')).toEqual([
      { reference: 'base-stock, shortageCost=4', dearer: true },
    ]);
  });

  test('about suggestions; a file that is damaged is told of and left out', async () => {
    const [row] = await values('select item, ordered, mean, costNothing, flags, reason from suggestions');
    expect(row).toEqual({ item: 'A', ordered: 6, mean: 7.5, costNothing: 31, flags: ['stock-out'], reason: "covers 2 weeks; it's low" });
    const told: string[] = [];
    const { rows } = await queryRuns('select count(*) as n from sales', { onMessage: (message) => told.push(message) });
    expect(rows).toEqual([{ n: 0 }]);
    expect(told).toEqual([expect.stringMatching(/recommend-told-1.*sales\.parquet: damaged and left out/)]);
  });

  test.each(VIEWS.map(({ name, columns }) => ({ name, columns })))(
    '$name has the columns that its help promises',
    async ({ name, columns }) => {
      const described = await values(`describe ${name}`);
      const found = described.map(({ column_name }) => column_name);
      expect(found).toEqual(expect.arrayContaining(columns.map(([column]) => column)));
      if (name !== 'metrics') expect(described.map(({ column_type }) => column_type)).toEqual(columns.map(([, type]) => type));
    },
  );
});

describe('a query reaches nothing else', () => {
  const file = join(folder, 'secret.csv');
  beforeAll(() => writeFileSync(file, 'a\n1\n'));

  test.each([
    `select * from read_csv('${file}')`,
    `select * from read_text('${file}')`,
    `select * from '${file}'`,
    `select * from glob('${folder}/*')`,
    `copy (select 1) to '${folder}/written.csv'`,
    `explain analyze copy (select 1) to '${folder}/written.csv'`,
    `attach '${folder}/written.db'`,
    `export database '${folder}/written'`,
    'set enable_external_access = true',
    'install httpfs',
    'load httpfs',
    'drop table runs',
    'insert into curves values (1)',
    'select 1; drop table runs',
    'selct 1',
    'select nothing from runs',
    'select * from nowhere',
    '',
  ])('%s is refused in one line', async (sql) => {
    const refused = await queryRuns(sql).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'UserError', message: expect.stringMatching(/^runs query: [^\n]+$/) });
    expect(existsSync(join(folder, 'written.csv'))).toBe(false);
  });

  test('an unknown name is answered with those that there are', async () => {
    await expect(queryRuns('select * from nowhere')).rejects.toThrow(/expected one of runs, metrics, curves/);
  });
});

describe('the export', () => {
  test('holds each run beside its metrics, in Parquet as in CSV', async () => {
    const parquet = join(folder, 'all.parquet');
    const csv = join(folder, 'all.csv');
    const { rows, columns } = await exportRuns(parquet);
    expect(await exportRuns(csv)).toEqual({ file: csv, rows, columns });
    expect(new Set(columns).size).toBe(columns.length);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const read = async (from: string) =>
      (await connection.runAndReadAll(`select run, "metricSteps", reward from ${from} order by all`)).getRowsJson();
    expect(await read(`read_parquet('${parquet}')`)).toEqual(await read(`read_csv('${csv}')`));
    expect((await read(`read_parquet('${parquet}')`)).length).toBe(rows);
    connection.closeSync();
    instance.closeSync();
  });

  test('keeps text that a spreadsheet would reckon with as text', async () => {
    const csv = join(folder, 'formula.csv');
    await exportRuns(csv);
    expect(readFileSync(csv, 'utf8')).toContain(`,'${FORMULA},`);
  });

  test('is refused for other kinds of files, and where it cannot be written', async () => {
    await expect(exportRuns(join(folder, 'all.xlsx'))).rejects.toThrow(/all\.xlsx: expected a file that ends with \.parquet or \.csv/);
    await expect(exportRuns(join(folder, 'no', 'all.parquet'))).rejects.toThrow(/cannot be written.*expected a path/);
    await expect(exportRuns(join(folder, 'no', 'all.csv'))).rejects.toThrow(/cannot be written.*expected a path/);
  });
});
