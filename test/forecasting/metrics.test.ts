import { describe, expect, test } from 'vitest';
import {
  backtest,
  classicalForecaster,
  countDistribution,
  coverage,
  globalForecaster,
  meanScaledError,
  pairedDifference,
  pinballLoss,
  rootScaledError,
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
    const geometric = countDistribution(1, 2);
    const scored = { item: [0, 0], actual: [3, 4], mean: [1, 1], distributions: [geometric, geometric] };
    const scores = scoreForecasts(scored, { absolute: [1], squared: [1] });
    expect(scores.bias).toBeCloseTo(-5 / 7, 12);
    expect(scores.coverage['0.8']).toBe(1 / 2);
    expect(scores.pinball['0.9']).toBeCloseTo((0.9 * 1) / 7, 12);
    // CRPS at 3 and 4: the squares of 1/2, 3/4, 7/8 (and 15/16), then 1/3 of the square of what is left.
    const [three, four] = [0.25 + 0.5625 + 0.765625 + 1 / 192, 0.25 + 0.5625 + 0.765625 + 0.87890625 + 1 / 768];
    expect(scores.crps).toBeCloseTo((three + four) / 7, 9);
    expect(scores.mase).toBeCloseTo((2 + 3) / 2, 12);
    expect(scores.rmsse).toBeCloseTo(Math.sqrt((4 + 9) / 2), 12);
  });

  test('RMSSE takes the root of each item before the mean: (sqrt(2.5 / 4) + sqrt(8 / 2)) / 2', () => {
    expect(rootScaledError({ item: [0, 0, 1, 1], actual, mean }, [4, 2])).toBeCloseTo((Math.sqrt(2.5 / 4) + Math.sqrt(8 / 2)) / 2, 12);
  });

  test('where nothing was sold, what is divided by sales is not a number rather than infinite', () => {
    const none = { item: [0], actual: [0], mean: [1], distributions: [countDistribution(1, 2)] };
    const scores = scoreForecasts(none, { absolute: [1], squared: [1] });
    expect([scores.wape, scores.bias, scores.crps, scores.pinball['0.9']]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    expect(scores.mase).toBe(1);
  });
});

describe('paired differences', () => {
  // 40 items x 12 origins, 10 sold in each; the method is better by 1 on average.
  const errorsOf = (difference: (item: number, origin: number) => number) => {
    const rows = Array.from({ length: 480 }, (_, k) => ({ item: Math.floor(k / 12), origin: k % 12 }));
    return {
      items: 40,
      origins: 12,
      item: rows.map(({ item }) => item),
      origin: rows.map(({ origin }) => origin),
      actual: rows.map(() => 10),
      difference: rows.map(({ item, origin }) => difference(item, origin)),
    };
  };
  const options = { block: 3, seed: 1 };

  test('without any spread have an interval of no width', () => {
    expect(
      pairedDifference(
        errorsOf(() => -1),
        options,
      ),
    ).toEqual({ mean: -0.1, ci90: [-0.1, -0.1] });
  });

  test('count how items differ: the interval is about 1.645 standard errors of the mean of 40 items', () => {
    const { ci90 } = pairedDifference(
      errorsOf((item) => (item % 2 === 0 ? -3 : 1)),
      options,
    );
    expect((ci90[1] - ci90[0]) / 2 / ((1.645 * 0.2) / Math.sqrt(40))).toBeCloseTo(1, 0);
    expect(ci90[1]).toBeLessThan(0);
  });

  test('count how origins differ, by blocks: a difference in one stretch of time alone says little', () => {
    const { mean, ci90 } = pairedDifference(
      errorsOf((_, origin) => (origin < 3 ? -4 : 0)),
      options,
    );
    expect(mean).toBeCloseTo(-0.1, 12);
    expect(ci90[0]).toBeLessThan(-0.19);
    expect(ci90[1]).toBeGreaterThan(-0.01);
  });
});

describe('backtest', () => {
  const history = madeUpHistory({ items: 6, weeks: 30 });
  const result = backtest({ history, cut: 26, horizon: 3, methods: [classicalForecaster('naive'), globalForecaster()] });
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
    const fewer = backtest({ history: { ...history, open }, cut: 26, horizon: 3, methods: [classicalForecaster('naive')] });
    expect(fewer.rows).toBe(6 * 6);
  });

  test('fits anew where it is told to: later forecasts then rest on later sales', () => {
    const fits: number[] = [];
    const naiveMethod = classicalForecaster('naive');
    const method = {
      ...naiveMethod,
      fit: (...[past, options]: Parameters<typeof naiveMethod.fit>) => {
        fits.push(options.until);
        return naiveMethod.fit(past, options);
      },
    };
    backtest({ history, cut: 20, refitEvery: 4, horizon: 3, methods: [method] });
    expect(fits).toEqual([20, 24, 28]);
  });

  test('scores every class of items that there is, which together are all rows', () => {
    const classes = naive.classes.map((scores) => scores.class);
    expect(classes.length).toBeGreaterThan(1);
    expect(naive.classes.reduce((rows, scores) => rows + scores.rows, 0)).toBe(result.rows);
    expect(naive.classes.reduce((items, scores) => items + scores.items, 0)).toBe(result.series);
  });

  test('says how far it is', () => {
    const seen: number[] = [];
    backtest({
      history,
      cut: 26,
      methods: [classicalForecaster('naive'), classicalForecaster('ses')],
      onProgress: (done) => seen.push(done),
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });
});
