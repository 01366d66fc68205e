import { countTable } from '../../env/index.ts';
import { type CountMixture, mixtureCumulative } from './count-mixture.ts';

/** Up to this many counts each one is looked at; beyond, as many steps are. */
const STEPS = 2000;
/** [standard deviations] beyond which next to nothing lies: negative binomials have long tails. */
const REACH = 14;

/**
 * Continuous ranked probability score of a count distribution [units]: sum over k of (P(demand <= k) - [actual <= k])^2 (Gneiting and Raftery
 * 2007, eq. 20, for counts). 0 is perfect; of a point forecast it is the absolute error. Wide distributions are summed in steps, to about 0.1 %.
 */
export function crps(mixture: CountMixture, actual: number): number {
  const reach = farthest(mixture);
  if (reach <= STEPS) return summed(cumulativeTable(mixture), actual);
  const end = Math.max(reach, actual);
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

function summed(cumulative: Float64Array, actual: number): number {
  let sum = Math.max(0, actual - cumulative.length);
  for (let k = 0; k < cumulative.length; k++) sum += k < actual ? cumulative[k] ** 2 : (1 - cumulative[k]) ** 2;
  return sum;
}
