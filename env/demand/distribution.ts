import gammaln from '@stdlib/math-base-special-gammaln';
import { laneValue } from '../per-lane.ts';
import type { Distribution } from '../scenario.ts';
import { UserError } from '../user-error.ts';

/** What is left out beyond the last entry of a table: less than the streams' 32 bits can tell. */
const TAIL = 1e-12;
const LONGEST_TABLE = 1_000_000;

/** Probabilities of a demand of 0, 1, 2, ... for one lane, up to where less than 1e-12 is left; they sum to 1. */
export function distributionTable(distribution: Distribution, lane = 0): Float64Array {
  const mean = laneValue(distribution.mean, lane);
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new UserError(`demand mean ${mean}: expected a number of 0 or more`);
  switch (distribution.name) {
    case 'poisson':
      return countTable(mean, mean);
    case 'geometric':
      return countTable(mean, mean * (1 + mean));
    case 'negative-binomial': {
      const variance = laneValue(distribution.variance, lane);
      if (!(variance >= mean)) throw new UserError(`demand variance ${variance}: a negative binomial needs at least its mean, ${mean}`);
      return countTable(mean, variance);
    }
  }
}

/** Variance of a distribution for one lane. */
export function distributionVariance(distribution: Distribution, lane = 0): number {
  const mean = laneValue(distribution.mean, lane);
  if (distribution.name === 'poisson') return mean;
  if (distribution.name === 'geometric') return mean * (1 + mean);
  return laneValue(distribution.variance, lane);
}

/** Table of the count distribution with this mean and variance: Poisson where they are equal, negative binomial where the variance is larger. */
export function countTable(mean: number, variance: number): Float64Array {
  const start = countStart(mean, variance);
  const probabilities: number[] = new Array(start.at).fill(0);
  const { numeratorAdd, factor } = countRecurrence(mean, variance);
  let p = start.probability;
  let left = 1;
  for (let k = start.at; left > TAIL && k < LONGEST_TABLE; k++) {
    probabilities.push(p);
    left -= p;
    p *= (factor * (k + numeratorAdd)) / (k + 1);
    if (p < TAIL * 1e-6 && k > mean) break;
  }
  const table = Float64Array.from(probabilities);
  let sum = 0;
  for (const value of table) sum += value;
  for (let k = 0; k < table.length; k++) table[k] /= sum;
  return table;
}

/** The demand of a count distribution at the level u in [0, 1): the smallest k with P(demand <= k) > u. No table is kept: for means that move. */
export function countQuantile(mean: number, variance: number, u: number): number {
  if (!(mean > 0)) return 0;
  const start = countStart(mean, variance);
  const { numeratorAdd, factor } = countRecurrence(mean, variance);
  let k = start.at;
  let p = start.probability;
  let cumulative = p;
  while (cumulative <= u) {
    p *= (factor * (k + numeratorAdd)) / (k + 1);
    k++;
    cumulative += p;
    if (p < 1e-18 && k > mean) break;
  }
  return k;
}

/** p(k + 1) / p(k) = factor (k + numeratorAdd) / (k + 1): Panjer's recurrence; for Poisson the factor holds the mean and k drops out. */
function countRecurrence(mean: number, variance: number): { numeratorAdd: number; factor: number } {
  const size = negativeBinomialSize(mean, variance);
  if (size === Number.POSITIVE_INFINITY) return { numeratorAdd: POISSON_SIZE, factor: mean / POISSON_SIZE };
  return { numeratorAdd: size, factor: mean / (mean + size) };
}

/** So large a size that the negative binomial is Poisson to double precision. */
const POISSON_SIZE = 1e16;

function negativeBinomialSize(mean: number, variance: number): number {
  const excess = variance - mean;
  return excess > 1e-9 * mean ? (mean * mean) / excess : Number.POSITIVE_INFINITY;
}

/** A k from which the recurrence can run: 0, or for large means one below which next to nothing lies and whose probability does not underflow. */
function countStart(mean: number, variance: number): { at: number; probability: number } {
  if (mean === 0) return { at: 0, probability: 1 };
  const at = Math.max(0, Math.floor(mean - 12 * Math.sqrt(variance)));
  const size = negativeBinomialSize(mean, variance);
  const log =
    size === Number.POSITIVE_INFINITY
      ? at * Math.log(mean) - mean - gammaln(at + 1)
      : gammaln(at + size) - gammaln(size) - gammaln(at + 1) + size * Math.log(size / (size + mean)) + at * Math.log(mean / (mean + size));
  return { at, probability: Math.exp(log) };
}
