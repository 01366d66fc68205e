import { expect, test } from 'vitest';
import { compare } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

test('a comparison tells what no policy costs less than, where an easier problem has an exact answer', async () => {
  const loaded = await loadScenario('one-warehouse', { set: ['baselines=["balanced-base-stock:S=75,z=1.45"]'] });
  const { lowerBound, results, clairvoyant } = await compare({ loaded, lanes: 32, periods: 400 });
  expect(lowerBound?.costPerPeriod).toBeCloseTo(27.368658, 6);
  expect(lowerBound?.assumes).toContain('moved between the points');
  expect(lowerBound?.costPerPeriod).toBeGreaterThan(clairvoyant?.costPerPeriod ?? Number.NaN);
  expect(results[0].ci95?.[1]).toBeGreaterThan(lowerBound?.costPerPeriod ?? Number.NaN);
});

test('where the optimum is known no bound is told', async () => {
  const loaded = await loadScenario('lost-sales');
  const { lowerBound } = await compare({ loaded, policies: ['base-stock:S=20'], lanes: 8, periods: 50 });
  expect(lowerBound).toBeUndefined();
});
