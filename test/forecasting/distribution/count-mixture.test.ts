import { describe, expect, test } from 'vitest';
import {
  countDistribution,
  crps,
  mixtureCumulative,
  mixtureMean,
  mixtureQuantile,
  mixtureVariance,
  zeroInflated,
} from '../../../forecasting/index.ts';

// Geometric with mean 1 is the negative binomial with mean 1 and variance 2: P(X <= k) = 1 - 0.5^(k + 1).
const geometric = countDistribution(1, 2);

describe('a count distribution', () => {
  test('has the distribution function and quantiles of the geometric with mean 1', () => {
    for (const k of [0, 1, 2, 9]) expect(mixtureCumulative(geometric, k)).toBeCloseTo(1 - 0.5 ** (k + 1), 12);
    expect([0.1, 0.49, 0.51, 0.76, 0.9].map((level) => mixtureQuantile(geometric, level))).toEqual([0, 0, 1, 2, 3]);
  });

  test('is Poisson where variance and mean are equal: P(X <= 2) with mean 2 is 5 / e^2', () => {
    expect(mixtureCumulative(countDistribution(2, 2), 2)).toBeCloseTo(5 * Math.exp(-2), 12);
  });

  test('with extra zeros keeps its mean, and has the variance and the chance of zero that follow by hand', () => {
    // Half zeros, half Poisson with mean 4: mean 2, variance 0.5 x (4 + 16) - 4 = 6, P(0) = 0.5 + 0.5 e^-4.
    const inflated = zeroInflated(2, 0, 0.5);
    expect(mixtureMean(inflated)).toBeCloseTo(2, 12);
    expect(mixtureVariance(inflated)).toBeCloseTo(6, 12);
    expect(mixtureCumulative(inflated, 0)).toBeCloseTo(0.5 + 0.5 * Math.exp(-4), 12);
    expect(mixtureQuantile(inflated, 0.5)).toBe(0);
  });

  test('of two kinds of events has the quantiles of the mixture, not of one distribution around the mean', () => {
    const events = { weights: [0.85, 0.15], means: [10, 100], variances: [10, 100] };
    for (const level of [0.05, 0.5, 0.8, 0.9, 0.99]) {
      const k = mixtureQuantile(events, level);
      expect(mixtureCumulative(events, k)).toBeGreaterThan(level);
      expect(mixtureCumulative(events, k - 1)).toBeLessThanOrEqual(level);
    }
    expect(mixtureQuantile(events, 0.8)).toBeLessThan(20);
    expect(mixtureQuantile(events, 0.9)).toBeGreaterThan(80);
  });
});

describe('CRPS', () => {
  test('of the geometric with mean 1 is what the sums give by hand', () => {
    // y = 0: sum of 0.25^(k + 1) = 1/3. y = 2: 0.25 + 0.5625 + 1/64 x 4/3.
    expect(crps(geometric, 0)).toBeCloseTo(1 / 3, 9);
    expect(crps(geometric, 2)).toBeCloseTo(0.25 + 0.5625 + 1 / 48, 9);
  });

  test('of a certain zero is the actual', () => {
    expect(crps(countDistribution(0, 0), 7)).toBe(7);
  });

  test.each([
    ['wide', countDistribution(3000, 3000 + 0.5 * 3000 ** 2)],
    ['large and narrow', countDistribution(20_000, 20_000 + 1e-3 * 20_000 ** 2)],
    ['mixed', { weights: [0.3, 0.7], means: [0, 400], variances: [0, 3000] }],
  ])('of a %s distribution is twice the mean pinball loss over all levels', (_, wide) => {
    for (const actual of [0, 350, 2500, 20_500]) {
      let loss = 0;
      const levels = 4000;
      for (let k = 0; k < levels; k++) {
        const level = (k + 0.5) / levels;
        const miss = actual - mixtureQuantile(wide, level);
        loss += (2 * (miss >= 0 ? level * miss : (level - 1) * miss)) / levels;
      }
      expect(crps(wide, actual) / loss).toBeCloseTo(1, 2);
    }
  });

  test('is least in the mean for the distribution that outcomes come from', () => {
    const chance = (k: number) => mixtureCumulative(geometric, k) - mixtureCumulative(geometric, k - 1);
    const expected = (forecast: typeof geometric) => {
      let sum = 0;
      for (let k = 0; k < 60; k++) sum += chance(k) * crps(forecast, k);
      return sum;
    };
    for (const other of [countDistribution(1, 1), countDistribution(1, 3), countDistribution(1.3, 2.6), countDistribution(0.7, 1.4)]) {
      expect(expected(geometric)).toBeLessThan(expected(other));
    }
  });
});
