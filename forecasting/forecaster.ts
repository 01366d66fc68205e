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
export interface ForecastParts {
  /** Parts per item and week. */
  readonly count: number;
  /** They add up to 1 per item and week. */
  readonly weight: Float64Array;
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

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
  const common = new Float64Array(items * span);
  for (const [t, forecast] of forecasts.entries()) {
    for (let i = 0; i < items; i++) {
      const at = (i * span + t) * horizon;
      mean.set(forecast.mean.subarray(i * horizon, (i + 1) * horizon), at);
      variance.set(forecast.variance.subarray(i * horizon, (i + 1) * horizon), at);
      common[i * span + t] = forecast.common?.[i] ?? 0;
    }
  }
  const mixed = forecasts.some(({ parts }) => parts !== undefined);
  const shape = { rows: items, span, horizon, counts: true };
  return { ...shape, mean, variance, common, ...(mixed ? { parts: mixtures(forecasts, { items, horizon }) } : {}) };
}

/** [item][period][ahead] the parts of the cells that are mixtures. */
function mixtures(
  forecasts: readonly Forecast[],
  { items, horizon }: { readonly items: number; readonly horizon: number },
): NonNullable<ForecastPaths['parts']> {
  const start = new Int32Array(items * forecasts.length * horizon + 1);
  const weight: number[] = [];
  const mean: number[] = [];
  const variance: number[] = [];
  let cell = 0;
  for (let i = 0; i < items; i++) {
    for (const { parts } of forecasts) {
      for (let ahead = 0; ahead < horizon; ahead++) {
        for (let part = 0; parts !== undefined && part < parts.count; part++) {
          const at = (i * horizon + ahead) * parts.count + part;
          if (parts.weight[at] === 0 || parts.weight[at] === 1) continue;
          weight.push(parts.weight[at]);
          mean.push(parts.mean[at]);
          variance.push(parts.variance[at]);
        }
        start[++cell] = weight.length;
      }
    }
  }
  return { start, weight: Float64Array.from(weight), mean: Float64Array.from(mean), variance: Float64Array.from(variance) };
}

/** Copies what a forecast says of one of its cells into another table of mixtures, which has room for as many parts. */
export function copyParts({ parts, mean, variance }: Forecast, cell: number, to: ForecastParts, toCell: number): void {
  if (parts === undefined) {
    writeSingle(to, toCell, mean[cell], variance[cell]);
    return;
  }
  const at = toCell * to.count;
  for (let part = 0; part < parts.count; part++) {
    to.weight[at + part] = parts.weight[cell * parts.count + part];
    to.mean[at + part] = parts.mean[cell * parts.count + part];
    to.variance[at + part] = parts.variance[cell * parts.count + part];
  }
}

/** Room for so many mixtures, nothing in it yet. */
export function emptyParts(cells: number, count: number): ForecastParts {
  const size = cells * count;
  return { count, weight: new Float64Array(size), mean: new Float64Array(size), variance: new Float64Array(size) };
}

export function copiedParts({ count, weight, mean, variance }: ForecastParts): ForecastParts {
  return { count, weight: weight.slice(), mean: mean.slice(), variance: variance.slice() };
}

/** Makes a cell one negative binomial. */
export function writeSingle(parts: ForecastParts, cell: number, mean: number, variance: number): void {
  const at = cell * parts.count;
  parts.weight.fill(0, at, at + parts.count);
  parts.weight[at] = 1;
  parts.mean[at] = mean;
  parts.variance[at] = variance;
}
