import { describe, expect, it } from 'vitest';
import { solveExact } from '../../../agents/index.ts';
import type { Distribution } from '../../../env/index.ts';
import { simulated, stockPoint } from './cases.ts';

const costs = (h: number, p: number, kind: 'lost' | 'backlog' = 'lost') => ({ holdingCost: h, shortage: { kind, cost: p } });
const AT_ONCE = [{ leadTime: 0 }];

/** Snyder and Shen, "Fundamentals of Supply Chain Theory", chapter 4; recomputed with independent code. */
describe.each([
  { demand: { name: 'normal', mean: 50, sd: 8 }, h: 0.18, p: 0.7, S: 56.60395593, cost: 1.997605193, digits: 8 },
  { demand: { name: 'poisson', mean: 6 }, h: 1, p: 4, S: 8, cost: 3.570106946, digits: 8 },
  { demand: { name: 'poisson', mean: 18 }, h: 200, p: 270, S: 19, cost: 786.0884409, digits: 6 },
] as const)('newsvendor, $demand, h = $h, p = $p', ({ demand, h, p, S, cost, digits }) => {
  it.each(['lost', 'backlog'] as const)('has the published stock and cost, unmet demand %s', (kind) => {
    const solution = solveExact(stockPoint({ demand, location: costs(h, p, kind), links: AT_ONCE }));
    expect(solution.solver).toBe('newsvendor');
    expect(solution.policy.parameters.S).toBeCloseTo(S, 7);
    expect(solution.costPerPeriod).toBeCloseTo(cost, digits);
  });
});

/**
 * Gamma with shape 4 is an Erlang distribution: P(D > q) = e^-q (1 + q + q^2/2 + q^3/6), whose integral from q on is in closed form too. Worked out
 * from there with Python's math module for h = 1, p = 9.
 */
it('has the cost that the loss function gives, whatever the distribution', () => {
  const gamma = solveExact(stockPoint({ demand: { name: 'gamma', mean: 4, sd: 2 }, links: AT_ONCE }));
  expect(gamma.policy.parameters.S).toBeCloseTo(6.680783068, 8);
  expect(gamma.costPerPeriod).toBeCloseTo(4.166112644, 8);
});

const LAWS: readonly Distribution[] = [
  { name: 'normal', mean: 10, sd: 6 },
  { name: 'lognormal', mean: 4, cv: 0.8 },
  { name: 'negative-binomial', mean: 5, variance: 20 },
  { name: 'intermittent', probability: 0.4, size: { name: 'gamma', mean: 5, cv: 0.5 } },
  { name: 'empirical', values: [1.5, 2.5, 8], probabilities: [0.3, 0.4, 0.3] },
];

it.each(LAWS)('costs in the simulator what it says: $name', (demand) => {
  const scenario = stockPoint({ demand, location: { price: 3 }, links: [{ leadTime: 0, unitCost: 1 }] });
  const { costPerPeriod, policy, solver } = solveExact(scenario);
  const { mean, halfWidth } = simulated(scenario, policy, { seed: 5 });
  expect(solver).toBe('newsvendor');
  expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
});

it('plays one period with salvage, stock at hand and a price', () => {
  const scenario = stockPoint({
    periods: 1,
    demand: { name: 'poisson', mean: 20 },
    location: { price: 5, salvageValue: 1, initialStock: 4, holdingCost: 0, shortage: { kind: 'lost', cost: 0 } },
    links: [{ leadTime: 0, unitCost: 2 }],
  });
  const { costPerPeriod, policy } = solveExact(scenario);
  expect(policy.parameters.S).toBe(23);
  const { mean, halfWidth } = simulated(scenario, policy, { lanes: 40_000, periods: 1, warmUp: 0 });
  expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
});

it('throws away what a day does not sell: the price of a unit that is left is its cost and its disposal', () => {
  const scenario = stockPoint({
    item: { life: 1 },
    demand: { name: 'poisson', mean: 20 },
    location: { disposalCost: 0.5 },
    links: [{ leadTime: 0, unitCost: 2 }],
  });
  const { costPerPeriod, policy, solver } = solveExact(scenario);
  expect(solver).toBe('newsvendor');
  expect(costPerPeriod).toBeCloseTo(solveExact(scenario, { method: 'value-iteration' }).costPerPeriod, 5);
  const { mean, halfWidth } = simulated(scenario, policy);
  expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
});
