import { itemDispersions } from '../dispersion.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { levelsBefore, yearlySeason } from '../text/usual-sales.ts';

/** Origins at which past forecasts are made to measure their spread. */
const CHECKS = 26;

/** For what hardly changes: the level of the last year or so, times one season of the year that all items share; negative binomial. */
export function steadyForecaster(options: { readonly name?: string } = {}): Forecaster {
  const name = options.name ?? 'steady';
  return { name, fit: (history, fit) => fitSteady(name, history, fit) };
}

function fitSteady(name: string, history: History, { until, horizon }: FitOptions): FittedForecaster {
  const always = new Uint8Array(history.quantity.length).fill(1);
  const season = yearlySeason(history, always, until);
  const means = (sales: History, origin: number, ahead: number): Float64Array => {
    const levels = levelsBefore(sales, sales === history ? always : new Uint8Array(sales.quantity.length).fill(1), season, origin);
    return Float64Array.from({ length: levels.length * ahead }, (_, k) => levels[Math.floor(k / ahead)] * season(origin + (k % ahead)));
  };
  const dispersions = measureDispersions(history, until, means);
  return {
    name,
    choices: { horizon },
    predict(later, origin, ahead): Forecast {
      const mean = means(later, origin, ahead);
      const variance = mean.map((m, k) => m + dispersions[Math.floor(k / ahead)] * m * m);
      return { mean, variance };
    },
  };
}

function measureDispersions(history: History, until: number, means: (sales: History, origin: number, ahead: number) => Float64Array) {
  const item: number[] = [];
  const mean: number[] = [];
  const quantity: number[] = [];
  for (let origin = Math.max(1, until - CHECKS); origin < until; origin++) {
    if (!history.open[origin]) continue;
    for (const [i, expected] of means(history, origin, 1).entries()) {
      item.push(i);
      mean.push(expected);
      quantity.push(history.quantity[i * history.periods.length + origin]);
    }
  }
  return itemDispersions({ items: history.items.length, item, mean, quantity, weight: 1 });
}
