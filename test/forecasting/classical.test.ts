import { describe, expect, test } from 'vitest';
import { countQuantile, createDemandProcess, createStream } from '../../env/index.ts';
import {
  autoForecaster,
  backtest,
  CLASSICAL_METHODS,
  classicalForecaster,
  coverage,
  coverDistribution,
  forecastQuantiles,
  type History,
  mixtureQuantile,
  rollingForecasts,
} from '../../forecasting/index.ts';
import { fitted, madeUpHistory } from './made-up-history.ts';

/** Sales drawn one by one: `draw` gives those of an item in a week. */
function drawnHistory(items: number, weeks: number, draw: (item: number, week: number) => number): History {
  const history = madeUpHistory({ items, weeks });
  return { ...history, quantity: history.quantity.map((_, at) => draw(Math.floor(at / weeks), at % weeks)) };
}

const everyMethod = [
  ...CLASSICAL_METHODS.map(classicalForecaster),
  autoForecaster([classicalForecaster('ses'), classicalForecaster('tsb')]),
];

describe.each(everyMethod)('$name makes something of', (method) => {
  test.each([
    ['one single week', madeUpHistory({ weeks: 1 })],
    ['nothing but zeros', drawnHistory(3, 20, () => 0)],
    ['a single item', madeUpHistory({ items: 1, weeks: 30 })],
    ['sales that never change', drawnHistory(2, 30, () => 7)],
    ['one order a thousand times the rest', drawnHistory(2, 30, (_, week) => (week === 15 ? 9000 : 9))],
    ['weeks without any trade', { ...madeUpHistory(), open: new Uint8Array(40).fill(0) }],
    ['sales that are missing', { ...madeUpHistory(), missing: new Int32Array(12 * 40).fill(1) }],
  ])('%s', (_, history) => {
    const until = history.periods.length;
    const forecast = fitted(method, history, { until, horizon: 3 }).predict(history, until, 3);
    expect(forecast.mean.every((mean) => Number.isFinite(mean) && mean >= 0)).toBe(true);
    expect(forecast.variance.every((variance, k) => Number.isFinite(variance) && variance >= forecast.mean[k] * (1 - 1e-12))).toBe(true);
    expect(forecastQuantiles(forecast, 3).every((units) => Number.isInteger(units) && units >= 0)).toBe(true);
  });
});

describe('sales that are missing are not zeros', () => {
  test('a long stock-out leaves the forecast at what sold before it', () => {
    const history = drawnHistory(1, 30, (_, week) => (week < 20 ? 10 : 0));
    const missing = history.missing.map((_, week) => (week >= 20 ? 25 : 0));
    const method = fitted(classicalForecaster('moving-average'), history, { until: 15, horizon: 1 });
    expect(method.predict({ ...history, missing }, 30, 1).mean[0]).toBeCloseTo(10, 12);
    expect(method.predict(history, 30, 1).mean[0]).toBe(0);
    // Before it could be told, the zeros were sales like any other.
    expect(method.predict({ ...history, missing }, 24, 1).mean[0]).toBe(5);
  });
});

describe('forecasts of made-up sales are calibrated', () => {
  const stream = createStream(5, 'calibration');
  // A level per item that holds, negative binomial with dispersion 0.5; every third item sells nothing in 60 % of weeks for reasons of its own.
  const level = (item: number) => 2 + 3 * (item % 8);
  const history = drawnHistory(90, 90, (item) =>
    item % 3 === 0 && stream.next() < 0.6 ? 0 : countQuantile(level(item), level(item) * (1 + 0.5 * level(item)), stream.next()),
  );
  const cut = 70;

  test.each(['ses', 'tsb', 'croston', 'combination'] as const)('%s: each quantile is passed as often as it says', (name) => {
    const { scored } = backtest({ history, cut, horizon: 4, methods: [classicalForecaster(name)] }).methods[0];
    const zero = new Float64Array(scored.actual.length);
    for (const level of [0.5, 0.8, 0.9, 0.95]) {
      const quantiles = Float64Array.from(scored.distributions, (distribution) => mixtureQuantile(distribution, level));
      const below = coverage(scored.actual, zero, quantiles);
      // A whole number is passed a little more often than its level.
      expect(below).toBeGreaterThan(level - 0.03);
      expect(below).toBeLessThan(level + 0.09);
    }
  });

  test('sums over a lead time stay within their quantile as often as it says, where the level drifts', () => {
    const drift = createStream(8, 'drift');
    const walks = Float64Array.from({ length: 90 }, () => Math.log(20));
    const wandering = drawnHistory(90, 90, (item) => {
      walks[item] += 0.15 * drift.normal();
      return countQuantile(Math.exp(walks[item]), 1.2 * Math.exp(walks[item]), drift.next());
    });
    const horizon = 6;
    const method = fitted(classicalForecaster('ses'), wandering, { until: cut, horizon });
    expect(method.choices.common).toBeGreaterThan(0.3);
    let within = 0;
    let count = 0;
    for (let origin = cut; origin + horizon <= 90; origin += horizon) {
      const forecast = method.predict(wandering, origin, horizon);
      for (let item = 0; item < 90; item++, count++) {
        const start = item * 90 + origin;
        const sum = wandering.quantity.subarray(start, start + horizon).reduce((a, b) => a + b, 0);
        if (sum <= mixtureQuantile(coverDistribution(forecast, { horizon, item, from: 0, to: horizon }), 0.9)) within++;
      }
    }
    expect(within / count).toBeGreaterThan(0.85);
    expect(within / count).toBeLessThan(0.96);
  });
});

describe('a fitted forecaster is a demand process', () => {
  const stream = createStream(2, 'lumps');
  const history = drawnHistory(4, 60, () => (stream.next() < 0.7 ? 0 : 20 + Math.floor(10 * stream.next())));

  test.each(everyMethod)('$name: demand has its distribution, extra zeros included', (method) => {
    const forecaster = fitted(method, history, { until: 50, horizon: 2 });
    const forecasts = rollingForecasts({ forecaster, history, from: 50, to: 54, horizon: 2 });
    const draws = 4000;
    const item = 1;
    const process = createDemandProcess({ kind: 'forecast', forecasts }, new Int32Array(draws).fill(item));
    const demand = new Float64Array(draws);
    for (let period = 0; period < 4; period++) {
      const uniforms = Float64Array.from({ length: draws }, (_, k) => (k + 0.5) / draws);
      process.draw(new Int32Array(draws).fill(period), uniforms, demand);
      const expected = forecastQuantiles(forecaster.predict(history, 50 + period, 2), 2, [0.5, 0.75, 0.9]);
      const sorted = demand.toSorted();
      for (const [k, level] of [0.5, 0.75, 0.9].entries()) {
        // Neighbours, as a level may fall on the edge between two counts.
        expect(sorted[Math.floor(draws * level) - 20]).toBeLessThanOrEqual(expected[item * 2 * 3 + k]);
        expect(sorted[Math.floor(draws * level) + 20]).toBeGreaterThanOrEqual(expected[item * 2 * 3 + k]);
      }
    }
  });

  test('and lumpy sales do have extra zeros, so that the test above is about mixtures too', () => {
    const forecast = fitted(classicalForecaster('tsb'), history, { until: 50, horizon: 2 }).predict(history, 50, 2);
    expect(forecast.parts?.weight.some((weight) => weight > 0.2 && weight < 0.8)).toBe(true);
  });
});
