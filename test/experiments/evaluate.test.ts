import { describe, expect, it } from 'vitest';
import { baseStock, constantOrder, solveExact } from '../../agents/index.ts';
import { evaluate } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const { scenario } = await loadScenario('lost-sales', { set: ['leadTime=1'] });

describe('evaluate', () => {
  it("reproduces Zipkin's best base-stock cost within its interval (2008, Table 3: p = 4, L = 1, S = 12)", () => {
    const { results } = evaluate({ scenario, policies: [baseStock({ S: 12 })], lanes: 400, periods: 500, seed: 5 });
    const [low, high] = results[0].ci95 ?? [0, 0];
    expect(low).toBeLessThan(4.1628);
    expect(high).toBeGreaterThan(4.1628);
    expect(high - low).toBeLessThan(0.1);
  });

  it('pairs policies on the same demand: a policy differs from itself by nothing at all', () => {
    const { differences } = evaluate({ scenario, policies: [baseStock({ S: 12 }), baseStock({ S: 12 })], lanes: 20, periods: 50 });
    expect(differences).toEqual([{ policy: 'base-stock', reference: 'base-stock', mean: 0, ci95: [0, 0] }]);
  });

  it('gives cost parts that add up to the cost', () => {
    const [{ costPerPeriod, costs }] = evaluate({ scenario, policies: [constantOrder({ r: 4 })], lanes: 20, periods: 200 }).results;
    const { revenue, ...charged } = costs;
    expect(Object.values(charged).reduce((a, b) => a + b, 0) - revenue).toBeCloseTo(costPerPeriod, 9);
  });

  it('tells a dearer policy a gap above 0 also where the optimum is a profit', async () => {
    const [store] = scenario.locations;
    const sells = { ...scenario, locations: [{ ...store, price: 30, shortage: { kind: 'partial', cost: 40, backlogged: 0.5 } }] } as const;
    const optimum = solveExact(sells);
    expect(optimum.costPerPeriod).toBeLessThan(0);
    const [{ gapPercent, gapCi95 }] = evaluate({
      scenario: sells,
      policies: [constantOrder({ r: 4 })],
      lanes: 20,
      periods: 200,
      optimum,
    }).results;
    expect(gapPercent).toBeGreaterThan(0);
    expect(gapCi95?.[0]).toBeLessThan(gapCi95?.[1] ?? Number.NaN);
  });

  it('prints the same numbers for the same seed, and others for another', () => {
    const run = (seed: number) => evaluate({ scenario, policies: [baseStock({ S: 12 })], lanes: 20, periods: 100, seed });
    expect(run(3)).toEqual(run(3));
    expect(run(4).results[0].costPerPeriod).not.toBe(run(3).results[0].costPerPeriod);
  });

  it('shows the optimum itself a gap of 0, and everything else one above, however short the run', () => {
    const optimum = solveExact(scenario);
    const { results } = evaluate({ scenario, policies: [optimum.policy, baseStock({ S: 12 })], lanes: 100, periods: 200, optimum });
    expect(results[0].gapPercent).toBe(0);
    expect(results[1].gapCi95?.[0]).toBeGreaterThan(0);
  });

  it.each([
    ['lanes', { lanes: 0 }, /lanes 0: expected a whole number above 0/],
    ['periods', { periods: 2.5 }, /periods 2.5: expected a whole number above 0/],
  ])('refuses a number of %s that cannot be run', (_, size, message) => {
    expect(() => evaluate({ scenario, policies: [baseStock({ S: 12 })], ...size })).toThrow(message);
  });
});
