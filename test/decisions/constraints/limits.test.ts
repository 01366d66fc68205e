import { describe, expect, test } from 'vitest';
import { type Limits, type RecommendResult, recommend } from '../../../decisions/index.ts';
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

  test('storage counts what will be left beside what is ordered', async () => {
    const free = await fitted({ storage: 1e6 });
    const tight = await fitted({ storage: 150 });
    const [{ bound, used, shadowPrice }] = tight.limits;
    expect(bound).toBe(150);
    expect(used).toBeLessThanOrEqual(bound);
    expect(used).toBeGreaterThan(tight.suggestions.reduce((sum, { order }, i) => sum + (1 + (i % 2)) * order, 0));
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
