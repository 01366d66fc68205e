import { describe, expect, test } from 'vitest';
import { classicalForecaster, globalForecaster, type History, type Promotion } from '../../forecasting/index.ts';
import { fitted, madeUpHistory } from './made-up-history.ts';

/** Every item sells as many every week as its number says. */
function steadyHistory(levels: readonly number[], weeks: number): History {
  const history = madeUpHistory({ items: levels.length, weeks });
  return { ...history, quantity: history.quantity.map((_, at) => levels[Math.floor(at / weeks)]) };
}

describe('naive and moving average', () => {
  const history = madeUpHistory();
  const weeks = history.periods.length;

  test('naive repeats last week', () => {
    const { mean } = fitted(classicalForecaster('naive'), history, { until: 30, horizon: 2 }).predict(history, 33, 2);
    expect(Array.from(mean.subarray(6, 8))).toEqual([history.quantity[3 * weeks + 32], history.quantity[3 * weeks + 32]]);
  });

  test('a moving average of 8 weeks is that, and of fewer where fewer are known', () => {
    const forecaster = fitted(classicalForecaster('moving-average'), history, { until: 30, horizon: 1 });
    const sum = (from: number, to: number) => history.quantity.subarray(2 * weeks + from, 2 * weeks + to).reduce((a, b) => a + b, 0);
    expect(forecaster.predict(history, 33, 1).mean[2]).toBeCloseTo(sum(25, 33) / 8, 12);
    expect(forecaster.predict(history, 3, 1).mean[2]).toBeCloseTo(sum(0, 3) / 3, 12);
    expect(forecaster.predict(history, 0, 1).mean[2]).toBe(0);
  });
});

describe('global forecaster', () => {
  test('forecasts steady sales as they are but for what an item borrows, with little spread', () => {
    const history = steadyHistory([5, 20, 80, 10, 40, 3], 40);
    const { mean, variance } = fitted(globalForecaster(), history, { until: 35, horizon: 2 }).predict(history, 35, 2);
    for (const [i, level] of [5, 20, 80, 10, 40, 3].entries()) {
      expect(mean[2 * i]).toBeGreaterThan(0.75 * level);
      expect(mean[2 * i]).toBeLessThan(1.25 * level);
      expect((variance[2 * i] - mean[2 * i]) / mean[2 * i] ** 2).toBeLessThan(0.1);
    }
  });

  test('one order a hundred times larger than the rest does not make a level', () => {
    const history = steadyHistory([5, 20, 80, 10, 40, 3], 40);
    const forecaster = fitted(globalForecaster(), history, { until: 30, horizon: 1 });
    const quantity = history.quantity.slice();
    quantity[40 + 33] = 2000;
    const usual = forecaster.predict(history, 35, 1).mean[1];
    expect(forecaster.predict({ ...history, quantity }, 35, 1).mean[1]).toBeLessThan(6 * usual);
  });

  test('an item that never sold is forecast by what the others at its price sell', () => {
    const history = steadyHistory([0, 20, 20, 20, 20, 20], 40);
    const { mean } = fitted(globalForecaster(), history, { until: 35, horizon: 1 }).predict(history, 35, 1);
    expect(mean[0]).toBeGreaterThan(5);
    expect(mean[0]).toBeLessThan(40);
  });

  test('expects nothing of a catalogue that has never sold anything', () => {
    const history = steadyHistory([0, 0, 0], 20);
    const { mean, variance } = fitted(globalForecaster(), history, { until: 20, horizon: 3 }).predict(history, 20, 3);
    expect([...mean, ...variance].every((value) => value === 0)).toBe(true);
  });

  test('fits a history of two weeks and one of nothing but zeros', () => {
    for (const history of [madeUpHistory({ weeks: 2 }), steadyHistory([0, 0, 0], 20)]) {
      const { mean, variance } = fitted(globalForecaster(), history, { until: 2, horizon: 3 }).predict(history, 2, 3);
      expect(mean.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      expect(variance.every((value, k) => value >= mean[k])).toBe(true);
    }
  });

  test('fitted twice is the same', () => {
    const history = madeUpHistory();
    const forecast = () => fitted(globalForecaster(), history, { until: 30, horizon: 4 }).predict(history, 31, 4);
    expect(forecast()).toEqual(forecast());
  });

  test('learns what each weekday sells', () => {
    const sold = [12, 10, 11, 14, 30, 44, 2];
    const history = madeUpHistory({ items: 8, weeks: 140 });
    const periods = Array.from({ length: 140 }, (_, t) => new Date(Date.UTC(2024, 0, 1 + t)).toISOString().slice(0, 10));
    const daily: History = { ...history, periodLength: 'day', periods, quantity: history.quantity.map((_, at) => sold[(at % 140) % 7]) };
    const { mean } = fitted(globalForecaster(), daily, { until: 133, horizon: 7 }).predict(daily, 133, 7);
    expect(mean[5] / mean[6]).toBeGreaterThan(3);
    expect(mean.subarray(0, 7).indexOf(Math.max(...mean.subarray(0, 7)))).toBe(5);
  });

  test('reads what promotions say where that tells them apart', () => {
    const weeks = 100;
    const plain = madeUpHistory({ items: 30, weeks });
    const wordings = ['Two for the price of one', 'New packaging', 'Ten per cent off'];
    const promotions = plain.items.flatMap(({ id }, i) =>
      Array.from({ length: 12 }, (_, k): Promotion => {
        const period = 5 + 8 * k + (i % 5);
        return {
          item: id,
          text: wordings[(i + k) % 3],
          from: '',
          to: '',
          depth: 0,
          firstPeriod: period,
          lastPeriod: period,
          knownAt: period - 2,
        };
      }),
    );
    const texts = new Map(wordings.map((text, k) => [text, Float32Array.from({ length: 3 }, (_, c) => (c === k ? 1 : 0))]));
    const sales = (factor: (text: string) => number): History => {
      const quantity = plain.quantity.slice();
      for (const { item, text, firstPeriod } of promotions) {
        const at = plain.items.findIndex(({ id }) => id === item) * weeks + firstPeriod;
        quantity[at] = Math.round(quantity[at] * factor(text));
      }
      return { ...plain, quantity, promotions };
    };
    const forecaster = globalForecaster({ promotionTexts: texts });
    const strong = sales((text) => (text === wordings[0] ? 5 : 1));
    const read = fitted(forecaster, strong, { until: 90, horizon: 2 });
    expect(read.choices.promotionText).toBe('used');
    const promise = (text: string) => {
      const planned = { ...promotions[0], item: 'item-20', text, firstPeriod: 91, lastPeriod: 91, knownAt: 90 };
      return read.predict({ ...strong, promotions: [planned] }, 90, 2).mean[41];
    };
    expect(promise(wordings[0])).toBeGreaterThan(1.5 * promise(wordings[1]));
    expect(fitted(globalForecaster(), strong, { until: 90, horizon: 2 }).choices.promotionText).toBe('none');
  });
});
