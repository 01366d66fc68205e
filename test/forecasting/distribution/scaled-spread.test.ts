import { expect, test } from 'vitest';
import { mixtureMean, mixtureVariance, scaledSpread } from '../../../forecasting/index.ts';

// Two items, two periods ahead.
const mean = Float64Array.of(2, 4, 10, 0);
const variance = Float64Array.of(6, 4, 110, 0);

test('multiplies what varies beyond a Poisson distribution, item by item, and leaves means alone', () => {
  const narrowed = scaledSpread({ mean, variance, common: Float64Array.of(0.5, 1) }, [0.5, 0.1]);
  expect(narrowed.mean).toEqual(mean);
  expect(Array.from(narrowed.variance)).toEqual([4, 4, 20, 0]);
  // What periods have in common is no more than they vary by.
  expect(Array.from(narrowed.common ?? [])).toEqual([0.25, 0.1]);
});

test('leaves what the periods have in common, which is how little is known of the level, so that sums keep their spread', () => {
  expect(Array.from(scaledSpread({ mean, variance, common: Float64Array.of(0.2, 0.05) }, [0.5, 0.1]).common ?? [])).toEqual([0.2, 0.05]);
});

test('of a mixture each part is narrowed, and mean and variance stay those of the mixture', () => {
  const parts = { count: 2, weight: Float64Array.of(0.5, 0.5), mean: Float64Array.of(2, 6), variance: Float64Array.of(4, 18) };
  const narrowed = scaledSpread({ mean: Float64Array.of(4), variance: Float64Array.of(15), parts }, [0.25]);
  const mixture = { weights: parts.weight, means: parts.mean, variances: narrowed.parts?.variance ?? [] };
  expect(Array.from(mixture.variances)).toEqual([2.5, 9]);
  expect(mixtureMean(mixture)).toBe(narrowed.mean[0]);
  expect(mixtureVariance(mixture)).toBeCloseTo(narrowed.variance[0], 12);
});
