import { expect, test } from 'vitest';
import type { CountMixture } from '../../env/index.ts';
import { calibrationOf } from '../../experiments/report/calibration.ts';
import { countDistribution, mixtureQuantile } from '../../forecasting/index.ts';

const COUNT = 4000;

/** What happens when the truth is this distribution: its quantiles, evenly drawn. */
function outcomes(truth: CountMixture): number[] {
  return Array.from({ length: COUNT }, (_, k) => mixtureQuantile(truth, (k + 0.5) / COUNT));
}

function calibrated(forecast: CountMixture, truth: CountMixture) {
  const actual = outcomes(truth);
  return calibrationOf({ method: 'told', scored: { actual, distributions: actual.map(() => forecast) } });
}

test.each([0.3, 2, 40])('right forecasts of counts with mean %s give an even histogram and the coverage that they promise', (mean) => {
  const truth = countDistribution(mean, 1.5 * mean);
  const { bins, coverage, forecasts } = calibrated(truth, truth);
  expect(forecasts).toBe(COUNT);
  for (const bin of bins) expect(bin).toBeCloseTo(1, 2);
  for (const { level, observed } of coverage) expect(observed).toBeCloseTo(level, 2);
});

test('forecasts that are too sure of themselves pile up at the ends, and their intervals hold too little', () => {
  const { bins, coverage } = calibrated(countDistribution(40, 42), countDistribution(40, 160));
  expect(Math.min(bins[0], bins[9])).toBeGreaterThan(1.5);
  expect(bins[4]).toBeLessThan(0.8);
  for (const { level, observed } of coverage) expect(observed).toBeLessThan(level - 0.1);
});

test('forecasts that are too low pile up at the right end', () => {
  const { bins } = calibrated(countDistribution(30, 45), countDistribution(45, 60));
  expect(bins[9]).toBeGreaterThan(3);
  expect(bins[0]).toBeLessThan(0.2);
});
