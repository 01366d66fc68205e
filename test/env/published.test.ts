import { describe, expect, test } from 'vitest';
import { type Scenario, Simulator, type StateView } from '../../env/index.ts';
import { shop } from './shop.ts';

interface Measured {
  readonly mean: number;
  readonly standardError: number;
}

/** Long-run average cost of orders written by `order`, over independent lanes. */
function measure(
  scenario: Scenario,
  order: (view: StateView, orders: Float64Array) => void,
  { lanes = 200, periods = 2000, warmUp = 100 } = {},
): Measured {
  const simulator = new Simulator({ scenario, lanes, seed: 77 });
  const orders = new Float64Array(simulator.network.arcs.length * lanes);
  const cost = new Float64Array(lanes);
  for (let t = 0; t < warmUp + periods; t++) {
    order(simulator.view, orders);
    simulator.step(orders);
    if (t >= warmUp) for (let lane = 0; lane < lanes; lane++) cost[lane] += simulator.cost[lane] / periods;
  }
  const mean = cost.reduce((sum, x) => sum + x, 0) / lanes;
  const variance = cost.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (lanes - 1);
  return { mean, standardError: Math.sqrt(variance / lanes) };
}

const baseStock = (level: number) => (view: StateView, orders: Float64Array) => {
  for (let lane = 0; lane < view.lanes; lane++)
    orders[lane] = Math.max(0, level - view.onHand[lane] - view.onOrder[lane] + view.backlog[lane]);
};

// Zipkin, Old and new methods for lost-sales inventory systems, Operations Research 56 (2008), Table 3, Poisson demand with mean 5, h = 1.
describe('base stock under lost sales (Zipkin 2008)', () => {
  test.each([
    [4, 1, 12, 4.1628],
    [4, 4, 25, 5.1978],
    [19, 2, 21, 7.8422],
    [19, 4, 31, 9.2319],
  ])('p = %d, L = %d, S = %d costs %d', (cost, leadTime, level, published) => {
    const scenario = shop({ location: { shortage: { kind: 'lost', cost } }, link: { leadTime } });
    const { mean, standardError } = measure(scenario, baseStock(level));
    expect(standardError).toBeLessThan(0.03);
    expect(Math.abs(mean - published)).toBeLessThan(2.6 * standardError);
  });
});

// De Moor, Gijsbrechts and Boute, Reward shaping to improve the performance of deep reinforcement learning in perishable inventory management, European
// Journal of Operational Research 301 (2022): life 2, L = 1. Their returns of the best base stock, in this environment's order of events, undiscounted.
describe('base stock of a perishable item (De Moor et al. 2022)', () => {
  test.each([
    ['lifo', 5, 16.056],
    ['fifo', 7, 15.121],
  ] as const)('%s, S = %d costs %d a day', (issuing, level, published) => {
    const scenario = shop({
      item: { life: 2 },
      location: { issuing, disposalCost: 7, shortage: { kind: 'lost', cost: 5 } },
      link: { leadTime: 1, unitCost: 3, capacity: 10 },
      demand: { name: 'gamma', mean: 4, cv: 0.5, rounded: true },
    });
    const { mean, standardError } = measure(scenario, baseStock(level));
    expect(standardError).toBeLessThan(0.02);
    expect(Math.abs(mean - published)).toBeLessThan(2.6 * standardError);
  });
});

/** A serial system, stages listed downstream first, stock on the way charged at its sender's holding cost. */
function serial({
  holdingCosts,
  leadTimes,
  shortageCost,
}: {
  holdingCosts: readonly number[];
  leadTimes: readonly number[];
  shortageCost: number;
}): Scenario {
  const ids = holdingCosts.map((_, k) => `stage${k}`);
  return {
    ...shop({}),
    locations: ids.map((id, k) => ({
      id,
      holdingCost: holdingCosts[k],
      shortage: { kind: 'backlog', cost: k === 0 ? shortageCost : 0 },
      initialStock: 10,
    })),
    links: ids.map((to, k) => ({ from: ids[k + 1] ?? 'supplier', to, leadTime: leadTimes[k], transitCost: holdingCosts[k + 1] ?? 0 })),
    demand: [{ location: 'stage0', process: { kind: 'stationary', distribution: { name: 'poisson', mean: 5 } } }],
  };
}

const echelonBaseStock = (levels: readonly number[]) => (view: StateView, orders: Float64Array) => {
  for (let lane = 0; lane < view.lanes; lane++) {
    let position = 0;
    levels.forEach((level, k) => {
      const i = k * view.lanes + lane;
      position += view.onHand[i] + view.onOrder[i] - view.backlog[i];
      orders[i] = Math.max(0, level - position);
    });
  }
};

// Clark and Scarf, Optimal policies for a multi-echelon inventory problem, Management Science 6 (1960); the cases of Snyder and Shen, Fundamentals of
// Supply Chain Theory, with orders placed after demand is seen. Here the lead time next to the customer is one less, and a demand's worth of each
// upstream echelon's holding less is charged.
describe('echelon base stock in a serial system (Clark and Scarf 1960)', () => {
  test('two stages: 16.798349 - 5', () => {
    const scenario = serial({ holdingCosts: [3, 1], leadTimes: [0, 1], shortageCost: 10 });
    const { mean, standardError } = measure(scenario, echelonBaseStock([7, 13]));
    expect(standardError).toBeLessThan(0.03);
    expect(Math.abs(mean - 11.798349)).toBeLessThan(2.6 * standardError);
  });

  test('three stages: 72.046741 - 5 (2 + 2)', () => {
    const scenario = serial({ holdingCosts: [7, 4, 2], leadTimes: [0, 1, 2], shortageCost: 37.12 });
    const { mean, standardError } = measure(scenario, echelonBaseStock([9, 15, 26]));
    expect(standardError).toBeLessThan(0.12);
    expect(Math.abs(mean - 52.046741)).toBeLessThan(2.6 * standardError);
  });
});
