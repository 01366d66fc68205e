import { describe, expect, it } from 'vitest';
import { baseStock, cappedBaseStock, evaluateExact, myopic, myopic2, solveExact } from '../../../agents/index.ts';
import { GEOMETRIC_5, store } from '../lost-sales.ts';

/**
 * Zipkin (2008), "Old and new methods for lost-sales inventory systems", Operations Research 56, Tables 3 and 4: h = 1, c = 0, mean demand 5.
 * The best base-stock and capped base-stock costs were recomputed with independent code (p = 19, L = 1, capped: 6.687749 from the
 * stationary distribution of stock, where tables round it to 6.6878).
 */
const POISSON = [
  { p: 4, L: 1, optimal: 4.0407, S: 12, baseStock: 4.1628, capped: [12, 6, 4.0654], myopic: 4.11, myopic2: 4.04 },
  { p: 4, L: 2, optimal: 4.3953, S: 16, baseStock: 4.6386, capped: [17, 5, 4.4057], myopic: 4.56, myopic2: 4.41 },
  { p: 4, L: 3, optimal: 4.5987, S: 20, baseStock: 4.975, capped: [21, 5, 4.6308], myopic: 4.84, myopic2: 4.64 },
  { p: 4, L: 4, optimal: 4.7285, S: 25, baseStock: 5.1978, capped: [26, 5, 4.7978], myopic: 5.06, myopic2: 4.82 },
  { p: 19, L: 1, optimal: 6.6757, S: 15, baseStock: 6.7278, capped: [15, 8, 6.68775], myopic: 6.69, myopic2: 6.68 },
  { p: 19, L: 2, optimal: 7.6644, S: 21, baseStock: 7.8422, capped: [21, 7, 7.7209], myopic: 7.77, myopic2: 7.67 },
  { p: 19, L: 3, optimal: 8.3625, S: 26, baseStock: 8.6045, capped: [26, 6, 8.401], myopic: 8.56, myopic2: 8.4 },
  { p: 19, L: 4, optimal: 8.8872, S: 31, baseStock: 9.2319, capped: [31, 6, 8.9544], myopic: 9.18, myopic2: 8.96 },
] as const;

/** The same source, geometric demand, p = 9. */
const GEOMETRIC = [
  { L: 1, S: 17, optimal: 14.51, baseStock: 14.73, myopic2: 14.51 },
  { L: 2, S: 22, optimal: 15.5, baseStock: 15.99, myopic2: 15.57 },
  { L: 3, S: 26, optimal: 16.14, baseStock: 16.87, myopic2: 16.32 },
  { L: 4, S: 30, optimal: 16.58, baseStock: 17.54, myopic2: 16.89 },
] as const;

describe.each(POISSON)('lost sales, Poisson demand, p = $p, L = $L', (row) => {
  const scenario = store({ shortageCost: row.p, leadTime: row.L });

  it('has the published optimum', () => {
    const { costPerPeriod, bounds } = solveExact(scenario);
    expect(costPerPeriod).toBeCloseTo(row.optimal, 4);
    expect(bounds[0]).toBeLessThanOrEqual(costPerPeriod);
    expect(bounds[1]).toBeGreaterThanOrEqual(costPerPeriod);
    expect(bounds[1] - bounds[0]).toBeLessThan(1e-5);
  });

  it('has the published best base-stock level', () => {
    const cost = (S: number) => evaluateExact(scenario, baseStock({ S })).costPerPeriod;
    expect(cost(row.S)).toBeCloseTo(row.baseStock, 4);
    expect(cost(row.S - 1)).toBeGreaterThan(row.baseStock);
    expect(cost(row.S + 1)).toBeGreaterThan(row.baseStock);
  });

  it('has the published best capped base-stock policy', () => {
    const [S, r, cost] = row.capped;
    expect(evaluateExact(scenario, cappedBaseStock({ S, r })).costPerPeriod).toBeCloseTo(cost, 4);
  });

  it('has the published cost of myopic ordering', () => {
    expect(evaluateExact(scenario, myopic()).costPerPeriod).toBeCloseTo(row.myopic, 2);
    expect(evaluateExact(scenario, myopic2()).costPerPeriod).toBeCloseTo(row.myopic2, 2);
  });
});

describe.each(GEOMETRIC)('lost sales, geometric demand, p = 9, L = $L', (row) => {
  const scenario = store({ shortageCost: 9, leadTime: row.L, demand: GEOMETRIC_5 });

  it('has the published optimum', () => {
    expect(solveExact(scenario).costPerPeriod).toBeCloseTo(row.optimal, 2);
  });

  it('has the published cost of myopic ordering over two periods', () => {
    expect(evaluateExact(scenario, myopic2()).costPerPeriod).toBeCloseTo(row.myopic2, 2);
  });

  it('has the published best base-stock cost', () => {
    const costs = [row.S - 1, row.S, row.S + 1].map((S) => evaluateExact(scenario, baseStock({ S })).costPerPeriod);
    expect(costs[1]).toBeCloseTo(row.baseStock, 2);
    expect(Math.min(...costs)).toBe(costs[1]);
  });
});
