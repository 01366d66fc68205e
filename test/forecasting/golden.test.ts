import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  croston,
  forecastEnd,
  holtWinters,
  recentMean,
  type SeriesMethod,
  seasonalNaive,
  simpleSmoothing,
  standardTheta,
  syntetosBoylan,
  theta,
  tsb,
} from '../../forecasting/index.ts';

// Made with statsmodels and statsforecast: see golden/make.py, which holds the command and the versions.
const values = z.array(z.number());
const fit = z.object({ sse: z.number(), forecast: values });
const given = z.object({
  alpha: z.number(),
  beta: z.number(),
  phi: z.number(),
  gamma: z.number(),
  level: z.number(),
  trend: z.number(),
  season: values,
  forecast: z.array(z.number().nullable()),
});
const trendMethod = z.object({ given, best: fit }).optional();
const entry = z.object({
  season: z.number(),
  series: values,
  naive: values,
  'seasonal-naive': values,
  'moving-average of 8': values,
  croston: values,
  sba: values,
  'tsb, 0.2 and 0.1': values,
  ses: fit.extend({ alpha: z.number() }).optional(),
  'ses, alpha 0.3 from the first value': values.optional(),
  'standard theta': z.object({ alpha: z.number(), forecast: values }).optional(),
  'holt-winters': trendMethod,
  'damped-trend': trendMethod,
  theta: z.object({ level: z.number(), alpha: z.number(), theta: z.number(), forecast: values }).optional(),
});
const golden = z.record(z.string(), entry).parse(JSON.parse(readFileSync(new URL('./golden/classical.json', import.meta.url), 'utf8')));

function expectClose(forecast: Float64Array, expected: readonly (number | null)[], relative: number): void {
  expect(forecast.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) {
    if (value !== null) expect(Math.abs(forecast[k] - value)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(value)));
  }
}

describe.each(Object.entries(golden))('on the series "%s"', (_, { series, season, ...expected }) => {
  const x = Float64Array.from(series);
  const end = (method: SeriesMethod, period = season) => forecastEnd(method, x, { season: period, horizon: 6 });

  test.each([
    ['naive', recentMean('naive', 1), expected.naive],
    ['seasonal naive', seasonalNaive(), expected['seasonal-naive']],
    ['a moving average of 8', recentMean('moving-average', 8), expected['moving-average of 8']],
    ['Croston', croston(), expected.croston],
    ['SBA', syntetosBoylan(), expected.sba],
    ['TSB', tsb({ alphaSize: 0.2, alphaChance: 0.1 }), expected['tsb, 0.2 and 0.1']],
  ])('%s gives what statsforecast gives', (_name, method, forecast) => expectClose(end(method), forecast, 1e-9));

  const { ses, theta: dynamic } = expected;
  const standard = expected['standard theta'];
  if (ses) {
    test('simple smoothing finds the least squares that statsmodels finds, or less', () => {
      expect(squaredErrors(simpleSmoothing(), x)).toBeLessThanOrEqual(ses.sse * (1 + 1e-6));
      expectClose(end(simpleSmoothing()), ses.forecast, 1e-3);
    });
  }

  const given = expected['ses, alpha 0.3 from the first value'];
  if (given) {
    test('simple smoothing with the same constant and first level is that of statsmodels', () =>
      expectClose(end(simpleSmoothing({ model: { alpha: 0.3, start: x[0] } })), given, 1e-9));
  }

  if (standard) {
    test('the standard Theta method is that of statsmodels but for how the smoothing is fitted', () =>
      expectClose(end(standardTheta()), standard.forecast, 0.02));
  }

  if (dynamic) {
    test('the dynamic Theta model with the same parameters is that of statsforecast', () =>
      expectClose(end(theta({ model: dynamic })), dynamic.forecast, 1e-9));
  }

  for (const name of ['holt-winters', 'damped-trend'] as const) {
    const numbers = expected[name];
    if (!numbers) continue;
    const damped = name === 'damped-trend';
    test(`${name} with the same parameters and first states is that of statsmodels`, () => {
      const first = Float64Array.from(numbers.given.season);
      const model = { ...numbers.given, season: first, kind: season > 1 ? 'multiplicative' : 'additive' } as const;
      expectClose(end(holtWinters({ damped, model })), numbers.given.forecast, 1e-9);
    });

    test(`${name}, fitted, forecasts as statsmodels does to 4 %, with squared errors no more than 4 % larger`, () => {
      expect(squaredErrors(holtWinters({ damped }), x, season)).toBeLessThanOrEqual(1.04 * numbers.best.sse);
      expectClose(end(holtWinters({ damped })), numbers.best.forecast, 0.04);
    });
  }
});

function squaredErrors(method: SeriesMethod, series: Float64Array, season = 1): number {
  const forecasts = new Float64Array(series.length);
  method.fit(series, season).forecast(series, { from: 0, to: series.length, horizon: 1 }, forecasts);
  return series.reduce((sum, value, t) => sum + (value - forecasts[t]) ** 2, 0);
}
