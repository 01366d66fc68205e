import { describe, expect, it } from 'vitest';
import { evaluateExact, solveExact } from '../../../agents/index.ts';
import { serial, simulated, stockPoint } from './cases.ts';

const POISSON_5 = { name: 'poisson', mean: 5 } as const;

/**
 * Serial systems with orders placed after demand is seen: Snyder and Shen, "Fundamentals of Supply Chain Theory", chapter 6, and Gallego and Zipkin
 * (1999); recomputed with independent code. There the lead time next to the customers counts one period more than here, and the cost counts the
 * upstream echelons' holding of one more period's mean demand.
 */
const PUBLISHED = [
  { name: 'one stage', h: [1], L: [1], p: 9, levels: [8], cost: 4.221093, here: 4.221093 },
  { name: 'two stages', h: [2, 1], L: [1, 1], p: 10, levels: [7, 13], cost: 16.798349, here: 11.798349 },
  { name: 'three stages', h: [3, 2, 2], L: [1, 1, 2], p: 37.12, levels: [9, 15, 26], cost: 72.046741, here: 52.046741 },
] as const;

describe.each(PUBLISHED)('Clark and Scarf, $name', ({ h, L, p, levels, cost, here }) => {
  const leadTimes = L.map((leadTime, k) => (k === 0 ? leadTime - 1 : leadTime));
  const scenario = serial({ echelonHoldingCosts: h, leadTimes, shortageCost: p, demand: POISSON_5 });
  const solution = solveExact(scenario, { method: 'clark-scarf' });

  it('has the published levels and cost', () => {
    const upstream = h.slice(1).reduce<number>((sum, holding) => sum + holding * POISSON_5.mean, 0);
    expect(Object.values(solution.policy.parameters).slice(1)).toEqual(levels);
    expect(solution.costPerPeriod + upstream).toBeCloseTo(cost, 6);
    expect(solution.costPerPeriod).toBeCloseTo(here, 6);
  });

  it('costs in the simulator what it says', () => {
    const { mean, halfWidth } = simulated(scenario, solution.policy);
    expect(Math.abs(mean - solution.costPerPeriod)).toBeLessThan(halfWidth);
    expect(halfWidth).toBeLessThan(0.01 * mean);
  });
});

/** The same three stages with continuous demand: published levels of about 6.5, 12.0 and 22.7 and a cost of 47.65 to 47.67. */
describe('Clark and Scarf, normal demand', () => {
  const scenario = serial({
    echelonHoldingCosts: [3, 2, 2],
    leadTimes: [0, 1, 2],
    shortageCost: 37.12,
    demand: { name: 'normal', mean: 5, sd: 1 },
  });
  const { costPerPeriod, bounds, policy } = solveExact(scenario);

  it('has the published levels and cost', () => {
    const [first, second, third] = Object.values(policy.parameters).slice(1).map(Number);
    expect(first).toBeCloseTo(6.5, 1);
    expect(second).toBeCloseTo(12, 1);
    expect(third).toBeCloseTo(22.7, 1);
    expect(bounds[0] + 20).toBeGreaterThan(47.65);
    expect(bounds[1] + 20).toBeLessThan(47.67);
  });

  it('costs in the simulator what it says', () => {
    const { mean, halfWidth } = simulated(scenario, policy);
    expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
  });
});

it('agrees with the other solvers on one stage', () => {
  const lagged = stockPoint({
    location: { shortage: { kind: 'backlog', cost: 9 } },
    links: [{ leadTime: 2, unitCost: 2, transitCost: 0.3 }],
  });
  const cost = (method: 'clark-scarf' | 'zheng-federgruen') => solveExact(lagged, { method }).costPerPeriod;
  expect(cost('clark-scarf')).toBeCloseTo(cost('zheng-federgruen'), 8);
  expect(evaluateExact(lagged, solveExact(lagged, { method: 'clark-scarf' }).policy).costPerPeriod).toBeCloseTo(cost('clark-scarf'), 5);
});

it('holds at other numbers: gamma demand, five stages, longer lead times, free echelons, prices on the way', () => {
  const five = serial({
    echelonHoldingCosts: [1, 0.5, 0.25, 0, 0.5],
    leadTimes: [2, 0, 1, 3, 1],
    shortageCost: 15,
    demand: { name: 'gamma', mean: 4, cv: 0.7 },
  });
  const priced = { ...five, links: five.links.map((link) => ({ ...link, unitCost: 1, transitCost: 0.2 })) };
  for (const scenario of [five, priced]) {
    const { costPerPeriod, policy, bounds } = solveExact(scenario);
    const { mean, halfWidth } = simulated(scenario, policy, { periods: 2500, seed: 7 });
    expect(Math.abs(mean - costPerPeriod)).toBeLessThan(halfWidth);
    expect(bounds[1] - bounds[0]).toBeLessThan(0.002 * costPerPeriod);
  }
});

it('says why it does not take a network', () => {
  const two = serial({ echelonHoldingCosts: [2, 1], leadTimes: [0, 1], shortageCost: 10, demand: POISSON_5 });
  const refuse = (links: typeof two.links) => () => solveExact({ ...two, links });
  expect(refuse(two.links.map((link) => ({ ...link, fixedCost: 3 })))).toThrow(/"stage2>stage1" has a fixed cost/);
  expect(refuse(two.links.map((link) => ({ ...link, capacity: 9 })))).toThrow(/"stage2>stage1" has a capacity/);
  expect(refuse([...two.links, { from: 'supplier', to: 'stage1', leadTime: 3 }])).toThrow(/"stage1" has 2 sources/);
});
