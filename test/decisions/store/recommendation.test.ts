import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepRecommendation, openRecommendation, type Recommendation, type RecommendationConfig } from '../../../decisions/index.ts';
import { listRuns, readRun, runsFolder } from '../../../experiments/index.ts';
import { forecastQuantiles, type History } from '../../../forecasting/index.ts';

const history: History = {
  items: [
    { id: 'tea, "green"', description: 'Green tea', category: 'tea', price: 3 },
    { id: '007', description: '=1+1', category: '', price: 0 },
  ],
  periodLength: 'week',
  periods: ['2024-01-01', '2024-01-08', '2024-01-15'],
  quantity: Float64Array.of(5, 0, 7.5, 1, 2, 3),
  price: Float64Array.of(3, 3, 2.5, 1, 1, 1),
  open: Uint8Array.of(1, 0, 1),
  missing: Int32Array.of(0, 2, 0, 0, 0, 0),
  notes: [{ text: 'A fair', date: '2024-01-16', known: '2024-01-01', period: 2, knownAt: 0, item: '007' }],
  promotions: [],
};
const forecast = {
  mean: Float64Array.of(4, 5, 2, 2.5),
  variance: Float64Array.of(8, 9, 2, 4),
  common: Float64Array.of(0.1, 0),
  parts: {
    count: 2,
    weight: Float64Array.of(0, 1, 0.5, 0.5, 1, 0, 0.25, 0.75),
    mean: Float64Array.of(0, 4, 4, 6, 2, 0, 1, 3),
    variance: Float64Array.of(0, 8, 7, 9, 2, 0, 1, 4),
  },
};
const terms = {
  unitCost: 2,
  holdingCost: 0.1,
  shortageCost: 4,
  orderCost: 0,
  leadTime: 1,
  minimumOrder: 0,
  batch: 1,
  packSize: 0,
  volume: 1,
};
const suggestion = { order: 6, wanted: 6, onHand: 1, onOrder: 0, arrivals: [], coverPeriods: 2, orderUpTo: 7, service: 0.95 };
const made: Recommendation = {
  history,
  terms: [
    { ...terms, supplier: 'North', life: null },
    { ...terms, supplier: '', life: 3 },
  ],
  predictions: {
    horizon: 2,
    forecast,
    quantiles: forecastQuantiles(forecast, 2),
    promisedCost: Float64Array.of(0.5, 1.25, 2, Number.NaN),
  },
  suggestions: history.items.map(({ id }) => ({
    ...suggestion,
    item: id,
    forecast: { mean: 9, p10: 4, p50: 9, p90: 14 },
    expectedCost: { order: 1.75, nothing: 9 },
    state: 'selling' as const,
    flags: [],
    reason: 'covers 2 weeks',
  })),
};
const config: RecommendationConfig = {
  scenario: 'sales.csv',
  agent: 'global+text',
  seed: 3,
  asOf: '2024-01-22',
  origin: 3,
  review: 1,
  method: { name: 'global+text', choices: { blend: 0.5 } },
  embedder: null,
  policy: 'newsvendor',
  service: 0.95,
  limits: { budget: null, storage: null, suppliers: false },
  sources: { sales: 'sales.csv' },
  reading: { period: 'week' },
  findings: [],
};

describe('a recommendation that is kept', () => {
  test('is opened as it was, number by number', async () => {
    const { run } = await keepRecommendation(config, made);
    const { record, ...opened } = await openRecommendation(run);
    expect(opened).toEqual(made);
    expect(record).toMatchObject({ ...config, run, kind: 'recommendation', horizon: 2 });
  });

  test('is listed among the runs, and is not taken for one of training', async () => {
    const { run } = await keepRecommendation(config, made);
    expect((await listRuns()).find((one) => one.run === run)).toMatchObject({ kind: 'recommendation', scenario: 'sales.csv' });
    await expect(readRun(run)).rejects.toThrow(/is a recommendation; expected a training run/);
  });

  test('is refused where a file of it was cut short', async () => {
    const { run } = await keepRecommendation(config, made);
    const file = join(runsFolder(), run, 'predictions.parquet');
    await writeFile(file, (await readFile(file)).subarray(0, 500));
    await expect(openRecommendation(run)).rejects.toThrow(/predictions.parquet: altered or cut short; restore it, or recommend again/);
  });
});
