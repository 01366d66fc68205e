import { type CountMixture, sumOfPeriods } from '../../env/index.ts';
import type { Forecast } from '../forecaster.ts';
import { countDistribution, mixtureQuantile } from './count-mixture.ts';

/** 0.05, 0.1, ... 0.95. */
export const QUANTILE_LEVELS: readonly number[] = Array.from({ length: 19 }, (_, k) => (k + 1) / 20);

/** What a forecast says of one item and period. `horizon` is the number of periods that the forecast covers. */
export function forecastDistribution(forecast: Forecast, horizon: number, item: number, ahead: number): CountMixture {
  const cell = item * horizon + ahead;
  const { parts } = forecast;
  if (parts === undefined) return countDistribution(forecast.mean[cell], forecast.variance[cell]);
  const from = cell * parts.count;
  const to = from + parts.count;
  return { weights: parts.weight.subarray(from, to), means: parts.mean.subarray(from, to), variances: parts.variance.subarray(from, to) };
}

/** [item][ahead][level] flat: quantiles of every item and period. Default levels: 0.05 to 0.95. */
export function forecastQuantiles(forecast: Forecast, horizon: number, levels: readonly number[] = QUANTILE_LEVELS): Float64Array {
  const cells = forecast.mean.length;
  const quantiles = new Float64Array(cells * levels.length);
  for (let cell = 0; cell < cells; cell++) {
    const distribution = forecastDistribution(forecast, horizon, Math.floor(cell / horizon), cell % horizon);
    for (let k = 0; k < levels.length; k++) quantiles[cell * levels.length + k] = mixtureQuantile(distribution, levels[k]);
  }
  return quantiles;
}

/**
 * Demand of an item over the periods [from, to) ahead, taken together: a negative binomial, or where periods are mixtures one of them for every
 * combination of their parts, in which what the periods have in common counts in full. For a quantile over a lead time without sampling.
 */
export function coverDistribution(
  forecast: Forecast,
  span: { readonly horizon: number; readonly item: number; readonly from: number; readonly to: number },
): CountMixture {
  const { horizon, item, from, to } = span;
  const periods = Array.from({ length: to - from }, (_, k) => forecastDistribution(forecast, horizon, item, from + k));
  return sumOfPeriods(periods, forecast.common?.[item]);
}

/**
 * The same means with what varies beyond a Poisson distribution multiplied, and within each part of a mixture likewise: [item] factors. What the periods have in
 * common stays, as far as there is room for it: how sure a level is has nothing to do with how regularly it sells.
 */
export function scaledSpread(forecast: Forecast, factors: readonly number[]): Forecast {
  const { mean, parts, common } = forecast;
  const perItem = mean.length / factors.length;
  const scaled = (means: Float64Array, variances: Float64Array, width: number) =>
    variances.map((variance, k) => means[k] + factors[Math.floor(k / width)] * (variance - means[k]));
  const shared = (variance: Float64Array) =>
    common === undefined ? {} : { common: common.map((value, item) => Math.min(value, meanDispersion({ mean, variance }, item, perItem))) };
  if (parts === undefined) {
    const variance = scaled(mean, forecast.variance, perItem);
    return { mean, variance, ...shared(variance) };
  }
  const variances = scaled(parts.mean, parts.variance, perItem * parts.count);
  const variance = mean.map((centre, cell) => {
    let sum = 0;
    for (let at = cell * parts.count; at < (cell + 1) * parts.count; at++) {
      sum += parts.weight[at] * (variances[at] + (parts.mean[at] - centre) ** 2);
    }
    return sum;
  });
  return { mean, variance, parts: { ...parts, variance: variances }, ...shared(variance) };
}

/** Mean (variance - mean) / mean^2 of an item's periods. */
function meanDispersion({ mean, variance }: Pick<Forecast, 'mean' | 'variance'>, item: number, horizon: number): number {
  let sum = 0;
  let count = 0;
  for (let cell = item * horizon; cell < (item + 1) * horizon; cell++) {
    if (!(mean[cell] > 0)) continue;
    sum += (variance[cell] - mean[cell]) / mean[cell] ** 2;
    count++;
  }
  return count > 0 ? sum / count : 0;
}
