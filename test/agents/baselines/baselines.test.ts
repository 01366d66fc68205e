import { describe, expect, it } from 'vitest';
import { baselines, buildBaseline, type Policy } from '../../../agents/index.ts';
import { compileNetwork, type PerLane, type Scenario, Simulator, UserError } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';
import { playBeerBoard, simulateBeerGame } from './beer-board.ts';

/** What a policy orders in each lane when lane i holds stock[i], with nothing on the way. */
function ordersAt(policy: Policy, stock: readonly number[], scenario: Scenario = store({ shortageCost: 4, leadTime: 2 })): number[] {
  const { locations } = scenario;
  const simulator = new Simulator({
    scenario: { ...scenario, locations: [{ ...locations[0], initialStock: stock }] },
    lanes: stock.length,
  });
  const orders = new Float64Array(stock.length);
  policy.order(simulator.view, orders);
  return Array.from(orders);
}

const stock = [0, 3, 4, 5, 9, 12];

describe('a classic policy orders by its rule', () => {
  it.each<[string, Record<string, PerLane>, number[]]>([
    ['base-stock', { S: 9 }, [9, 6, 5, 4, 0, 0]],
    ['s-S', { s: 4, S: 9 }, [9, 6, 5, 0, 0, 0]],
    ['capped-base-stock', { S: 9, r: 5 }, [5, 5, 5, 4, 0, 0]],
    ['constant', { r: 3 }, [3, 3, 3, 3, 3, 3]],
    ['r-Q', { r: 4, Q: 7 }, [7, 7, 7, 0, 0, 0]],
    ['s-nQ', { s: 4, Q: 2 }, [6, 2, 2, 0, 0, 0]],
    // Poisson 5 over three periods: mean 15, standard deviation 3.873.
    ['forecast', { z: 1 }, [19, 16, 15, 14, 10, 7]],
  ])('%s', (name, parameters, expected) => {
    expect(ordersAt(buildBaseline(name, parameters), stock)).toEqual(expected);
  });

  it('counts what is on the way, and what is owed', () => {
    const scenario = store({ shortageCost: 4, leadTime: 3, kind: 'backlog', demand: { name: 'poisson', mean: 0 }, initialStock: 2 });
    const simulator = new Simulator({ scenario, lanes: 1 });
    const policy = buildBaseline('base-stock', { S: 10 });
    const orders = new Float64Array(1);
    simulator.step(Float64Array.of(5));
    policy.order(simulator.view, orders);
    expect(orders[0]).toBe(3);
    simulator.view.backlog[0] = 4;
    policy.order(simulator.view, orders);
    expect(orders[0]).toBe(7);
  });

  it('takes a parameter per lane, lane i at i mod length', () => {
    expect(ordersAt(buildBaseline('base-stock', { S: [9, 20] }), [5, 5, 5, 5])).toEqual([4, 15, 4, 15]);
  });

  it('follows its lanes when lanes stand for others', () => {
    const simulator = new Simulator({ scenario: store({ shortageCost: 4 }), lanes: 3, represents: Int32Array.of(1, 1, 0) });
    const orders = new Float64Array(3);
    buildBaseline('base-stock', { S: [9, 20] }).order(simulator.view, orders);
    expect(Array.from(orders)).toEqual([20, 20, 9]);
  });
});

/** Orders [arc] of a policy in the first period, or after the given steps. */
function firstOrders(policy: Policy, scenario: Scenario, ...steps: readonly number[][]): number[] {
  const simulator = new Simulator({ scenario, lanes: 1 });
  for (const step of steps) simulator.step(Float64Array.from(step));
  const orders = new Float64Array(simulator.network.arcs.length);
  policy.order(simulator.view, orders);
  return Array.from(orders);
}

describe('a policy for two sources orders by its rule', () => {
  const base = store({ shortageCost: 9, kind: 'backlog', demand: { name: 'deterministic', value: 2 }, initialStock: 5 });
  const scenario: Scenario = {
    ...base,
    links: [
      { id: 'slow', from: 'supplier', to: 'shop', leadTime: 3 },
      { id: 'fast', from: 'supplier', to: 'shop', leadTime: 1 },
    ],
  };

  // After two periods of demand 2 with slow orders of 4 and 3 and a fast one of 1 in the first: 2 on hand, 4 due next period, 3 the one after.
  const steps = [
    [4, 1],
    [3, 0],
  ];
  it.each<[string, Record<string, PerLane>, number[]]>([
    ['single-index', { Se: 10, Sr: 12 }, [2, 1]],
    ['single-index', { Se: 10, Sr: 9 }, [0, 1]],
    ['dual-index', { Se: 8, Sr: 14 }, [3, 2]],
    ['dual-index', { Se: 4, Sr: 14 }, [5, 0]],
    ['capped-dual-index', { Se: 4, Sr: 14, r: 3 }, [3, 0]],
    ['tailored-base-surge', { r: 2, S: 9 }, [2, 3]],
    ['forecast-dual-index', { Se: 4, Sr: 14, w: 1 }, [5, 0]],
  ])('%s %j', (name, parameters, expected) => {
    expect(firstOrders(buildBaseline(name, parameters), scenario, ...steps)).toEqual(expected);
  });

  // 5 on hand, Poisson 4 a period, twice as much in the third: within the slow source's lead time, not yet the fast one's.
  it('levels that move with the forecast rise for what is announced, those of the slow source first, by the part that is believed', () => {
    const base = { kind: 'stationary', distribution: { name: 'poisson', mean: 4 } } as const;
    const notes = [{ text: 'Half price for one day', from: 2, length: 1, multiplier: 2 }];
    const told = (inForecast: boolean): Scenario => ({
      ...scenario,
      demand: [{ location: 'shop', process: { kind: 'events', base, knownAhead: 4, notes, inForecast } }],
    });
    const policy = (w: number) => buildBaseline('forecast-dual-index', { Se: 8, Sr: 20, w });
    expect(firstOrders(policy(1), told(true))).toEqual([16, 3]);
    expect(firstOrders(policy(0.5), told(true))).toEqual([14, 3]);
    expect(firstOrders(policy(1), told(false))).toEqual([12, 3]);
  });

  it('takes the source with the shorter lead time for the expedited one, whatever their order', () => {
    const turned = { ...scenario, links: [...scenario.links].reverse() };
    const policy = buildBaseline('dual-index', { Se: 8, Sr: 14 });
    expect(firstOrders(policy, turned, ...steps.map(([slow, fast]) => [fast, slow]))).toEqual([2, 3]);
  });
});

describe('a policy for a network orders by its rule', () => {
  const waits = { kind: 'backlog', cost: 9 } as const;
  const network = (stock: readonly number[]): Scenario => ({
    ...store({ shortageCost: 9 }),
    locations: ['depot', 'north', 'south'].map((id, k) => ({ id, holdingCost: 1, shortage: waits, initialStock: stock[k] })),
    links: [
      { from: 'supplier', to: 'depot', leadTime: 2 },
      { from: 'depot', to: 'north', leadTime: 0 },
      { from: 'depot', to: 'south', leadTime: 0 },
    ],
    demand: ['north', 'south'].map((location) => ({
      location,
      process: { kind: 'stationary', distribution: { name: 'poisson', mean: 4 } } as const,
    })),
  });

  it('base stock by the stock point’s own position, echelon base stock by that of all below it', () => {
    const levels = { 'S.depot': 30, 'S.north': 7, 'S.south': 9 };
    expect(firstOrders(buildBaseline('base-stock', levels), network([10, 3, 12]))).toEqual([20, 4, 0]);
    expect(firstOrders(buildBaseline('echelon-base-stock', levels), network([10, 3, 12]))).toEqual([5, 4, 0]);
    expect(buildBaseline('base-stock', levels).parameters).toEqual(levels);
  });

  // Two shops that sell 4 a period: 24 until the depot's own next order comes, as it goes on to them at once; 40 where the way to them takes two periods.
  it('forecast levels of an echelon last until its order reaches the customer, those of a stock point until its own comes', () => {
    expect(firstOrders(buildBaseline('forecast', { z: 0 }), network([10, 3, 12]))).toEqual([14, 1, 0]);
    expect(firstOrders(buildBaseline('echelon-forecast', { z: 0 }), network([10, 3, 12]))).toEqual([0, 1, 0]);
    const far = { ...network([10, 3, 12]), links: network([]).links.map((link) => ({ ...link, leadTime: 2 })) };
    expect(firstOrders(buildBaseline('echelon-forecast', { z: 0 }), far)).toEqual([15, 9, 0]);
    expect(firstOrders(buildBaseline('echelon-forecast-s-S', { z: 0, f: 1 }), far)).toEqual([15, 9, 0]);
  });

  it('one level may hold for all, and a stock point without one is named', () => {
    expect(firstOrders(buildBaseline('base-stock', { S: 11 }), network([10, 3, 12]))).toEqual([1, 8, 0]);
    expect(() => firstOrders(buildBaseline('base-stock', { 'S.depot': 1 }), network([1, 1, 1]))).toThrow(
      /parameter S: none given for "north"/,
    );
  });

  // Cover of one period: mean 4, standard deviation 2. With z = 1 both are to have 6.
  it('balanced base stock fills all up to their factor, or shares what there is so that they stand alike', () => {
    const policy = buildBaseline('balanced-base-stock', { S: 40, z: 1 });
    expect(firstOrders(policy, network([10, 3, 0]))).toEqual([27, 3, 6]);
    expect(firstOrders(policy, network([5, 3, 0]))).toEqual([32, 1, 4]);
    expect(firstOrders(policy, network([1, 2, 0]))).toEqual([37, 0, 1]);
    expect(firstOrders(policy, network([0, 2, 0]))).toEqual([38, 0, 0]);
  });

  it('shared base stock asks all sources of a stock point for the same', () => {
    const two = {
      ...network([0, 0, 0]),
      links: [...network([0, 0, 0]).links, { id: 'direct', from: 'supplier', to: 'north', leadTime: 1 }],
    };
    expect(firstOrders(buildBaseline('shared-base-stock', { S: 7 }), two)).toEqual([7, 4, 7, 3]);
  });

  it('Sterman’s rule adjusts a part of the gap, and may forget what is on the way', () => {
    const line: Scenario = { ...store({ shortageCost: 9, kind: 'backlog', leadTime: 4, demand: { name: 'deterministic', value: 4 } }) };
    const stocked = { ...line, locations: [{ ...line.locations[0], initialStock: 12 }] };
    // After one period: 8 on hand, 6 on the way.
    const order = (alpha: number, beta: number) => firstOrders(buildBaseline('sterman', { S: 28, alpha, beta, L: 4 }), stocked, [6])[0];
    expect([order(1, 1), order(0.5, 1), order(1, 0)]).toEqual([18, 11, 24]);
  });
});

describe('Sterman’s rule on the board of the beer game', () => {
  const levels = { 'S.retailer': 28, 'S.wholesaler': 28, 'S.distributor': 28, 'S.factory': 20 };

  // Sterman (1989), Table 2: the benchmark costs 204.
  it('costs what was published with the parameters that were published', async () => {
    const costs = await playBeerBoard(buildBaseline('sterman', { ...levels, alpha: 1, beta: 1, L: 4 }));
    expect(costs).toEqual({ retailer: 46, wholesaler: 50, distributor: 54, factory: 54 });
  });

  // Sterman (1989): 204 in 36 weeks, 46 + 50 + 54 + 54 by stage.
  it('costs the same in the simulator, on the preset', async () => {
    const costs = await simulateBeerGame(buildBaseline('sterman', { ...levels, alpha: 1, beta: 1, L: 4 }));
    expect(costs).toEqual({ retailer: 46, wholesaler: 50, distributor: 54, factory: 54, total: 204 });
  });

  it('costs several times as much when the supply line is forgotten, as people do', async () => {
    const costs = await playBeerBoard(buildBaseline('sterman', { S: 17, alpha: 0.26, beta: 0.34, L: 8 }));
    expect(Object.values(costs).reduce((a, b) => a + b, 0)).toBeGreaterThan(2 * 204);
  });
});

describe('forecast-driven (s, S)', () => {
  // Cover of three periods: mean 15, standard deviation 3.873; economic quantity sqrt(2 x 10 x 5 / 1) = 10.
  it('waits until the forecast is uncovered, then orders part of the economic quantity beyond it', () => {
    const scenario = store({ shortageCost: 4, leadTime: 2, fixedCost: 10 });
    expect(ordersAt(buildBaseline('forecast-s-S', { z: 0, f: 1 }), [0, 15, 16], scenario)).toEqual([25, 10, 0]);
    expect(ordersAt(buildBaseline('forecast-s-S', { z: 1, f: 0.5 }), [0, 18, 19], scenario)).toEqual([24, 6, 0]);
    expect(ordersAt(buildBaseline('forecast-s-S', { z: 1, f: 0 }), stock)).toEqual(ordersAt(buildBaseline('forecast', { z: 1 }), stock));
  });
});

describe('what cannot be built is refused in one line', () => {
  it.each<[string, Record<string, PerLane>, RegExp]>([
    ['base-stok', {}, /no policy "base-stok"; expected one of base-stock, s-S/],
    ['constructor', {}, /no policy "constructor"/],
    ['base-stock', { s: 3 }, /no parameter "s"; it takes S/],
    ['s-S', { s: 3 }, /needs the parameter "S": write s-S:s=\.\.\.,S=\.\.\./],
    ['base-stock', { S: Number.NaN }, /S=NaN; expected a number/],
  ])('%s %j', (name, parameters, message) => {
    expect(() => buildBaseline(name, parameters)).toThrow(UserError);
    expect(() => buildBaseline(name, parameters)).toThrow(message);
  });

  it('every family fits stock points with one source or with two, and says why it does not fit the others', () => {
    const one = store({ shortageCost: 4 });
    const two = { ...one, links: [...one.links, { from: 'supplier', to: 'shop', leadTime: 1 }] };
    const reasons = Object.values(baselines).map((family) => [
      family.whyNot(compileNetwork(one, 1)),
      family.whyNot(compileNetwork(two, 1)),
    ]);
    for (const pair of reasons)
      expect(pair.filter((reason) => reason !== undefined).join()).toMatch(/[12] sources?; |supplies nobody|several sources/);
  });
});
