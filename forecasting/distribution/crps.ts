import { type CountMixture, countTable } from '../../env/index.ts';
import { mixtureCumulative } from './count-mixture.ts';

/** Steps in which distributions are summed that the recurrence cannot start for: it would begin below the least number. */
const STEPS = 400;
const LEAST_LOG = -700;
/** [standard deviations] beyond which next to nothing lies: negative binomials have long tails. */
const REACH = 14;
/** Chance that is left beyond where a sum ends. */
const TAIL = 1e-7;

/**
 * Continuous ranked probability score of a count distribution [units]: sum over k of (P(demand <= k) - [actual <= k])^2 (Gneiting and Raftery
 * 2007, eq. 20, for counts). 0 is perfect; of a point forecast it is the absolute error. Very large and narrow distributions are summed in steps, to 0.5 %.
 */
export function crps(mixture: CountMixture, actual: number): number {
  const { weights, means, variances } = mixture;
  for (let part = 0; part < weights.length; part++) if (logZero(means[part], variances[part]) < LEAST_LOG) return stepped(mixture, actual);
  return summed(mixture, actual);
}

/** Log of the chance of zero. */
function logZero(mean: number, variance: number): number {
  const excess = variance - mean;
  if (!(excess > 1e-9 * mean)) return -mean;
  const size = (mean * mean) / excess;
  return -size * Math.log1p(mean / size);
}

/** Over each count, all parts at once by Panjer's recurrence: p(k + 1) = p(k) (a + b / (k + 1)). */
function summed(mixture: CountMixture, actual: number): number {
  const { weights, means, variances } = mixture;
  const parts = weights.length;
  const chance = new Float64Array(parts);
  const ratio = new Float64Array(parts);
  const slope = new Float64Array(parts);
  for (let part = 0; part < parts; part++) {
    const mean = means[part];
    const excess = variances[part] - mean;
    chance[part] = weights[part] * Math.exp(mean > 0 ? logZero(mean, variances[part]) : 0);
    const poisson = !(excess > 1e-9 * mean);
    ratio[part] = poisson ? 0 : excess / variances[part];
    slope[part] = poisson ? mean : ratio[part] * ((mean * mean) / excess - 1);
  }
  const end = Math.max(actual, farthest(mixture));
  let cumulative = 0;
  let sum = 0;
  for (let k = 0; k <= end && (k < actual || cumulative < 1 - TAIL); k++) {
    for (let part = 0; part < parts; part++) {
      cumulative += chance[part];
      chance[part] *= ratio[part] + slope[part] / (k + 1);
    }
    sum += k < actual ? cumulative * cumulative : (1 - cumulative) * (1 - cumulative);
  }
  return sum;
}

function stepped(mixture: CountMixture, actual: number): number {
  const end = Math.max(farthest(mixture), actual);
  const step = Math.ceil(end / STEPS);
  let sum = 0;
  for (let k = 0; k < end; k += step) {
    // The middle of the step stands for it; the step in which the actual lies is split there.
    const below = Math.max(0, Math.min(step, actual - k));
    const cumulative = mixtureCumulative(mixture, k + (step - 1) / 2);
    sum += below * cumulative * cumulative + (step - below) * (1 - cumulative) ** 2;
  }
  return sum;
}

/** [k] P(demand <= k), up to where the rest is nothing. */
export function cumulativeTable({ weights, means, variances }: CountMixture): Float64Array {
  const tables = Array.from({ length: weights.length }, (_, part) => countTable(means[part], variances[part]));
  const table = new Float64Array(Math.max(...tables.map(({ length }) => length)));
  tables.forEach((probabilities, part) => {
    for (let k = 0; k < probabilities.length; k++) table[k] += weights[part] * probabilities[k];
  });
  for (let k = 1; k < table.length; k++) table[k] += table[k - 1];
  return table;
}

/** A count beyond which next to nothing lies. */
export function farthest({ means, variances }: CountMixture): number {
  let most = 0;
  for (let part = 0; part < means.length; part++) most = Math.max(most, means[part] + REACH * Math.sqrt(variances[part]));
  return most;
}
