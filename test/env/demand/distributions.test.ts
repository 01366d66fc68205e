import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DISTRIBUTIONS, type Distribution, distributionKey, distributionTable, laneDistribution } from '../../../env/index.ts';

// scipy 1.17.1 in Python 3.12, for example:
// python -c "from scipy.stats import *; print(poisson(7.3).pmf([0, 5, 20]), nbinom(4, 0.4).pmf([0, 6, 40]), binom(40, 0.15).pmf([0, 6, 20]))"
// rounded: d.cdf(k + 0.5) - d.cdf(k - 0.5); gamma(4, scale=1), norm(5, 3); lognorm(s, scale=20 * exp(-s * s / 2)) with s = sqrt(log(1 + 0.8 ** 2))
const PROBABILITIES: readonly [Distribution, Record<number, number>][] = [
  [
    { name: 'poisson', mean: 7.3 },
    { 0: 0.000675538775194, 5: 0.116703353735, 20: 5.12841152664e-5 },
  ],
  [
    { name: 'negative-binomial', mean: 6, variance: 15 },
    { 0: 0.0256, 6: 0.1003290624, 40: 4.22318720266e-7 },
  ],
  [
    { name: 'geometric', mean: 5 },
    { 0: 0.166666666667, 6: 0.0558163294467, 40: 0.000113396306133 },
  ],
  [
    { name: 'binomial', trials: 40, probability: 0.15 },
    { 0: 0.00150230124989, 6: 0.174156222574, 20: 1.77664038468e-7 },
  ],
  [
    { name: 'normal', mean: 5, sd: 3, rounded: true },
    { 0: 0.0668072012689, 5: 0.132367665222, 16: 0.000169419847167 },
  ],
  [
    { name: 'gamma', mean: 4, cv: 0.5, rounded: true },
    { 0: 0.00175162255629, 4: 0.194336712066, 12: 0.00180968844982 },
  ],
  [
    { name: 'lognormal', mean: 20, cv: 0.8, rounded: true },
    { 0: 4.96347138207e-7, 10: 0.0463616133631, 60: 0.00151516695715 },
  ],
  [
    { name: 'uniform', low: 2, high: 6 },
    { 0: 0, 2: 0.2, 6: 0.2 },
  ],
  [
    { name: 'empirical', values: [3, 0, 3, 8], probabilities: [0.25, 0.5, 0.125, 0.125] },
    { 0: 0.5, 3: 0.375, 8: 0.125 },
  ],
  [
    { name: 'deterministic', value: 4 },
    { 3: 0, 4: 1 },
  ],
  [
    { name: 'intermittent', probability: 0.3, size: { name: 'uniform', low: 0, high: 1 } },
    { 0: 0.85, 1: 0.15 },
  ],
];

// python -c "from scipy.stats import *; print(norm(50, 8).ppf([.001, .5, 70 / 88, .999]), gamma(4).ppf([.001, .25, .5, .975, .999999]))" and so on
const QUANTILES: readonly [Distribution, readonly (readonly [number, number])[]][] = [
  [
    { name: 'normal', mean: 50, sd: 8 },
    [
      [0.001, 25.2781415507],
      [0.5, 50],
      [70 / 88, 56.6039559274],
      [0.999, 74.7218584493],
    ],
  ],
  [
    { name: 'gamma', mean: 4, cv: 0.5 },
    [
      [0.001, 0.428552413628],
      [0.5, 3.67206074885],
      [0.975, 8.76727306974],
      [0.999999, 21.3504569632],
    ],
  ],
  [
    { name: 'gamma', mean: 10, cv: 1.5 },
    [
      [0.01, 0.000541524741673],
      [0.5, 4.06693821722],
      [0.99, 70.7706487006],
    ],
  ],
  [
    { name: 'lognormal', mean: 20, cv: 0.8 },
    [
      [0.01, 3.04090634956],
      [0.5, 15.6173761889],
      [0.99, 80.2071524036],
    ],
  ],
  [
    { name: 'empirical', values: [0.5, 2.5] },
    [
      [0.1, 0.5],
      [0.49, 0.5],
      [0.5, 2.5],
      [0.99, 2.5],
    ],
  ],
];

describe('the distributions', () => {
  test.each(PROBABILITIES)('%j has the probabilities that scipy has', (distribution, expected) => {
    const table = distributionTable(distribution);
    for (const [k, p] of Object.entries(expected)) expect(table[Number(k)]).toBeCloseTo(p, 11);
  });

  test.each(QUANTILES)('%j has the quantiles that scipy has', (distribution, expected) => {
    for (const [u, x] of expected) expect(laneDistribution(distribution).quantile(u) / x).toBeCloseTo(1, 9);
  });

  test('every one of the table is held to numbers here', () => {
    const held = new Set([...PROBABILITIES, ...QUANTILES].map(([{ name }]) => name));
    expect(Object.keys(DISTRIBUTIONS).filter((name) => ![...held].some((known) => known === name))).toEqual([]);
  });

  test('a normal demand below 0 is 0, and mean and variance say so', () => {
    // python -c "from scipy.stats import norm as n; m = 2 * n.cdf(1) + 2 * n.pdf(1); print(m, 8 * n.cdf(1) + 4 * n.pdf(1) - m * m)"
    const { mean, variance, quantile } = laneDistribution({ name: 'normal', mean: 2, sd: 2 });
    expect(mean).toBeCloseTo(2.16663094118, 10);
    expect(variance).toBeCloseTo(3.00435123137, 10);
    expect(quantile(0.1)).toBe(0);
  });

  test('rounding moves mean and variance to those of the rounded demand', () => {
    // python -c "from scipy.stats import gamma as g; import numpy as np; k = np.arange(80); p = g(4).cdf(k + .5) - g(4).cdf(k - .5); m = p @ k; print(m, p @ k**2 - m * m)"
    const { mean, variance } = laneDistribution({ name: 'gamma', mean: 4, cv: 0.5, rounded: true });
    expect(mean).toBeCloseTo(4.00011284258, 10);
    expect(variance).toBeCloseTo(4.0822128574, 9);
  });

  test('a table sums to 1, has the mean and variance that are told, and leaves out less than can be drawn', () => {
    fc.assert(
      fc.property(discrete, (distribution) => {
        const own = laneDistribution(distribution);
        const table = distributionTable(distribution);
        const sum = (weight: (k: number) => number) => table.reduce((total, p, k) => total + p * weight(k), 0);
        expect(sum(() => 1)).toBeCloseTo(1, 12);
        expect(sum((k) => k) - own.mean).toBeCloseTo(0, 7);
        expect((sum((k) => (k - own.mean) ** 2) - own.variance) / (1 + own.variance)).toBeCloseTo(0, 6);
        expect(own.quantile(1 - 2 ** -32)).toBeLessThan(table.length);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  test('a quantile is the inverse of the sums of the table', () => {
    fc.assert(
      fc.property(discrete, uniform, (distribution, u) => {
        const table = distributionTable(distribution);
        const k = laneDistribution(distribution).quantile(u);
        const below = table.subarray(0, k).reduce((sum, p) => sum + p, 0);
        expect(below).toBeLessThanOrEqual(u + 1e-12);
        expect(below + table[k]).toBeGreaterThan(u - 1e-12);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test('a quantile is the inverse of the area under the density', () => {
    fc.assert(
      fc.property(continuousWith(0.1, 0.35, false), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (distribution, u) => {
        const { quantile, likelihood } = laneDistribution(distribution);
        const [from, to] = [quantile(0.005), quantile(u)];
        const steps = 4000;
        const step = (to - from) / steps;
        let area = 0.005;
        for (let k = 0; k < steps; k++) area += likelihood(from + (k + 0.5) * step) * step;
        expect(area).toBeCloseTo(u, 4);
      }),
      { numRuns: 60, seed: 3 },
    );
  });

  test('quantiles spread evenly have the mean and variance that are told', () => {
    fc.assert(
      fc.property(continuous, (distribution) => {
        const own = laneDistribution(distribution);
        const draws = Float64Array.from({ length: 20_000 }, (_, k) => own.quantile((k + 0.5) / 20_000));
        const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
        expect(mean / own.mean).toBeCloseTo(1, 2);
        expect(draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length / own.variance).toBeCloseTo(1, 1);
      }),
      { numRuns: 30, seed: 4 },
    );
  });

  test('multiplied, the mean is multiplied, and once is no change', () => {
    fc.assert(
      fc.property(fc.oneof(discrete, continuous), fc.double({ min: 0.1, max: 4, noNaN: true }), (distribution, factor) => {
        const own = laneDistribution(distribution);
        const blurred = 'rounded' in distribution && distribution.rounded === true;
        if (!blurred) expect(own.scaled(factor).mean / (own.mean * factor)).toBeCloseTo(1, 6);
        expect(own.scaled(1).variance / own.variance).toBeCloseTo(1, 6);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  test('units that are multiplied stay whole, with exactly the mean', () => {
    const dice = laneDistribution({ name: 'uniform', low: 1, high: 6 }).scaled(1.3);
    expect(dice.isDiscrete).toBe(true);
    expect(dice.mean).toBeCloseTo(4.55, 12);
    expect(dice.quantile(0.999)).toBe(8);
  });

  test('parameters may differ by lane, in lists and in the size of intermittent demand too', () => {
    const mixed: Distribution = {
      name: 'intermittent',
      probability: [0.5, 0.25],
      size: {
        name: 'empirical',
        values: [[2, 4], 6],
        probabilities: [
          [0.5, 1],
          [0.5, 0],
        ],
      },
    };
    expect(laneDistribution(mixed, 0).mean).toBeCloseTo(0.5 * 4);
    expect(laneDistribution(mixed, 1).mean).toBeCloseTo(0.25 * 4);
    expect(distributionKey(mixed, 0)).toBe(distributionKey(mixed, 2));
    expect(distributionKey(mixed, 0)).not.toBe(distributionKey(mixed, 1));
  });

  test('what is continuous says so, and has no table', () => {
    expect(laneDistribution({ name: 'gamma', mean: 4, cv: 0.5 }).isDiscrete).toBe(false);
    expect(() => distributionTable({ name: 'normal', mean: 50, sd: 8 })).toThrow(/"normal": it is not in whole units.*rounded: true/);
    expect(() => distributionTable({ name: 'empirical', values: [1, 2.5] })).toThrow(/not in whole units/);
  });
});

const uniform = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((bits) => bits / 2 ** 32);
const mean = fc.double({ min: 0.05, max: 300, noNaN: true });
const counts = fc.oneof(
  mean.map((m): Distribution => ({ name: 'poisson', mean: m })),
  mean.map((m): Distribution => ({ name: 'geometric', mean: m })),
  fc
    .tuple(mean, fc.double({ min: 1, max: 20, noNaN: true }))
    .map(([m, over]): Distribution => ({ name: 'negative-binomial', mean: m, variance: m * over })),
  fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }))
    .map(([trials, probability]): Distribution => ({ name: 'binomial', trials, probability })),
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 30 }))
    .map(([low, width]): Distribution => ({ name: 'uniform', low, high: low + width })),
  fc
    .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 6 })
    .map((values): Distribution => ({ name: 'empirical', values })),
);
const continuousWith = (least: number, most: number, rounded: boolean) =>
  fc
    .tuple(
      fc.constantFrom('normal' as const, 'gamma' as const, 'lognormal' as const),
      fc.double({ min: 1, max: 100, noNaN: true }),
      fc.double({ min: least, max: most, noNaN: true }),
    )
    .map(([name, m, spread]): Distribution => ({ name, mean: m, cv: spread, rounded }));
const continuous = continuousWith(0.1, 0.9, false);
const discrete = fc.oneof(
  counts,
  fc
    .tuple(fc.double({ min: 0.05, max: 1, noNaN: true }), counts)
    .map(([probability, size]): Distribution => ({ name: 'intermittent', probability, size })),
  continuousWith(0.1, 0.9, true),
);
