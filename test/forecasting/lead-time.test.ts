import { describe, expect, test } from 'vitest';
import { countQuantile, createStream } from '../../env/index.ts';
import {
  blendedForecaster,
  classicalForecaster,
  coverDistribution,
  globalForecaster,
  type History,
  mixtureQuantile,
  networkForecaster,
  ridgeForecaster,
  samplePaths,
  steadyForecaster,
} from '../../forecasting/index.ts';
import { fitted, madeUpHistory } from './made-up-history.ts';

const ITEMS = 90;
const WEEKS = 120;
const CUT = 96;
const HORIZON = 6;

/** Levels drift week by week: a forecast that misses in one week of its horizon misses in the others, in the same direction. */
function driftingHistory(): History {
  const stream = createStream(8, 'drift');
  const plain = madeUpHistory({ items: ITEMS, weeks: WEEKS });
  const quantity = new Float64Array(ITEMS * WEEKS);
  for (let item = 0; item < ITEMS; item++) {
    let log = Math.log(20);
    for (let week = 0; week < WEEKS; week++) {
      log += 0.15 * stream.normal();
      quantity[item * WEEKS + week] = countQuantile(Math.exp(log), 1.2 * Math.exp(log), stream.next());
    }
  }
  return { ...plain, quantity };
}

const history = driftingHistory();
const methods = [
  globalForecaster(),
  ridgeForecaster(),
  networkForecaster(),
  steadyForecaster(),
  blendedForecaster(classicalForecaster('ses'), steadyForecaster(), { fromYears: 1 }),
];

describe.each(methods)('$name, where levels drift', (method) => {
  const forecaster = fitted(method, history, { until: CUT, horizon: HORIZON });

  test('the sum over the lead time stays within its quantile as often as it says', () => {
    let within = 0;
    let count = 0;
    for (let origin = CUT; origin + HORIZON <= WEEKS; origin += HORIZON) {
      const forecast = forecaster.predict(history, origin, HORIZON);
      for (let item = 0; item < ITEMS; item++, count++) {
        const start = item * WEEKS + origin;
        const sum = history.quantity.subarray(start, start + HORIZON).reduce((a, b) => a + b, 0);
        if (sum <= mixtureQuantile(coverDistribution(forecast, { horizon: HORIZON, item, from: 0, to: HORIZON }), 0.9)) within++;
      }
    }
    expect(within / count).toBeGreaterThan(0.82);
    expect(within / count).toBeLessThan(0.97);
  });

  test('sampled paths have that spread in their sums', () => {
    const forecast = forecaster.predict(history, CUT, HORIZON);
    const paths = samplePaths(forecast, { horizon: HORIZON, item: 3, count: 4000 });
    const sums = Array.from({ length: 4000 }, (_, k) => paths.subarray(k * HORIZON, (k + 1) * HORIZON).reduce((a, b) => a + b, 0));
    const high = sums.toSorted((a, b) => a - b)[3600];
    const cover = coverDistribution(forecast, { horizon: HORIZON, item: 3, from: 0, to: HORIZON });
    expect(high / mixtureQuantile(cover, 0.9)).toBeGreaterThan(0.93);
    expect(high / mixtureQuantile(cover, 0.9)).toBeLessThan(1.07);
  });
});
