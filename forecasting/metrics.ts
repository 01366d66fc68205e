import { countQuantile } from '../env/index.ts';

/** Forecasts beside what happened, one entry per item, origin and week ahead. */
export interface Scored {
  /** Row of the item, 0 and up. */
  readonly item: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly variance: ArrayLike<number>;
}

/** How good forecasts were. Sums run over all entries. */
export interface ForecastScores {
  /** Sum of absolute errors of the means over the sum of sales. */
  readonly wape: number;
  /** Sum of errors (forecast - actual) over the sum of sales: above 0, too much was forecast. */
  readonly bias: number;
  /** Mean over items of the mean absolute error over the item's scale (Hyndman and Koehler 2006). */
  readonly mase: number;
  /** Sum of pinball losses of a quantile over the sum of sales, by level. */
  readonly pinball: Readonly<Record<'0.5' | '0.9', number>>;
  /** Part of what happened that lies within the central interval of that probability; ends included. */
  readonly coverage: Readonly<Record<'0.8', number>>;
}

/** Scores of forecasts; `scales` [item] is what MASE divides by. */
export function scoreForecasts(scored: Scored, scales: ArrayLike<number>): ForecastScores {
  const median = quantiles(scored, 0.5);
  const high = quantiles(scored, 0.9);
  return {
    wape: absoluteError(scored) / total(scored.actual),
    bias: (total(scored.mean) - total(scored.actual)) / total(scored.actual),
    mase: meanScaledError(scored, scales),
    pinball: { '0.5': pinballLoss(scored.actual, median, 0.5), '0.9': pinballLoss(scored.actual, high, 0.9) },
    coverage: { '0.8': coverage(scored.actual, quantiles(scored, 0.1), high) },
  };
}

/** Sum of absolute errors over the sum of sales. */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  return absoluteError({ actual, mean: forecast }) / total(actual);
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

/** Mean over items of mean absolute error / scale. */
export function meanScaledError(scored: Pick<Scored, 'item' | 'actual' | 'mean'>, scales: ArrayLike<number>): number {
  const sum = new Float64Array(scales.length);
  const count = new Float64Array(scales.length);
  for (let k = 0; k < scored.actual.length; k++) {
    sum[scored.item[k]] += Math.abs(scored.actual[k] - scored.mean[k]);
    count[scored.item[k]]++;
  }
  let ratios = 0;
  let items = 0;
  for (let i = 0; i < scales.length; i++) {
    if (count[i] === 0) continue;
    ratios += sum[i] / count[i] / scales[i];
    items++;
  }
  return ratios / items;
}

function quantiles(scored: Scored, level: number): Float64Array {
  return Float64Array.from(scored.mean, (mean, k) => countQuantile(mean, scored.variance[k], level));
}

function absoluteError({ actual, mean }: Pick<Scored, 'actual' | 'mean'>): number {
  let sum = 0;
  for (let k = 0; k < actual.length; k++) sum += Math.abs(actual[k] - mean[k]);
  return sum;
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum;
}
