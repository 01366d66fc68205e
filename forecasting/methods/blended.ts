import { type ForecastSpread, fitSpread, type PastForecasts, spreadForecast } from '../distribution/index.ts';
import type { FitOptions, FittedForecaster, Forecaster } from '../forecaster.ts';
import { type History, PERIODS_OF_YEAR } from '../history.ts';
import { pastForecasts } from './past-forecasts.ts';

/** Parts of the second forecaster that are tried. */
const PARTS = [0, 0.25, 0.5, 0.75, 1];
/** Part of the periods that can be learned from that the blend is chosen on; at most MOST_CHECKS origins. */
const HELD_OUT = 0.25;
const MOST_CHECKS = 26;

export interface BlendOptions {
  /** Blended where there are at least so many years of periods to learn from, else the first forecaster alone. */
  readonly fromYears: number;
}

/** A mean of two forecasters, its weights being those with the least absolute error in the last periods, which neither was fitted on then. */
export function blendedForecaster(first: Forecaster, second: Forecaster, options: BlendOptions): Forecaster {
  return {
    name: first.name,
    fit: (history, fit) =>
      fit.until < options.fromYears * PERIODS_OF_YEAR[history.periodLength]
        ? first.fit(history, fit)
        : fitBlend(first, second, history, fit),
  };
}

function fitBlend(first: Forecaster, second: Forecaster, history: History, options: FitOptions): FittedForecaster {
  const { part, spread } = checkBlend(first, second, history, options);
  const one = first.fit(history, options);
  const other = second.fit(history, options);
  return {
    name: first.name,
    choices: { ...one.choices, [other.name]: part, common: spread.common },
    predict: (later, origin, horizon) => {
      const means = mix(one.predict(later, origin, horizon).mean, other.predict(later, origin, horizon).mean, part);
      return spreadForecast(means, horizon, spread);
    },
  };
}

/** The part that the second one has, and how sales spread around the blend, in periods that neither was fitted on. */
function checkBlend(
  first: Forecaster,
  second: Forecaster,
  history: History,
  options: FitOptions,
): { readonly part: number; readonly spread: ForecastSpread } {
  const { horizon } = options;
  const checks = Math.min(MOST_CHECKS, Math.floor(HELD_OUT * options.until));
  const until = options.until - checks;
  const one = first.fit(history, { ...options, until });
  const other = second.fit(history, { ...options, until });
  const origins = { origins: Array.from({ length: checks }, (_, k) => until + k), until: options.until, horizon };
  const a = pastForecasts(history, origins, (origin) => one.predict(history, origin, horizon).mean);
  const b = pastForecasts(history, origins, (origin) => other.predict(history, origin, horizon).mean);
  const part = bestPart(a, b.mean);
  return { part, spread: fitSpread({ ...a, mean: mix(a.mean, b.mean, part) }) };
}

/** The part with the least absolute error in the period after each origin. */
function bestPart({ horizon, mean, quantity }: PastForecasts, other: Float64Array): number {
  const errors = PARTS.map((part) => {
    let sum = 0;
    for (let cell = 0; cell < mean.length; cell += horizon) {
      if (!Number.isNaN(quantity[cell])) sum += Math.abs(quantity[cell] - (1 - part) * mean[cell] - part * other[cell]);
    }
    return sum;
  });
  return PARTS[errors.indexOf(Math.min(...errors))];
}

function mix(a: Float64Array, b: Float64Array, part: number): Float64Array {
  return a.map((value, k) => (1 - part) * value + part * b[k]);
}
