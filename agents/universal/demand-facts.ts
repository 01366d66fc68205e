import { countTable, type LaneDistribution } from '../../env/index.ts';
import { type CoverSums, coverSums, levelOf } from './cover-levels.ts';
import { LEAD_TIMES } from './lead-time-facts.ts';

/** Periods ahead that have a place among the features: an order must last for its lead time and one more, and the period after that tells how much more is worth while. */
export const AHEAD = LEAD_TIMES + 1;

/** Demand as the network knows it, in the item's own units. */
export interface DemandFacts {
  /** Of a period, on average over those that an order must last for. */
  readonly mean: number;
  readonly sd: number;
  /** Variance over mean. */
  readonly varianceRatio: number;
  /** Chance of a period without demand. */
  readonly zeroShare: number;
  readonly skewness: number;
  /** [k] mean and variance of the demand of the k + 1 periods to come, AHEAD of them. */
  readonly coming: Float64Array;
  readonly comingVariance: Float64Array;
  /** Of a period's demand over all periods: how the mean moves is counted. */
  readonly usualMean: number;
  readonly usualVariance: number;
  /** The usual mean as far as it is believed in: where it is known from the past alone, see FARTHEST_PAST. */
  readonly believedUsual: number;
  /** [k] stock that lasts for k + 1 periods, up to the longest lead time and one more, with the newsvendor's chance, between whole units too; see levelOf. */
  readonly cover: Float64Array;
  /** [k] stock that lasts for the lead time and one period with LOWER_ODDS[k] of the newsvendor's odds: where demand comes in lumps, the next level down may be far away. */
  readonly lasting: Float64Array;
}

export interface CoverNeeds {
  /** The newsvendor's odds that stock should last. */
  readonly odds: number;
  /** [periods] of the slowest order. */
  readonly longest: number;
  /** [periods] that an order must last for on average, the lead time and one more. */
  readonly periods: number;
}

/** Parts of the newsvendor's odds. Where sales are lost or orders are large, less is best than what lasts with those. */
export const LOWER_ODDS = [1 / 2, 1 / 4, 1 / 8, 1 / 16] as const;

/** Units of a scenario in one of an item's own: a mean above `largestMean` is brought down to it. */
export function ownUnit(mean: number, largestMean: number): number {
  return Math.max(1, mean / largestMean);
}

/** Of a demand that is the same distribution in every period. */
export function steadyDemandFacts(distribution: LaneDistribution, { largestMean, ...needs }: CoverNeeds & { largestMean: number }) {
  const { mean, variance } = distribution;
  const unit = ownUnit(mean, largestMean);
  const sd = Math.sqrt(variance);
  const summed = (value: number) => Float64Array.from({ length: AHEAD }, (_, k) => (k + 1) * value);
  const known = distribution.isDiscrete && needs.odds > 0 && needs.longest < LEAD_TIMES;
  const facts: DemandFacts = {
    mean: mean / unit,
    sd: sd / unit,
    varianceRatio: variance / mean / unit,
    ...shapeOf(distribution, sd),
    coming: summed(mean / unit),
    comingVariance: summed(variance / unit / unit),
    usualMean: mean / unit,
    usualVariance: variance / unit / unit,
    believedUsual: mean / unit,
    // Nothing where it cannot be told, or would take long: such items are nobody's.
    ...stocksThatLast(known ? coverSums(distribution.table(), needs.longest + 1) : { sums: [], width: 1 }, needs, unit),
  };
  return { unit, facts };
}

/** Nothing where the chances of no sum are known. */
function stocksThatLast({ sums, width }: CoverSums, { odds, periods }: CoverNeeds, unit: number): Pick<DemandFacts, 'cover' | 'lasting'> {
  const stock = (sum: Float64Array, own: number) => (levelOf(sum, own / (own + 1)) * width) / unit;
  const ofOrder = Math.min(Math.round(periods), sums.length) - 1;
  return {
    cover: Float64Array.from(sums, (sum) => stock(sum, odds)),
    lasting: Float64Array.from(sums.length > 0 ? LOWER_ODDS : [], (part) => stock(sums[ofOrder], part * odds)),
  };
}

function shapeOf(distribution: LaneDistribution, sd: number): Pick<DemandFacts, 'zeroShare' | 'skewness'> {
  if (!distribution.isDiscrete) return { zeroShare: Number.NaN, skewness: Number.NaN };
  const { mean } = distribution;
  const table = distribution.table();
  let third = 0;
  for (let k = 0; k < table.length; k++) third += table[k] * (k - mean) ** 3;
  return { zeroShare: table[0], skewness: third / sd ** 3 };
}

export interface ForecastMoments {
  /** [ahead] of a period's demand, AHEAD of them, in the scenario's units. */
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** Of a period's demand over all periods. */
  readonly usualMean: number;
  readonly usualVariance: number;
  /** Is that known from the past alone? Left out: it is not. */
  readonly usualIsPast?: boolean;
}

/** Times what is forecast by now. Where what is usual is known from the past alone, demand may have come to be another, and no more than this is believed. */
const FARTHEST_PAST = 2;
/** Demand below this is taken for this, a period [units]: what hardly sells has a shape too. */
export const LEAST_FORECAST = 0.02;

/** Of a demand whose mean and variance are forecast for each period; what is beyond them is taken to be as in a binomial, Poisson or negative binomial demand. */
export function forecastDemandFacts(
  { means, variances, usualMean, usualVariance, usualIsPast = false }: ForecastMoments,
  { unit, ...needs }: CoverNeeds & { readonly unit: number },
): DemandFacts {
  const coming = new Float64Array(AHEAD);
  const comingVariance = new Float64Array(AHEAD);
  let [sum, squares] = [0, 0];
  for (let k = 0; k < AHEAD; k++) {
    sum += Math.max(LEAST_FORECAST, means[k]) / unit;
    squares += Math.max(LEAST_FORECAST, variances[k]) / unit / unit;
    coming[k] = sum;
    comingVariance[k] = squares;
  }
  const count = Math.min(needs.longest, LEAD_TIMES - 1) + 1;
  const sums = Array.from({ length: count }, (_, k) => countTable(coming[k] * unit, comingVariance[k] * unit * unit));
  const { periods } = needs;
  const usual = Math.max(LEAST_FORECAST, usualMean) / unit;
  const mean = within(coming, periods) / periods;
  const variance = within(comingVariance, periods) / periods;
  return {
    mean,
    sd: Math.sqrt(variance),
    varianceRatio: variance / mean,
    zeroShare: zeroShareOf(mean, variance),
    skewness: skewnessOf(mean, variance),
    coming,
    comingVariance,
    usualMean: usual,
    usualVariance: Math.max(LEAST_FORECAST, usualVariance) / unit / unit,
    believedUsual: usualIsPast ? Math.max(mean / FARTHEST_PAST, Math.min(mean * FARTHEST_PAST, usual)) : usual,
    ...stocksThatLast({ sums, width: 1 }, needs, unit),
  };
}

/** [units] Mean demand of a period, over those of a forecast that an order must last for. */
export function meanAhead(means: Float64Array, periods: number): number {
  const count = Math.min(means.length, Math.round(periods));
  return means.subarray(0, count).reduce((sum, mean) => sum + mean, 0) / count;
}

/** What running sums come to within a number of periods, between two whole ones on the line through both. */
export function within(sums: Float64Array, periods: number): number {
  const whole = Math.min(sums.length, Math.floor(periods));
  const before = whole > 0 ? sums[whole - 1] : 0;
  return whole === sums.length ? before : before + (periods - whole) * (sums[whole] - before);
}

function zeroShareOf(mean: number, variance: number): number {
  const excess = variance - mean;
  return Math.abs(excess) < 1e-6 * mean ? Math.exp(-mean) : Math.exp((mean * mean * Math.log(mean / variance)) / excess);
}

function skewnessOf(mean: number, variance: number): number {
  return (2 * variance - mean) / (mean * Math.sqrt(variance));
}
