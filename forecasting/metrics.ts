import type { CountMixture } from '../env/index.ts';
import { crps, mixtureQuantile } from './distribution/index.ts';

/** Forecasts beside what happened, one entry per item, origin and period ahead. */
export interface Scored {
  /** Row of the item, 0 and up. */
  readonly item: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly distributions: readonly CountMixture[];
}

/** [item] errors that the naive forecast made before the test: what scaled errors divide by. */
export interface Scales {
  /** Mean absolute change from one period to the next [units]. */
  readonly absolute: ArrayLike<number>;
  /** Mean squared change [units squared]. */
  readonly squared: ArrayLike<number>;
}

/** How good forecasts were. Sums run over all entries; where nothing was sold, what is divided by the sales is NaN. */
export interface ForecastScores {
  /** Sum of absolute errors of the means over the sum of sales. */
  readonly wape: number;
  /** Sum of errors (forecast - actual) over the sum of sales: above 0, too much was forecast. */
  readonly bias: number;
  /** Mean over items of the mean absolute error over the item's scale (Hyndman and Koehler 2006). */
  readonly mase: number;
  /** Mean over items of the root of the mean squared error over the item's squared scale (M5 competition). */
  readonly rmsse: number;
  /** Sum of pinball losses of a quantile over the sum of sales, by level. */
  readonly pinball: Readonly<Record<'0.5' | '0.9', number>>;
  /** Sum of continuous ranked probability scores over the sum of sales. */
  readonly crps: number;
  /** Part of what happened that lies within the central interval of that probability; ends included. */
  readonly coverage: Readonly<Record<'0.8', number>>;
}

/** Scores of forecasts. */
export function scoreForecasts(scored: Scored, scales: Scales): ForecastScores {
  const quantiles = (level: number) => Float64Array.from(scored.distributions, (distribution) => mixtureQuantile(distribution, level));
  const high = quantiles(0.9);
  const { actual, mean } = scored;
  return {
    wape: wape(actual, mean),
    bias: (total(mean) - total(actual)) / total(actual),
    mase: meanScaledError(scored, scales.absolute),
    rmsse: rootScaledError(scored, scales.squared),
    pinball: { '0.5': pinballLoss(actual, quantiles(0.5), 0.5), '0.9': pinballLoss(actual, high, 0.9) },
    crps: scored.distributions.reduce((sum, distribution, k) => sum + crps(distribution, actual[k]), 0) / total(actual),
    coverage: { '0.8': coverage(actual, quantiles(0.1), high) },
  };
}

/** Sum of absolute errors over the sum of sales. */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < actual.length; k++) sum += Math.abs(actual[k] - forecast[k]);
  return sum / total(actual);
}

/** Sum over entries of level (actual - quantile), or (level - 1) of it where it is negative, over the sum of sales. */
export function pinballLoss(actual: ArrayLike<number>, quantile: ArrayLike<number>, level: number): number {
  let sum = 0;
  for (let k = 0; k < actual.length; k++) {
    const miss = actual[k] - quantile[k];
    sum += miss >= 0 ? level * miss : (level - 1) * miss;
  }
  return sum / total(actual);
}

/** Part of entries within [low, high]. */
export function coverage(actual: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>): number {
  let within = 0;
  for (let k = 0; k < actual.length; k++) if (actual[k] >= low[k] && actual[k] <= high[k]) within++;
  return within / actual.length;
}

type Errors = Pick<Scored, 'item' | 'actual' | 'mean'>;

/** Mean over items of mean absolute error / scale. */
export function meanScaledError(scored: Errors, scales: ArrayLike<number>): number {
  return overItems(scored, scales, Math.abs, (ratio) => ratio);
}

/** Mean over items of the root of mean squared error / squared scale. */
export function rootScaledError(scored: Errors, scales: ArrayLike<number>): number {
  return overItems(scored, scales, (error) => error * error, Math.sqrt);
}

function overItems(
  { item, actual, mean }: Errors,
  scales: ArrayLike<number>,
  loss: (error: number) => number,
  ofItem: (ratio: number) => number,
): number {
  const sum = new Float64Array(scales.length);
  const count = new Float64Array(scales.length);
  for (let k = 0; k < actual.length; k++) {
    sum[item[k]] += loss(actual[k] - mean[k]);
    count[item[k]]++;
  }
  let result = 0;
  let items = 0;
  for (let i = 0; i < scales.length; i++) {
    if (count[i] === 0) continue;
    result += ofItem(sum[i] / count[i] / scales[i]);
    items++;
  }
  return result / items;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum > 0 ? sum : Number.NaN;
}
