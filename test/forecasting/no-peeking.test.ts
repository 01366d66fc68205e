import { describe, expect, test } from 'vitest';
import {
  autoForecaster,
  CLASSICAL_METHODS,
  classicalForecaster,
  embedTexts,
  findAnalogues,
  globalForecaster,
  networkForecaster,
  ridgeForecaster,
  rollingForecasts,
} from '../../forecasting/index.ts';
import { fitted, madeUpHistory, withOtherFuture } from './made-up-history.ts';

const history = madeUpHistory();
const cut = 30;
const text = await embedTexts(
  history.items.map(({ description }) => description),
  { embedder: 'hashing' },
);
const methods = [
  ...CLASSICAL_METHODS.map(classicalForecaster),
  autoForecaster([classicalForecaster('naive'), classicalForecaster('ses')]),
  ridgeForecaster(),
  ridgeForecaster({ name: 'ridge+hashing', texts: text.vectors }),
  networkForecaster(),
  networkForecaster({ name: 'network+hashing', texts: text.vectors, loss: 'pinball' }),
  globalForecaster(),
  globalForecaster({ name: 'global+hashing', analogues: findAnalogues(text.vectors, { count: 4 }) }),
];

describe.each(methods)('$name', (method) => {
  const forecaster = fitted(method, history, { until: cut, horizon: 4 });

  test('fits the same whatever happens from the cut on', () => {
    const other = fitted(method, withOtherFuture(history, cut), { until: cut, horizon: 4 });
    expect(other.choices).toEqual(forecaster.choices);
    expect(other.predict(history, cut, 4)).toEqual(forecaster.predict(history, cut, 4));
  });

  test('forecasts the same whatever happens from the origin on', () => {
    for (const origin of [0, 1, 7, 13, cut, 36]) {
      expect(forecaster.predict(withOtherFuture(history, origin), origin, 4)).toEqual(forecaster.predict(history, origin, 4));
    }
  });

  test('what happened before the origin does move the forecast, so that the two tests above can fail', () => {
    expect(forecaster.predict(withOtherFuture(history, 35), 36, 4)).not.toEqual(forecaster.predict(history, 36, 4));
    expect(fitted(method, withOtherFuture(history, 20), { until: cut, horizon: 4 }).predict(history, cut, 4)).not.toEqual(
      forecaster.predict(history, cut, 4),
    );
  });

  test('gives a finite mean of 0 or more and a variance of at least the mean, from the first week on', () => {
    const paths = rollingForecasts({ forecaster, history, from: 0, to: history.periods.length, horizon: 6 });
    expect(paths.mean.length).toBe(history.items.length * history.periods.length * 6);
    expect(paths.mean.every((mean, k) => Number.isFinite(mean) && mean >= 0 && paths.variance[k] >= mean)).toBe(true);
  });

  test('rolling forecasts stand at [item][week][ahead]', () => {
    const paths = rollingForecasts({ forecaster, history, from: 31, to: 36, horizon: 3 });
    const forecast = forecaster.predict(history, 33, 3);
    const [item, week, ahead] = [5, 2, 1];
    expect(paths).toMatchObject({ rows: history.items.length, span: 5, horizon: 3 });
    expect(paths.mean[(item * 5 + week) * 3 + ahead]).toBe(forecast.mean[item * 3 + ahead]);
    expect(paths.variance[(item * 5 + week) * 3 + ahead]).toBe(forecast.variance[item * 3 + ahead]);
  });
});
