import { fitSpread, spreadForecast } from '../distribution/index.ts';
import type { FitOptions, FittedForecaster, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { levelsBefore, yearlySeason } from '../text/usual-sales.ts';
import { pastForecasts } from './past-forecasts.ts';

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
  const origins = Array.from({ length: Math.min(CHECKS, until - 1) }, (_, k) => until - 1 - k).reverse();
  const spread = fitSpread(pastForecasts(history, { origins, until, horizon }, (origin) => means(history, origin, horizon)));
  return {
    name,
    choices: { horizon, common: spread.common },
    predict: (later, origin, ahead) => spreadForecast(means(later, origin, ahead), ahead, spread),
  };
}
