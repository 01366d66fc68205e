import { expect, test } from 'vitest';
import { blendedForecaster, classicalForecaster, type History } from '../../forecasting/index.ts';
import { fitted, madeUpHistory } from './made-up-history.ts';

const blended = blendedForecaster(classicalForecaster('naive'), classicalForecaster('moving-average'), { fromYears: 2 });

function monthly(months: number): History {
  const history = madeUpHistory({ weeks: months });
  const periods = history.periods.map((_, t) => new Date(Date.UTC(2020, t, 1)).toISOString().slice(0, 10));
  return { ...history, periodLength: 'month', periods };
}

test.each([
  ['weeks', madeUpHistory({ weeks: 110 }), 104],
  ['months', monthly(30), 24],
])('two years of %s are needed for a blend, in whatever periods', (_, history, least) => {
  expect(fitted(blended, history, { until: least - 1, horizon: 1 }).choices).not.toHaveProperty('moving-average');
  expect(fitted(blended, history, { until: least, horizon: 1 }).choices).toHaveProperty('moving-average');
});

test('the blend is a mean of both, with the weights of least error', () => {
  const history = madeUpHistory({ weeks: 110 });
  const options = { until: 108, horizon: 2 };
  const forecaster = fitted(blended, history, options);
  const part = Number(forecaster.choices['moving-average']);
  const [one, other] = [classicalForecaster('naive'), classicalForecaster('moving-average')].map(
    (method) => fitted(method, history, options).predict(history, 108, 2).mean,
  );
  // Sales that vary about a slow swing are told better by a mean of several weeks than by the last one.
  expect(part).toBeGreaterThanOrEqual(0.75);
  const { mean } = forecaster.predict(history, 108, 2);
  for (const [k, value] of mean.entries()) expect(value).toBeCloseTo((1 - part) * one[k] + part * other[k], 10);
});
