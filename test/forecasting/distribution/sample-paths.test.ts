import { describe, expect, test } from 'vitest';
import {
  coverDistribution,
  type Forecast,
  forecastQuantiles,
  mixtureMean,
  mixtureVariance,
  samplePaths,
} from '../../../forecasting/index.ts';

const HORIZON = 4;
const COUNT = 40_000;

function forecastOf(mean: readonly number[], dispersion: number, common: number): Forecast {
  const means = Float64Array.from(mean);
  return { mean: means, variance: means.map((m) => m + dispersion * m * m), common: Float64Array.from([common]) };
}

function moments(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

function sums(paths: Float64Array): Float64Array {
  return Float64Array.from({ length: paths.length / HORIZON }, (_, p) =>
    paths.subarray(p * HORIZON, (p + 1) * HORIZON).reduce((a, b) => a + b, 0),
  );
}

describe.each([
  ['slow', [0.4, 0.5, 0.6, 0.5], 1.5, 0.5],
  ['quick', [30, 40, 50, 20], 0.4, 0.3],
  ['large and wide', [4000, 5000, 6000, 5000], 0.3, 0.2],
])('paths of an item that sells %s', (_, mean, dispersion, common) => {
  const forecast = forecastOf(mean, dispersion, common);
  const count = mean[0] > 1000 ? COUNT / 8 : COUNT;
  const paths = samplePaths(forecast, { horizon: HORIZON, item: 0, count, seed: 3 });

  test('have in each period the forecast mean and variance', () => {
    for (let ahead = 0; ahead < HORIZON; ahead++) {
      const own = moments(Float64Array.from({ length: count }, (_, p) => paths[p * HORIZON + ahead]));
      expect(own.mean / forecast.mean[ahead]).toBeCloseTo(1, 1);
      expect(Math.abs(own.variance / forecast.variance[ahead] - 1)).toBeLessThan(0.1);
    }
  });

  test('have sums with the spread that common errors of the level give, which independent periods would miss', () => {
    const total = moments(sums(paths));
    const cover = coverDistribution(forecast, { horizon: HORIZON, item: 0, from: 0, to: HORIZON });
    const independent = forecast.variance.reduce((a, b) => a + b, 0);
    expect(total.mean / mixtureMean(cover)).toBeCloseTo(1, 1);
    expect(Math.abs(total.variance / mixtureVariance(cover) - 1)).toBeLessThan(0.08);
    expect(total.variance).toBeGreaterThan(1.2 * independent);
  });

  test('reach the quantile over the lead time as often as it says', () => {
    const level = moments(sums(paths).map((sum) => (sum <= quantileOf(forecast) ? 1 : 0))).mean;
    expect(level).toBeGreaterThan(0.88);
    expect(level).toBeLessThan(0.93);
  });
});

function quantileOf(forecast: Forecast): number {
  const cover = coverDistribution(forecast, { horizon: HORIZON, item: 0, from: 0, to: HORIZON });
  const single: Forecast = { mean: Float64Array.from([mixtureMean(cover)]), variance: Float64Array.from([mixtureVariance(cover)]) };
  return forecastQuantiles(single, 1, [0.9])[0];
}

describe('paths', () => {
  const forecast = forecastOf([3, 3, 3, 3], 0.5, 0.2);
  const draw = (seed: number, stream?: string) => samplePaths(forecast, { horizon: HORIZON, item: 0, count: 5, seed, stream });

  test('are the same for the same seed and stream, and others for others', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1, 'lane 3')).not.toEqual(draw(1));
  });

  test('of a forecast that has nothing in common between periods are independent', () => {
    const independent = samplePaths({ ...forecast, common: undefined }, { horizon: HORIZON, item: 0, count: COUNT });
    expect(moments(sums(independent)).variance / (4 * 7.5)).toBeCloseTo(1, 1);
  });

  test('of a mixture have its parts', () => {
    const parts = {
      count: 2,
      weight: Float64Array.from([0.5, 0.5]),
      mean: Float64Array.from([0, 100]),
      variance: Float64Array.from([0, 100]),
    };
    const mixed: Forecast = { mean: Float64Array.from([50]), variance: Float64Array.from([2550]), parts };
    const drawn = samplePaths(mixed, { horizon: 1, item: 0, count: 2000 });
    expect(drawn.filter((units) => units === 0).length / 2000).toBeCloseTo(0.5, 1);
    expect(drawn.every((units) => units === 0 || units > 50)).toBe(true);
  });
});
