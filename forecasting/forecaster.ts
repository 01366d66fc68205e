import type { ForecastPaths } from '../env/index.ts';
import type { History } from './history.ts';

/** Forecasts made at one origin, [item][ahead] flat: ahead 0 is the week of the origin itself, of which nothing is known yet. */
export interface Forecast {
  /** [units] expected sales of the week. */
  readonly mean: Float64Array;
  /** [units squared], never below the mean: with it, it gives a negative binomial. */
  readonly variance: Float64Array;
  /** Where one negative binomial does not do: the parts of a mixture that has that mean and variance. */
  readonly parts?: ForecastParts;
  /**
   * [item] what the periods of a forecast have in common, as a part of their means: two of them have the covariance common x mean x mean, as when
   * the level itself is uncertain. Left out: they are independent.
   */
  readonly common?: Float64Array;
}

/** Negative binomials that are mixed, [item][ahead][part] flat; a part with mean 0 stands for an extra chance of zero. */
export type ForecastParts = NonNullable<ForecastPaths['parts']>;

export interface FitOptions {
  /** Weeks before this one are for learning; later ones are never read. */
  readonly until: number;
  /** Number of weeks a forecast covers. */
  readonly horizon: number;
}

/** A method that can be fitted. Its name is the one used on the command line and in results. */
export interface Forecaster {
  readonly name: string;
  fit(history: History, options: FitOptions): FittedForecaster;
}

export interface FittedForecaster {
  readonly name: string;
  /** What was chosen while fitting, for the record. */
  readonly choices: Readonly<Record<string, number | string>>;
  /** From what is known at the origin, i.e. the weeks before it, whatever else the history holds. */
  predict(history: History, origin: number, horizon: number): Forecast;
}

/** The forecasts that a planner has in each period of [from, to): for that period and the next horizon - 1 of them. */
export function rollingForecasts(options: {
  readonly forecaster: FittedForecaster;
  readonly history: History;
  readonly from: number;
  readonly to: number;
  readonly horizon: number;
}): ForecastPaths {
  const { forecaster, history, from, to, horizon } = options;
  const forecasts = Array.from({ length: to - from }, (_, t) => forecaster.predict(history, from + t, horizon));
  return forecastPaths(forecasts, history.items.length, horizon);
}

/** Forecasts of `items` items made in consecutive periods, as a simulator takes them: [item][period][ahead]. */
export function forecastPaths(forecasts: readonly Forecast[], items: number, horizon: number): ForecastPaths {
  const span = forecasts.length;
  const mean = new Float64Array(items * span * horizon);
  const variance = new Float64Array(items * span * horizon);
  for (const [t, forecast] of forecasts.entries()) {
    for (let i = 0; i < items; i++) {
      const at = (i * span + t) * horizon;
      mean.set(forecast.mean.subarray(i * horizon, (i + 1) * horizon), at);
      variance.set(forecast.variance.subarray(i * horizon, (i + 1) * horizon), at);
    }
  }
  const count = forecasts.reduce((most, { parts }) => Math.max(most, parts?.count ?? 1), 1);
  return { rows: items, span, horizon, mean, variance, ...(count > 1 ? { parts: firstParts(forecasts, { items, horizon, count }) } : {}) };
}

/** [item][period][part] the mixture of the first period of each forecast; where it has none, one part with all the weight. */
function firstParts(
  forecasts: readonly Forecast[],
  { items, horizon, count }: { readonly items: number; readonly horizon: number; readonly count: number },
): ForecastParts {
  const size = items * forecasts.length * count;
  const parts = { count, weight: new Float64Array(size), mean: new Float64Array(size), variance: new Float64Array(size) };
  for (const [t, forecast] of forecasts.entries()) {
    for (let i = 0; i < items; i++) copyParts(forecast, i * horizon, parts, i * forecasts.length + t);
  }
  return parts;
}

/** Copies what a forecast says of one of its cells into another table of mixtures, which has room for as many parts. */
export function copyParts({ parts, mean, variance }: Forecast, cell: number, to: ForecastParts, toCell: number): void {
  const at = toCell * to.count;
  if (parts === undefined) {
    to.weight[at] = 1;
    to.mean[at] = mean[cell];
    to.variance[at] = variance[cell];
    return;
  }
  for (let part = 0; part < parts.count; part++) {
    to.weight[at + part] = parts.weight[cell * parts.count + part];
    to.mean[at + part] = parts.mean[cell * parts.count + part];
    to.variance[at + part] = parts.variance[cell * parts.count + part];
  }
}
