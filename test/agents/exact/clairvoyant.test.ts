import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildBaseline, clairvoyantBound, solveExact } from '../../../agents/index.ts';
import { createStream, type Link, type Scenario, UserError } from '../../../env/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';
import { laneCosts, stockPoint } from './cases.ts';

const known = (scenario: Scenario, values: readonly number[]): Scenario => ({
  ...scenario,
  demand: [{ location: 'shop', process: { kind: 'list', values, after: 'nothing' } }],
});

describe('a clairvoyant bound', () => {
  it.each([
    ['lost sales', { kind: 'lost', cost: 20 }, 0, 0],
    ['backlog and a lead time', { kind: 'backlog', cost: 2 }, 1, 100],
    ['losses that are cheaper than orders', { kind: 'lost', cost: 3 }, 1, 10],
  ] as const)('is the optimum of Wagner and Whitin where demand is known: %s', async (_, shortage, leadTime, initialStock) => {
    const values = [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56];
    const scenario = known(
      stockPoint({ periods: values.length, location: { shortage, initialStock }, links: [{ leadTime, fixedCost: 85, unitCost: 1 }] }),
      values,
    );
    const { costPerPeriod, solved } = await clairvoyantBound({ scenario, lanes: 1 });
    expect(solved).toBe(1);
    expect(costPerPeriod).toBeCloseTo(solveExact(scenario).costPerPeriod, 5);
  });

  /** 158 over the 36 weeks is also what echelon base stock with 32, 48, 64 and 72 costs: bound and policy meet, so both are the optimum. */
  it('counts orders that were placed before the start, and meets the best policy of the beer game', async () => {
    const { scenario } = await loadScenario('beer-game');
    const { costPerPeriod } = await clairvoyantBound({ scenario, lanes: 1 });
    expect(costPerPeriod).toBeCloseTo(158 / 36, 6);
    const policy = buildBaseline('echelon-base-stock', { 'S.retailer': 32, 'S.wholesaler': 48, 'S.distributor': 64, 'S.factory': 72 });
    expect(laneCosts(scenario, policy, { lanes: 1, periods: 36, warmUp: 0 })[0]).toBeCloseTo(158 / 36, 9);
  });

  it('lies below the optimum of those who do not know, and above nothing', async () => {
    const scenario = stockPoint({ periods: 30, location: { initialStock: 6 }, links: [{ fixedCost: 5 }] });
    const { policy } = solveExact({ ...scenario, periods: null });
    const bound = await clairvoyantBound({ scenario, lanes: 10, seed: 1000 });
    const costs = laneCosts(scenario, policy, { lanes: 10, periods: 30, warmUp: 0 });
    bound.lanes.forEach((least, lane) => {
      expect(least).toBeGreaterThan(0);
      expect(least).toBeLessThanOrEqual(costs[lane] + 1e-6);
    });
    expect(bound.ci95[0]).toBeLessThan(bound.costPerPeriod);
    expect(bound.costPerPeriod).toBeCloseTo(bound.lanes.reduce((a, b) => a + b) / 10, 9);
  });

  it('is never above what any orders cost on the same demand, in networks drawn at random', async () => {
    await fc.assert(
      fc.asyncProperty(networks, fc.integer({ min: 0, max: 1000 }), async (scenario, seed) => {
        const lanes = 2;
        const bound = await clairvoyantBound({ scenario, lanes, seed });
        for (const most of [0, 3, 8]) {
          const random = createStream(seed, `orders ${most}`);
          const order = (_view: unknown, orders: Float64Array) => {
            for (let i = 0; i < orders.length; i++) orders[i] = Math.floor(random.next() * (most + 1));
          };
          const costs = laneCosts(scenario, { order }, { lanes, periods: scenario.periods ?? 0, warmUp: 0, seed });
          bound.lanes.forEach((least, lane) => {
            expect(least).toBeLessThanOrEqual(costs[lane] + 1e-6 * (1 + Math.abs(costs[lane])));
          });
        }
      }),
      { numRuns: 25, seed: 12 },
    );
  }, 60_000);

  it('wants a number of periods, and no stock that earns more at the end than it costs', async () => {
    await expect(clairvoyantBound({ scenario: stockPoint({}) })).rejects.toThrow(UserError);
    const free = stockPoint({ periods: 5, location: { salvageValue: 3 }, links: [{ unitCost: 1 }] });
    await expect(clairvoyantBound({ scenario: free })).rejects.toThrow(/salvageValue: 3/);
    expect((await clairvoyantBound({ scenario: stockPoint({}), periods: 8, lanes: 3 })).solved).toBe(3);
  });
});

const amount = (max: number) => fc.integer({ min: 0, max });

const linkTerms = fc.record(
  {
    leadTime: fc.oneof(
      amount(3),
      fc.constant({ values: [1, 2], probabilities: [0.4, 0.6] }),
      fc.constant({ values: [0, 2], probabilities: [0.5, 0.5], crossing: true }),
    ),
    fixedCost: amount(6),
    unitCost: amount(3),
    transitCost: amount(1),
    minimumOrder: amount(4),
    batch: amount(3),
    capacity: fc.integer({ min: 3, max: 9 }),
    yield: fc.constantFrom({ kind: 'binomial', mean: 0.7 } as const, { kind: 'all-or-nothing', mean: 0.8 } as const),
    lostOrders: fc.constant(0.2),
    disruptions: fc.constant({ kind: 'markov', fail: 0.3, recover: 0.5 } as const),
    priceBreaks: fc.constant([{ from: 5, cost: 0 }]),
    orderDelay: amount(2),
    initialPipeline: fc.array(amount(5), { maxLength: 2 }),
    initialOrders: fc.array(amount(5), { maxLength: 3 }),
  },
  { requiredKeys: ['leadTime'] },
);

const place = fc.record(
  {
    holdingCost: amount(3),
    shortage: fc.oneof(
      fc.record({ kind: fc.constantFrom('lost' as const, 'backlog' as const), cost: amount(9) }),
      fc.record({ kind: fc.constant('partial' as const), cost: amount(9), backlogged: fc.constant(0.5) }),
    ),
    initialStock: amount(8),
    price: amount(4),
    issuing: fc.constantFrom('fifo' as const, 'lifo' as const),
    disposalCost: amount(4),
    capacity: amount(6),
    overflowCost: amount(2),
    shortShipped: fc.constantFrom('lost-at-cost' as const, 'owed' as const),
    shipCapacity: amount(6),
    allocation: fc.constantFrom('proportional' as const, 'priority' as const, 'fair-share' as const),
  },
  { requiredKeys: ['holdingCost', 'shortage', 'initialStock'] },
);

/** A warehouse and two shops, one of which may have a second source; 6 to 10 periods. */
const networks: fc.Arbitrary<Scenario> = fc
  .record({
    periods: fc.integer({ min: 6, max: 10 }),
    places: fc.tuple(place, place, place),
    links: fc.tuple(linkTerms, linkTerms, linkTerms, fc.option(linkTerms)),
    life: fc.option(fc.integer({ min: 1, max: 4 })),
    mean: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ periods, places, links, life, mean }): Scenario => {
    const ids = ['warehouse', 'shop', 'kiosk'];
    const ends = [
      ['supplier', 'warehouse'],
      ['warehouse', 'shop'],
      ['warehouse', 'kiosk'],
      ['supplier', 'kiosk'],
    ];
    const made = links.flatMap((terms, k): Link[] => {
      if (terms === null) return [];
      const { leadTime, initialPipeline } = terms;
      const most = typeof leadTime === 'number' ? Math.max(0, leadTime - 1) : 0;
      return [{ ...terms, initialPipeline: initialPipeline?.slice(0, most), from: ends[k][0], to: ends[k][1] }];
    });
    return {
      id: 'drawn',
      title: 'A network drawn at random',
      periods,
      warmUp: 0,
      items: [life === null ? { id: 'item' } : { id: 'item', life }],
      locations: places.map((terms, k) => ({ ...terms, id: ids[k] })),
      links: made,
      demand: ['shop', 'kiosk'].map((location) => ({ location, process: { kind: 'stationary', distribution: { name: 'poisson', mean } } })),
    };
  });

describe('a clairvoyant bound where more moves than demand', () => {
  const base = stockPoint({ periods: 25, location: { initialStock: 4, price: 3 }, links: [{ leadTime: 1, unitCost: 2 }] });
  const costsOf = (scenario: Scenario, S: number) =>
    laneCosts(scenario, buildBaseline('base-stock', { S }), { lanes: 8, periods: 25, warmUp: 0 });

  it('knows the prices to come: buys all it will need at the one low one', async () => {
    const index = { id: 'price', process: { kind: 'list', levels: [5, 1, 5, 5], after: 'last' } } as const;
    const scenario = known(
      stockPoint({
        periods: 4,
        location: { initialStock: 2, holdingCost: 0.5, shortage: { kind: 'lost', cost: 20 } },
        links: [{ leadTime: 0, unitCost: 2, priceIndex: index }],
      }),
      [2, 3, 3, 3],
    );
    const { costPerPeriod } = await clairvoyantBound({ scenario, lanes: 1 });
    // Nine units at 2, six and three of which are held.
    expect(costPerPeriod).toBeCloseTo((9 * 2 + 0.5 * 9) / 4, 6);
  });

  it('lies below the mean cost of policies whose customers send units back', async () => {
    const scenario = { ...base, locations: base.locations.map((one) => ({ ...one, returns: { part: 0.4, after: 2, refund: 3.5 } })) };
    const bound = await clairvoyantBound({ scenario, lanes: 8, seed: 1000 });
    const mean = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0) / 8;
    for (const S of [5, 10, 15]) expect(bound.costPerPeriod).toBeLessThan(mean(costsOf(scenario, S)));
    const without = await clairvoyantBound({ scenario: base, lanes: 8, seed: 1000 });
    expect(bound.costPerPeriod).not.toBeCloseTo(without.costPerPeriod, 2);
  });

  it('is refused for returns beside lots, whose mean bounds nothing', async () => {
    const scenario = stockPoint({ periods: 5, location: { returns: { part: 0.4, after: 2 } }, links: [{ fixedCost: 5 }] });
    await expect(clairvoyantBound({ scenario, lanes: 1 })).rejects.toThrow(/no bound is worked out for them beside the fixed cost or lots/);
  });
});
