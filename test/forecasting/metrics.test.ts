import { describe, expect, test } from 'vitest';
import {
  backtest,
  coverage,
  globalForecaster,
  meanScaledError,
  naiveForecaster,
  pinballLoss,
  scoreForecasts,
  wape,
} from '../../forecasting/index.ts';
import { madeUpHistory } from './made-up-history.ts';

describe('scores by hand', () => {
  const actual = [10, 0, 5, 5];
  const mean = [8, 1, 5, 9];

  test('WAPE is the sum of absolute errors over the sum of sales: 7 / 20', () => {
    expect(wape(actual, mean)).toBe(7 / 20);
  });

  test('pinball: each unit short costs the level, each unit over costs one less it', () => {
    // Short by 2: 0.9 x 2. Over by 1 and 4: 0.1 x 5. Together 2.3 of 20 sold.
    expect(pinballLoss(actual, mean, 0.9)).toBeCloseTo(2.3 / 20, 12);
    // At the median it is half the WAPE.
    expect(pinballLoss(actual, mean, 0.5)).toBeCloseTo(wape(actual, mean) / 2, 12);
  });

  test('coverage counts the ends of the interval as within', () => {
    expect(coverage(actual, [10, 1, 4, 0], [12, 3, 5, 4])).toBe(2 / 4);
  });

  test('MASE divides each item by its own scale: (1.5 / 2 + 2 / 4) / 2', () => {
    expect(meanScaledError({ item: [0, 0, 1, 1], actual, mean }, [2, 4])).toBeCloseTo((1.5 / 2 + 2 / 4) / 2, 12);
  });

  test('bias is above 0 where too much was forecast, and quantiles come from the negative binomial', () => {
    // Geometric with mean 1: P(X <= 0) = 0.5, P(X <= 2) = 0.875, P(X <= 3) = 0.9375, so the 0.1 and 0.9 quantiles are 0 and 3.
    const scores = scoreForecasts({ item: [0, 0], actual: [3, 4], mean: [1, 1], variance: [2, 2] }, [1]);
    expect(scores.bias).toBeCloseTo(-5 / 7, 12);
    expect(scores.coverage['0.8']).toBe(1 / 2);
    expect(scores.pinball['0.9']).toBeCloseTo((0.9 * 1) / 7, 12);
  });
});

describe('backtest', () => {
  const history = madeUpHistory({ items: 6, weeks: 30 });
  const result = backtest({ history, cut: 26, horizon: 3, methods: [naiveForecaster(), globalForecaster()] });
  const [naive] = result.methods;

  test('scores every item, origin and week ahead whose outcome is known', () => {
    // Origins 26, 27, 28, 29 see 3, 3, 2 and 1 weeks.
    expect(result).toMatchObject({ rows: 6 * 9, series: 6 });
  });

  test('gives the naive WAPE that a loop gives', () => {
    let error = 0;
    let sold = 0;
    for (let i = 0; i < 6; i++) {
      for (let t = 26; t < 30; t++) {
        for (let w = t; w < Math.min(30, t + 3); w++) {
          error += Math.abs(history.quantity[i * 30 + w] - history.quantity[i * 30 + t - 1]);
          sold += history.quantity[i * 30 + w];
        }
      }
    }
    expect(naive.wape).toBeCloseTo(error / sold, 12);
  });

  test('the paired difference is that of the two WAPEs and lies in its interval', () => {
    const [difference] = result.differences;
    expect(difference).toMatchObject({ method: 'global', reference: 'naive' });
    expect(difference.mean).toBeCloseTo(result.methods[1].wape - naive.wape, 12);
    expect(difference.ci90[0]).toBeLessThanOrEqual(difference.mean);
    expect(difference.ci90[1]).toBeGreaterThanOrEqual(difference.mean);
  });

  test('leaves out weeks in which nobody traded', () => {
    const open = history.open.slice();
    open[28] = 0;
    const fewer = backtest({ history: { ...history, open }, cut: 26, horizon: 3, methods: [naiveForecaster()] });
    expect(fewer.rows).toBe(6 * 6);
  });
});
