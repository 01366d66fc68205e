import { describe, expect, test } from 'vitest';
import { fitToLimits } from '../../../decisions/constraints/fit-to-limits.ts';
import { type Limits, type RecommendResult, recommend } from '../../../decisions/index.ts';
import { coverDemand } from '../../../decisions/recommend/cover-demand.ts';
import { createPlan, expectedCost } from '../../../decisions/recommend/item-plan.ts';
import { countDistribution } from '../../../forecasting/index.ts';
import { ITEMS, of, shop } from '../recommend/shop.ts';

/** Six items, two suppliers; all wanted orders together cost some 400. */
const items = [
  `${ITEMS[0]},unitCost,holdingCost,shortageCost,batch,packSize,volume,supplier`,
  ...ITEMS.slice(1).map(
    (line, i) => `${line},${1 + (i % 3)},0.05,${2 + i},${[1, 4][i % 2]},${[0, 24][i % 2]},${1 + (i % 2)},${['North', 'South'][i % 2]}`,
  ),
];
const options = shop({ items });
const fitted = (limits: Limits) => recommend({ ...options, limits });
const costs = ({ suggestions }: RecommendResult) => suggestions.reduce((sum, { expectedCost }) => sum + expectedCost.order, 0);
const money = ({ totals }: RecommendResult) => totals.money;

describe('limits that items share', () => {
  test('a budget that is enough changes nothing and is worth nothing', async () => {
    const free = await fitted({});
    const enough = await fitted({ budget: money(free) + 1 });
    expect(enough.suggestions).toEqual(free.suggestions);
    expect(enough.limits).toMatchObject([{ limit: 'budget', shadowPrice: 0 }]);
  });

  test('a budget is kept to, and what one more of it is worth is what a little more of it saves', async () => {
    const budget = 200;
    const [less, cut, more] = [await fitted({ budget: budget - 20 }), await fitted({ budget }), await fitted({ budget: budget + 20 })];
    expect(money(cut)).toBeLessThanOrEqual(budget);
    expect(money(cut)).toBeGreaterThan(budget - 4);
    const [{ shadowPrice }] = cut.limits;
    expect(shadowPrice).toBeGreaterThan(0.9 * ((costs(cut) - costs(more)) / 20));
    expect(shadowPrice).toBeLessThan(1.1 * ((costs(less) - costs(cut)) / 20));
    const own = cut.suggestions.find(({ order, wanted }) => order < wanted);
    expect(own?.reason).toContain(`cut from ${own?.wanted} for the budget`);
  });

  test('no other orders within the budget are expected to cost less: all of them were tried', async () => {
    const demands = [
      { mean: 6, unitCost: 3, shortageCost: 5, batch: 1 },
      { mean: 3, unitCost: 2, shortageCost: 9, batch: 2 },
      { mean: 8, unitCost: 1, shortageCost: 1, batch: 1 },
    ];
    const tried = demands.map(({ mean, ...own }, i) => {
      const terms = {
        ...own,
        holdingCost: 0.1,
        orderCost: 0,
        leadTime: 1,
        minimumOrder: 0,
        packSize: 0,
        volume: 1,
        supplier: '',
        life: null,
      };
      const stock = { onHand: i, open: [], known: true, negative: false };
      const plan = createPlan({ terms, stock, cover: 2 }, (from, to) =>
        coverDemand(countDistribution(mean * (to - from), mean * (to - from))),
      );
      return { item: `item-${i}`, plan, wanted: 16 };
    });
    const budget = 30;
    let least = Number.POSITIVE_INFINITY;
    for (let a = 0; a <= 16; a++)
      for (let b = 0; b <= 16; b += 2)
        for (let c = 0; c <= 16; c++) {
          if (3 * a + 2 * b + c <= budget)
            least = Math.min(
              least,
              [a, b, c].reduce((sum, order, i) => sum + expectedCost(tried[i].plan, order), 0),
            );
        }
    const { orders } = await fitToLimits(tried, { budget });
    const found = tried.reduce((sum, { plan }, i) => sum + expectedCost(plan, orders[i]), 0);
    expect(3 * orders[0] + 2 * orders[1] + orders[2]).toBeLessThanOrEqual(budget);
    expect(found).toBeCloseTo(least, 6);
  });

  test('storage counts what will be left beside what is ordered', async () => {
    const free = await fitted({ storage: 1e6 });
    const tight = await fitted({ storage: 150 });
    const [{ bound, used, shadowPrice }] = tight.limits;
    expect(used).toBeLessThanOrEqual(bound);
    expect(bound).toBeLessThanOrEqual(150);
    expect(shadowPrice).toBeGreaterThan(0);
    expect(tight.totals.units).toBeLessThan(free.totals.units);
  });

  test("a supplier's minimum is reached by ordering ahead where that pays, else nothing is ordered there", async () => {
    const free = await fitted({});
    const north = (result: RecommendResult) => ['mug', 'bowl', 'cup'].reduce((sum, item) => sum + of(result, item).order, 0);
    const reached = await fitted({ suppliers: new Map([['North', { value: 0, units: north(free) + 20 }]]) });
    expect(north(reached)).toBe(north(free) + 20);
    expect(reached.limits).toMatchObject([{ limit: 'minimum units of North', bound: north(free) + 20 }]);
    const hopeless = await fitted({ suppliers: new Map([['North', { value: 1e6, units: 0 }]]) });
    expect(north(hopeless)).toBe(0);
    expect(of(hopeless, 'mug').reason).toContain('for the minimum value of North');
    expect(of(hopeless, 'lamp').order).toBe(of(free, 'lamp').order);
  });

  test('whole pallets: as many as are expected to cost least', async () => {
    const result = await fitted({ fullPallets: true });
    for (const item of ['lamp', 'vase', 'tray']) expect(of(result, item).order % 24).toBe(0);
    expect(of(result, 'lamp').expectedCost.order).toBeLessThanOrEqual(of(result, 'lamp').expectedCost.nothing);
  });
});
