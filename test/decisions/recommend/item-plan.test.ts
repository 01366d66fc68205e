import { describe, expect, test } from 'vitest';
import { coverDemand } from '../../../decisions/recommend/cover-demand.ts';
import { createPlan, periodCosts } from '../../../decisions/recommend/item-plan.ts';
import { countDistribution } from '../../../forecasting/index.ts';

const terms = {
  unitCost: 1,
  holdingCost: 0.5,
  shortageCost: 3,
  orderCost: 0,
  minimumOrder: 0,
  batch: 1,
  packSize: 0,
  volume: 1,
  supplier: '',
  life: null,
};
const poisson = (mean: number) => coverDemand(countDistribution(mean, mean));
const chance = (mean: number) => (k: number) => {
  let value = Math.exp(-mean);
  for (let j = 1; j <= k; j++) value *= mean / j;
  return value;
};

describe('demand over a cover', () => {
  test('leaves and lacks what the sum over all counts says', () => {
    const demand = poisson(7);
    const p = chance(7);
    for (const stock of [0, 3, 7.5, 20]) {
      let left = 0;
      for (let k = 0; k < 60; k++) left += p(k) * Math.max(0, stock - k);
      expect(demand.left(stock)).toBeCloseTo(left, 9);
      expect(demand.lacking(stock)).toBeCloseTo(7 - stock + left, 9);
    }
  });

  test('of large counts agrees with that of small ones, beside their size', () => {
    const [small, large] = [
      coverDemand(countDistribution(400, 400 + 0.3 * 400 ** 2)),
      coverDemand(countDistribution(40_000, 40_000 + 0.3 * 40_000 ** 2)),
    ];
    for (const part of [0.3, 0.8, 1.2, 2.5]) {
      expect(large.left(part * 40_000) / 40_000).toBeCloseTo(small.left(part * 400) / 400, 2);
      expect(large.lacking(part * 40_000) / 40_000).toBeCloseTo(small.lacking(part * 400) / 400, 2);
    }
  });
});

describe('what an order is expected to cost', () => {
  test('of an order that is there at once is the newsvendor cost, by hand', () => {
    const stock = { onHand: 2, open: [], known: true, negative: false };
    const plan = createPlan({ terms: { ...terms, leadTime: 0 }, stock, cover: 1 }, (from, to) => poisson(7 * (to - from)));
    const [{ holding, shortage }] = periodCosts(plan, 6);
    const p = chance(7);
    let [left, lacking] = [0, 0];
    for (let k = 0; k < 60; k++) {
      left += p(k) * Math.max(0, 8 - k);
      lacking += p(k) * Math.max(0, k - 8);
    }
    expect(holding).toBeCloseTo(0.5 * left, 9);
    expect(shortage).toBeCloseTo(3 * lacking, 9);
  });

  test('demand that lacks before the order comes takes nothing of it: with known demand all is exact', () => {
    const stock = { onHand: 4, open: [{ ahead: 2, units: 5, overdue: false }], known: true, negative: false };
    const known = [10, 6, 3];
    const plan = createPlan({ terms: { ...terms, leadTime: 1 }, stock, cover: 3 }, (from, to) => {
      const sum = known.slice(from, to).reduce((a, b) => a + b, 0);
      return { mean: sum, quantile: () => sum, left: (units) => Math.max(0, units - sum), lacking: (units) => Math.max(0, sum - units) };
    });
    // 4 of 10 served; 8 arrive, 6 served, 2 left; 5 arrive, 3 served, 4 left.
    expect(periodCosts(plan, 8)).toEqual([
      { holding: 0, shortage: 18 },
      { holding: 1, shortage: 0 },
      { holding: 2, shortage: 0 },
    ]);
  });
});
