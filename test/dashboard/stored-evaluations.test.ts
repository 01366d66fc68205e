import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { storedEvaluations } from '../../dashboard/index.ts';
import { compareVariants, readVary, saveEvaluation } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'replenish-'));
  vi.stubEnv('REPLENISH_HOME', home);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

test('a comparison of variants is told variant by variant, as a sweep needs them', async () => {
  const vary = ['shortageCost=4,9,19'];
  const set = ['leadTime=2', 'mean=4'];
  const comparison = await compareVariants({
    vary: vary.map(readVary),
    load: (settings) => loadScenario('lost-sales', { set: [...set, ...settings] }),
    policies: ['base-stock:S=14', 'constant:r=3'],
    lanes: 4,
    periods: 20,
  });
  await saveEvaluation(comparison, { settings: [...set, ...vary] });
  const told = await storedEvaluations('lost-sales');
  expect(told.map(({ settings }) => settings)).toEqual([4, 9, 19].map((cost) => [...set, `shortageCost=${cost}`]));
  expect(new Set(told.map(({ id }) => id)).size).toBe(3);
  for (const [k, { results }] of told.entries()) {
    expect(results.map(({ policy }) => policy)).toEqual(['base-stock', 'constant']);
    expect(results[1].costPerPeriod).toBe(comparison.results[2 * k + 1].costPerPeriod);
  }
  expect(await storedEvaluations('perishable')).toEqual([]);
});
