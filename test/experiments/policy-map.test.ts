import { expect, test } from 'vitest';
import { policyMap } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

test('a base stock orders up to its level, whatever lies between stock and pipeline; the optimum stands beside it', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=2'] });
  const { x, y, at, maps } = await policyMap({ loaded, policies: ['base-stock:S=14'], xMax: 20 });
  // As far as the optimum's own orders go: of more on the way it knows nothing.
  expect(y?.values.at(-1)).toBe(maps[1].orders[0][0]);
  expect([x.name, y?.name, at]).toEqual(['onHand', 'arriving1', {}]);
  const [base, optimum] = maps;
  base.orders.forEach((row, k) => {
    expect(row).toEqual(x.values.map((stock) => Math.max(0, 14 - stock - (y?.values[k] ?? 0))));
  });
  expect(optimum.policy).toBe('optimal');
  // Orders fall as stock rises, by one at most for each unit, and more for what is fresh in the pipeline (Karlin and Scarf 1958; Zipkin 2008).
  for (const row of optimum.orders) {
    for (let k = 1; k < row.length; k++) {
      expect(row[k]).toBeLessThanOrEqual(row[k - 1]);
      expect(row[k - 1] - row[k]).toBeLessThanOrEqual(1);
    }
  }
});

test('other components are held at their mean or where they are asked to be', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=3'] });
  const options = { loaded, policies: ['base-stock:S=30'], x: 'onHand', y: 'arriving2', xMax: 10, yMax: 10 };
  expect((await policyMap(options)).at).toEqual({ arriving1: 5 });
  const { maps } = await policyMap({ ...options, at: ['arriving1=7'] });
  expect(maps[0].orders[2][3]).toBe(30 - 7 - 3 - 2);
  await expect(policyMap({ ...options, at: ['onHand=7'] })).rejects.toThrow(/--at onHand=7: expected one of arriving1/);
  await expect(policyMap({ ...options, x: 'stock' })).rejects.toThrow(/component "stock": expected one of onHand, arriving1, arriving2/);
});
