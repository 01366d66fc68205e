import { describe, expect, it } from 'vitest';
import { evaluateExact, solveExact, sS } from '../../../agents/index.ts';
import { type Scenario, Simulator, UserError } from '../../../env/index.ts';
import { GEOMETRIC_5, store } from '../lost-sales.ts';

/** Mean cost per period and the half width of its 95 % interval over lanes. */
function simulated(scenario: Scenario, policy: { order: ReturnType<typeof solveExact>['policy']['order'] }, lanes = 256, periods = 1500) {
  const simulator = new Simulator({ scenario, lanes, seed: 1000 });
  const orders = new Float64Array(simulator.network.arcs.length * lanes);
  const totals = new Float64Array(lanes);
  for (let period = -200; period < periods; period++) {
    orders.fill(0);
    policy.order(simulator.view, orders);
    simulator.step(orders);
    if (period >= 0) for (let lane = 0; lane < lanes; lane++) totals[lane] += simulator.cost[lane] / periods;
  }
  const mean = totals.reduce((a, b) => a + b) / lanes;
  const variance = totals.reduce((sum, total) => sum + (total - mean) ** 2, 0) / (lanes - 1);
  return { mean, halfWidth: 1.96 * Math.sqrt(variance / lanes) };
}

describe('an exact optimum', () => {
  it.each([
    ['lost sales, Poisson', store({ shortageCost: 4, leadTime: 3 })],
    ['lost sales, dear shortages', store({ shortageCost: 19, leadTime: 2 })],
    ['lost sales, geometric', store({ shortageCost: 9, leadTime: 2, demand: GEOMETRIC_5 })],
    ['lost sales with a fixed cost', store({ shortageCost: 9, leadTime: 2, fixedCost: 20 })],
    ['backlog', store({ shortageCost: 9, leadTime: 2, kind: 'backlog' })],
    ['backlog with a fixed cost', store({ shortageCost: 9, leadTime: 1, kind: 'backlog', fixedCost: 30 })],
  ])('costs in the simulator what the solver says: %s', (_, scenario) => {
    const { costPerPeriod, policy } = solveExact(scenario);
    const { mean, halfWidth } = simulated(scenario, policy);
    expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
    expect(halfWidth).toBeLessThan(0.02 * costPerPeriod);
  });

  it('comes back into its table from a stock that is far too large', () => {
    const scenario = store({ shortageCost: 4, leadTime: 2, initialStock: 400 });
    const { costPerPeriod, policy } = solveExact(scenario);
    const { mean, halfWidth } = simulated(scenario, policy);
    expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
  });

  it('counts unit and transit costs', () => {
    const plain = store({ shortageCost: 9, leadTime: 2, kind: 'backlog' });
    const dear = { ...plain, links: [{ ...plain.links[0], unitCost: 3, transitCost: 0.5 }] };
    expect(solveExact(dear).costPerPeriod - solveExact(plain).costPerPeriod).toBeCloseTo(5 * (3 + 2 * 0.5), 6);
  });

  it('uses a second source no more than it is worth', () => {
    const single = store({ shortageCost: 9, leadTime: 2 });
    const withExpress = (unitCost: number): Scenario => ({
      ...single,
      links: [...single.links, { from: 'supplier', to: 'shop', leadTime: 0, unitCost }],
    });
    const alone = solveExact(single).costPerPeriod;
    expect(solveExact(withExpress(1)).costPerPeriod).toBeLessThan(alone - 0.1);
    expect(solveExact(withExpress(20)).costPerPeriod).toBeCloseTo(alone, 5);
    expect(solveExact(withExpress(0)).costPerPeriod).toBeCloseTo(solveExact(store({ shortageCost: 9, leadTime: 0 })).costPerPeriod, 5);
  });
});

/**
 * (s, S) with backorders, lead time 0: Zheng and Federgruen (1991), "Finding optimal (s, S) policies is about as simple as evaluating a single policy";
 * the first two rows as in Snyder and Shen, "Fundamentals of Supply Chain Theory". All but the last recomputed independently.
 */
describe.each([
  { h: 1, p: 4, K: 5, mean: 6, s: 4, S: 10, cost: 8.034111561, digits: 8 },
  { h: 40, p: 125, K: 150, mean: 4, s: 2, S: 7, cost: 223.5748296, digits: 6 },
  { h: 1, p: 9, K: 64, mean: 10, s: 6, S: 40, cost: 35.022, digits: 3 },
  { h: 1, p: 9, K: 64, mean: 20, s: 14, S: 62, cost: 49.173, digits: 3 },
  { h: 1, p: 9, K: 64, mean: 40, s: 33, S: 87, cost: 64.512, digits: 3 },
])('backlog with a fixed cost, h = $h, p = $p, K = $K, mean $mean', ({ h, p, K, mean, s, S, cost, digits }) => {
  const scenario = store({ holdingCost: h, shortageCost: p, fixedCost: K, kind: 'backlog', demand: { name: 'poisson', mean } });

  it('has the published (s, S) and cost', () => {
    const { costPerPeriod, policy } = solveExact(scenario);
    expect(policy.parameters).toMatchObject({ s, S });
    expect(costPerPeriod).toBeCloseTo(cost, digits);
  });

  it('costs the same by value iteration over the simulator, and by evaluating the policy on it', () => {
    const byRecursion = solveExact(scenario).costPerPeriod;
    expect(solveExact(scenario, { method: 'value-iteration' }).costPerPeriod / byRecursion).toBeCloseTo(1, 6);
    expect(evaluateExact(scenario, sS({ s, S })).costPerPeriod / byRecursion).toBeCloseTo(1, 6);
  });
});

/** Newsvendor, discrete: recomputed independently. */
it.each([
  { h: 1, p: 4, mean: 6, S: 8, cost: 3.570106946 },
  { h: 200, p: 270, mean: 18, S: 19, cost: 786.0884409 },
])('a newsvendor orders the critical fractile: h = $h, p = $p, Poisson $mean', ({ h, p, mean, S, cost }) => {
  const { costPerPeriod, policy } = solveExact(
    store({ holdingCost: h, shortageCost: p, kind: 'backlog', demand: { name: 'poisson', mean } }),
  );
  expect(policy.parameters.S).toBe(S);
  expect(costPerPeriod).toBeCloseTo(cost, 6);
});

/** Clark and Scarf with one stage orders after it has seen the demand, so its lead time 1 is 2 here; recomputed independently. */
it('a single stage with backlog has the published base-stock level', () => {
  const { costPerPeriod, policy } = solveExact(store({ shortageCost: 9, leadTime: 1, kind: 'backlog' }));
  expect(policy.parameters.S).toBe(14);
  expect(costPerPeriod).toBeCloseTo(5.869371527, 6);
});

describe('what the exact solver refuses', () => {
  it('names the number of states of what is too large', () => {
    expect(() => solveExact(store({ shortageCost: 39, leadTime: 7 }))).toThrow(UserError);
    expect(() => solveExact(store({ shortageCost: 39, leadTime: 7 }))).toThrow(
      /about [\d,]{9,} states and [\d,]{9,} transitions, more than the 400,000/,
    );
    expect(() => evaluateExact(store({ shortageCost: 4, leadTime: 1 }), sS({ s: 1e5, S: 2e5 }), { maxStates: 1000 })).toThrow(UserError);
  });

  it('counts transitions too, before it starts', () => {
    expect(() => solveExact(store({ shortageCost: 9, leadTime: 3, fixedCost: 300 }))).toThrow(/transitions, more than/);
  });

  it('says what it does not cover', () => {
    const plain = store({ shortageCost: 4 });
    expect(() => solveExact({ ...plain, laneNames: [{ id: 'a' }, { id: 'b' }] })).toThrow(/catalogue of 2 items/);
    expect(() => solveExact({ ...plain, periods: 10 })).toThrow(/ends after 10 periods/);
    expect(() => solveExact(store({ shortageCost: 4, holdingCost: 0 }))).toThrow(/holdingCost 0/);
  });
});
