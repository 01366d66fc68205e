import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseStock, outsideReason, type Policy, solveExact, universal } from '../../../agents/index.ts';
import { type Distribution, type Link, meanReverting, type Scenario, Simulator, typicalDemand } from '../../../env/index.ts';
import { evaluate } from '../../../experiments/index.ts';
import { store } from '../../agents/lost-sales.ts';
import { ANY, madeNetwork } from './made-network.ts';

const networks = [madeNetwork()];

/** Orders of some periods, [period][lane]. */
function orders(
  scenario: Scenario,
  policy: Policy,
  { lanes = 1, periods = 12, seeds }: { lanes?: number; periods?: number; seeds?: number[] } = {},
): number[][] {
  const simulator = new Simulator({ scenario, lanes, ...(seeds === undefined ? {} : { seeds }) });
  const placed = new Float64Array(lanes);
  return Array.from({ length: periods }, () => {
    policy.order(simulator.view, placed.fill(0));
    simulator.step(placed);
    return Array.from(placed);
  });
}

/** The store with another link. */
function withLink(link: Partial<Link>): Scenario {
  const plain = store({ shortageCost: 9, leadTime: 2 });
  return { ...plain, links: [{ ...plain.links[0], ...link }] };
}

const items = fc.record({
  shortageCost: fc.double({ min: 1, max: 100, noNaN: true }),
  leadTime: fc.integer({ min: 0, max: 8 }),
  mean: fc.double({ min: 0.5, max: 60, noNaN: true }),
  ratio: fc.double({ min: 4, max: 9, noNaN: true }),
});

function demandOf(mean: number, ratio: number): Distribution {
  return { name: 'negative-binomial', mean, variance: ratio * mean };
}

describe('orders for any item', () => {
  test('costs that are all multiplied by one number change no order', () => {
    fc.assert(
      fc.property(items, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), ({ shortageCost, leadTime, mean, ratio }, factor) => {
        const demand = demandOf(mean, ratio);
        const dear = store({ shortageCost: factor * shortageCost, holdingCost: factor, leadTime, demand });
        const policy = universal({ networks });
        expect(orders(dear, policy)).toEqual(orders(store({ shortageCost, leadTime, demand }), universal({ networks })));
      }),
      { numRuns: 25 },
    );
  });

  test('an item gets the same orders in any lane, alone or among others, remembered or not', () => {
    const scenario = store({ shortageCost: 9, leadTime: 3 });
    const alone = orders(scenario, universal({ networks }), { seeds: [5] });
    const among = orders(scenario, universal({ networks }), { lanes: 16, seeds: Array.from({ length: 16 }, (_, lane) => lane) });
    expect(among.map((row) => row[5])).toEqual(alone.map(([order]) => order));
    const others: Scenario = { ...scenario, links: [{ ...scenario.links[0], leadTime: [0, 6, 3] }] };
    const mixed = orders(others, universal({ networks }), { lanes: 3, seeds: [5, 5, 5] });
    expect(mixed.map((row) => row[2])).toEqual(alone.map(([order]) => order));
    expect(mixed.map((row) => row[1])).not.toEqual(mixed.map((row) => row[2]));
  });

  test('an item that sells beyond the family by its mean alone is ordered for in larger units', () => {
    const demand = demandOf(200, 30);
    const placed = orders(store({ shortageCost: 9, leadTime: 2, demand }), universal({ networks }));
    expect(placed.flat().every(Number.isInteger)).toBe(true);
    expect(outsideReason(store({ shortageCost: 9, leadTime: 2, demand }), networks)).toBeUndefined();
  });

  test('without a lead time it orders up to the critical fractile, whatever the item', () => {
    const demand = demandOf(200, 30);
    const [first, ...others] = orders(store({ shortageCost: 5000, demand, initialStock: 1_000 }), universal({ networks }), { periods: 30 });
    const exact = orders(
      store({ shortageCost: 5000, demand, initialStock: 1_000 }),
      solveExact(store({ shortageCost: 5000, demand })).policy,
      {
        periods: 30,
      },
    );
    expect([first, ...others]).toEqual(exact);
  });

  test('without a lead time it does so whatever part of the customers waits, and none of the levels around is cheaper', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer({ min: 2, max: 40 }), (backlogged, cost) => {
        const plain = store({ shortageCost: cost, leadTime: 0, demand: demandOf(3, 4) });
        const scenario: Scenario = {
          ...plain,
          locations: [{ ...plain.locations[0], shortage: { kind: 'partial', cost, backlogged } }],
          links: [{ ...plain.links[0], batch: 1 }],
        };
        const levels = Array.from({ length: 40 }, (_, S) => baseStock({ S }));
        const policies = [universal({ networks: [madeNetwork({ bounds: ANY })] }), ...levels];
        const [own, ...others] = evaluate({ scenario, policies, lanes: 64, periods: 400, seed: 3 }).results.map(
          ({ costPerPeriod }) => costPerPeriod,
        );
        // On a finite run a neighbouring level may be a little cheaper by chance.
        expect(own).toBeLessThan(1.01 * Math.min(...others));
      }),
      { numRuns: 10 },
    );
  });

  test('it tells how likely it holds each order to be the best, and which it takes', () => {
    const scenario = store({ shortageCost: 9, leadTime: 2, initialStock: 3 });
    const { view } = new Simulator({ scenario, lanes: 1 });
    const policy = universal({ networks });
    const order = new Float64Array(1);
    policy.order(view, order);
    const [choices] = policy.explain?.(view, 0).choices ?? [];
    expect(choices.options.filter(({ taken }) => taken).map(({ orders: [units] }) => units)).toEqual([order[0]]);
    expect(choices.options.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 9);
  });
});

describe('items outside the family', () => {
  const bad: readonly [string, Scenario, string][] = [
    ['a lead time of 40', store({ shortageCost: 9, leadTime: 40 }), 'lead time 40; expected 0 to 8'],
    [
      'a shortage that costs nothing',
      store({ shortageCost: 0 }),
      'shortage cost, margin included, over holding cost 0; expected a number above 0',
    ],
    [
      'a holding cost of 0',
      store({ shortageCost: 9, holdingCost: 0 }),
      'shortage cost, margin included, over holding cost Infinity; expected a number above 0',
    ],
    [
      'a shortage cost above all that was trained',
      store({ shortageCost: 5000, leadTime: 2 }),
      'shortage cost, margin included, over holding cost 5000; expected 1 to 100',
    ],
    [
      'a slow mover',
      store({ shortageCost: 9, leadTime: 2, demand: { name: 'poisson', mean: 0.01 } }),
      'mean demand 0.01; expected 0.5 to 20',
    ],
    [
      'customers who wait',
      store({ shortageCost: 9, leadTime: 1, kind: 'backlog', fixedCost: 5 }),
      'part of unmet demand that waits 1; expected 0',
    ],
    [
      'a fixed cost',
      store({ shortageCost: 9, fixedCost: 5 }),
      'periods of demand in an order whose fixed and holding cost balance 1.414; expected 0',
    ],
    ['a batch', withLink({ batch: 10 }), 'batch over mean demand 2; expected 0'],
    ['a smallest order', withLink({ minimumOrder: 10 }), 'smallest order over mean demand 2; expected 0'],
    [
      'a lead time that is drawn',
      withLink({ leadTime: { values: [1, 3], probabilities: [0.5, 0.5], crossing: true } }),
      'standard deviation of the lead time 1; expected 0',
    ],
    ['a capacity', withLink({ capacity: 6 }), '"supplier>shop" has a capacity; expected none'],
    [
      'demand that moves',
      {
        ...store({ shortageCost: 9, leadTime: 2 }),
        demand: [
          {
            location: 'shop',
            process: { kind: 'seasonal', factors: [1, 2], base: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } },
          },
        ],
      },
      'demand that moves (1: it does) 1; expected 0',
    ],
    [
      'demand that is known in advance',
      {
        ...store({ shortageCost: 9, leadTime: 2 }),
        demand: [{ location: 'shop', process: { kind: 'list', values: [5, 9, 2], after: 'repeat' } }],
      },
      'variance over mean of demand as it is forecast 0.00375; expected 0.2 or more',
    ],
    [
      'no demand',
      store({ shortageCost: 9, demand: { name: 'poisson', mean: 0 } }),
      'mean demand 0 and its deviation 0; expected numbers above 0',
    ],
    [
      'a price below its cost',
      withLink({ unitCost: 12 }),
      'shortage cost, margin included, over holding cost -3; expected a number above 0',
    ],
    [
      'an end',
      { ...store({ shortageCost: 9, leadTime: 2 }), periods: 10 },
      'it ends after 10 periods; expected periods: null, or 12 at least',
    ],
    [
      'demand in fractions',
      store({ shortageCost: 9, demand: { name: 'gamma', mean: 5, cv: 1 } }),
      'demand of "shop" is not in whole units; expected a distribution on 0, 1, 2, ...: add rounded: true where it has that',
    ],
    [
      'demand that does not vary',
      store({ shortageCost: 9, demand: { name: 'deterministic', value: 5 } }),
      'mean demand 5 and its deviation 0; expected numbers above 0',
    ],
  ];

  test.each(bad)('%s: says which number, and what was expected', (_what, scenario, reason) => {
    expect(outsideReason(scenario, networks)).toEqual({ reason, items: 1 });
    expect(() => orders(scenario, universal({ networks }))).toThrow(`policy "universal" cannot be used in "store": ${reason}`);
  });

  test.each(bad)('%s: the fallback orders', (_what, scenario) => {
    const fallback = baseStock({ S: 11 });
    expect(orders(scenario, universal({ networks, fallback }))).toEqual(orders(scenario, fallback));
  });

  test('of several items only those outside get the orders of the fallback', () => {
    const one = store({ shortageCost: 9, leadTime: 1 });
    const both: Scenario = { ...one, locations: [{ ...one.locations[0], shortage: { kind: 'lost', cost: [9, 5000] } }] };
    const fallback = baseStock({ S: 11 });
    const seeds = [3, 3];
    const placed = orders(both, universal({ networks, fallback }), { lanes: 2, seeds });
    expect(placed.map((row) => row[0])).toEqual(orders(one, universal({ networks }), { seeds: [3] }).flat());
    expect(placed.map((row) => row[1])).toEqual(orders(one, fallback, { seeds: [3] }).flat());
  });

  test('each item is explained by who orders for it', () => {
    const one = store({ shortageCost: 9, leadTime: 1 });
    const both: Scenario = { ...one, locations: [{ ...one.locations[0], shortage: { kind: 'lost', cost: [9, 5000] } }] };
    const fallback = baseStock({ S: 11 });
    const { view } = new Simulator({ scenario: both, lanes: 2 });
    const policy = universal({ networks, fallback });
    expect(Object.keys(policy.explain?.(view, 0) ?? {})).toEqual(['choices']);
    expect(policy.explain?.(view, 1)).toEqual(fallback.explain?.(view, 1));
    expect(fallback.explain?.(view, 1)).toBeDefined();
  });

  test('an item whose demand moves is one of a family by its long run, wherever it begins', () => {
    const steady = { kind: 'stationary', distribution: { name: 'negative-binomial', mean: 5, variance: 20 } } as const;
    const index = { id: 'trade', process: meanReverting(0.9, 0.6) };
    const one = store({ shortageCost: 9, leadTime: 1 });
    const moving: Scenario = { ...one, demand: [{ location: 'shop', process: { kind: 'index', base: steady, index, elasticity: 1 } }] };
    const { variance, mean } = typicalDemand(moving.demand[0].process);
    const around = (factor: number) => [madeNetwork({ bounds: { ...ANY, varianceRatio: [0, (factor * variance) / mean] } })];
    const { view } = new Simulator({ scenario: moving, lanes: 60 });
    expect(Math.max(...view.forecastVariance(0, 0).map((own, lane) => own / view.forecastMean(0, 0)[lane]))).toBeGreaterThan(
      variance / mean,
    );
    expect(orders(moving, universal({ networks: around(1.01) }), { lanes: 60 })).toHaveLength(12);
    expect(outsideReason(moving, around(0.99))?.reason).toMatch(/variance over mean of demand/);
  });

  test('by force it orders beyond its bounds, not beyond its reach', () => {
    expect(
      orders(store({ shortageCost: 5000, leadTime: 2 }), universal({ networks, force: true }))
        .flat()
        .every(Number.isInteger),
    ).toBe(true);
    expect(() => orders(store({ shortageCost: 9, leadTime: 40 }), universal({ networks, force: true }))).toThrow(
      'lead time 40; expected 0 to 8',
    );
  });
});
