import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replenish, replenishJson } from './replenish.ts';

const result = {
  policy: expect.any(String),
  parameters: expect.any(Object),
  costPerPeriod: expect.any(Number),
  standardError: expect.any(Number),
  ci95: [expect.any(Number), expect.any(Number)],
  fillRate: expect.any(Number),
  cycleServiceLevel: expect.any(Number),
  costs: expect.objectContaining({ holding: expect.any(Number), shortage: expect.any(Number), fixed: expect.any(Number) }),
};
const small = ['--lanes', '16', '--periods', '200', '--set', 'leadTime=1'];

describe('standard output carries exactly one JSON object with the promised fields', () => {
  test('scenarios list', async () => {
    const { scenarios } = (await replenishJson(['scenarios', 'list'])) as { scenarios: unknown[] };
    expect(scenarios).toContainEqual({
      id: 'lost-sales',
      title: expect.any(String),
      field: expect.any(String),
      optimum: 'value-iteration',
    });
    expect(scenarios).toContainEqual(expect.objectContaining({ id: 'retail', optimum: null }));
  });

  test('scenarios show, with a knob set', async () => {
    const shown = await replenishJson(['scenarios', 'show', 'lost-sales', '--set', 'shortageCost=19']);
    expect(shown).toMatchObject({ id: 'lost-sales', locations: { store: { shortage: { kind: 'lost', cost: 19 } } } });
  });

  test('solve: the optimum that Zipkin (2008) prints for p = 4, L = 1 and Poisson demand with mean 5', async () => {
    const solved = await replenishJson(['solve', 'lost-sales', '--set', 'leadTime=1']);
    expect(solved).toMatchObject({ scenario: 'lost-sales', solver: expect.any(String), policy: { name: 'optimal' } });
    expect((solved as { costPerPeriod: number }).costPerPeriod).toBeCloseTo(4.04, 2);
  });

  test('evaluate, and the same seed prints the same numbers', async () => {
    const line = ['evaluate', 'lost-sales', '--policy', 'base-stock:S=12', '--policy', 'constant:r=4', '--seed', '7', ...small];
    const first = await replenish([...line, '--json']);
    const again = await replenish([...line, '--json']);
    expect(first.stdout).toBe(again.stdout);
    const { results, differences, ...rest } = JSON.parse(first.stdout);
    expect(rest).toEqual({ scenario: 'lost-sales', seed: 7, lanes: 16, periods: 200, optimum: null });
    expect(results).toEqual([result, result]);
    expect(differences).toEqual([
      { policy: 'constant', reference: 'base-stock', mean: expect.any(Number), ci95: [expect.any(Number), expect.any(Number)] },
    ]);
  });

  test('compare: each result with its gap to the optimum', async () => {
    const compared = await replenishJson(['compare', 'lost-sales', '--policy', 'base-stock', '--policy', 'optimal', ...small]);
    expect(compared).toMatchObject({
      optimum: { costPerPeriod: expect.any(Number) },
      results: [{ gapPercent: expect.any(Number) }, { gapPercent: expect.any(Number) }],
    });
  });

  test('forecast backtest', async () => {
    const tested = await replenishJson(['forecast', 'backtest', '--method', 'moving-average', '--method', 'naive']);
    const scores = { wape: expect.any(Number), bias: expect.any(Number), mase: expect.any(Number), seconds: expect.any(Number) };
    expect(tested).toMatchObject({
      rows: expect.any(Number),
      series: 200,
      methods: [
        { method: 'moving-average', ...scores, pinball: { 0.5: expect.any(Number) }, coverage: { 0.8: expect.any(Number) } },
        { method: 'naive', ...scores },
      ],
      differences: [{ method: 'naive', reference: 'moving-average', mean: expect.any(Number) }],
    });
  });
});

describe('a scenario file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'replenish-json-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('what scenarios show prints is a scenario file that passes scenarios check', async () => {
    const { stdout } = await replenish(['scenarios', 'show', 'lost-sales', '--json']);
    const file = join(folder, 'shown.yaml');
    writeFileSync(file, stdout);
    expect(await replenishJson(['scenarios', 'check', file])).toEqual({ ok: true, errors: [] });
  });

  test('scenarios check prints every error by its path and ends with 2', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'id: shop\ntitle: A shop\nlocations: { shop: { holdingCost: -1 } }\nlinks: []\ndemand: []\n');
    const { code, stdout, stderr } = await replenish(['scenarios', 'check', file, '--json']);
    const { ok, errors } = JSON.parse(stdout);
    expect({ code, ok }).toEqual({ code: 2, ok: false });
    expect(errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['locations.shop.holdingCost', 'locations.shop.shortage', 'links', 'demand']),
    );
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('a run', () => {
  test('is trained, listed, shown, compared and not resumed once it is finished', async () => {
    const trained = (await replenishJson(['train', 'lost-sales', '--steps', '2000', '--lanes', '16', '--set', 'leadTime=1'])) as {
      run: string;
    };
    expect(trained).toMatchObject({
      agent: 'ppo',
      backend: expect.stringContaining('TensorFlow.js'),
      steps: expect.any(Number),
      stepsPerSecond: expect.any(Number),
      evaluation: { costPerPeriod: expect.any(Number) },
      gapPercent: expect.any(Number),
    });
    const { run } = trained;
    expect(await replenishJson(['runs', 'list'])).toMatchObject({
      runs: [{ run, scenario: 'lost-sales', agent: 'ppo', steps: expect.any(Number), finished: true, startedAt: expect.any(String) }],
    });
    expect(await replenishJson(['runs', 'show', run])).toMatchObject({
      run,
      seed: 0,
      settings: ['leadTime=1'],
      config: expect.any(Object),
    });
    const compared = await replenishJson(['compare', 'lost-sales', '--policy', 'base-stock:S=12', '--run', run, ...small]);
    expect(compared).toMatchObject({ results: [{ policy: `run:${run}` }, { policy: 'base-stock' }] });
    const resumed = await replenish(['train', '--resume', run]);
    expect(resumed).toMatchObject({ code: 2, stdout: '' });
    expect(resumed.stderr).toContain(run);
  });
});
