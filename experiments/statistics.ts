import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** A mean with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  /** Null where there is one observation: nothing can be said. */
  readonly standardError: number | null;
  readonly ci95: readonly [number, number] | null;
}

/**
 * Mean of independent observations, with Student's interval. With `strata` S above 1, observation i belongs to stratum i mod S (an item of a catalogue) and only
 * the spread within strata counts: the items are given, not drawn. Where each stratum has one observation, the strata are taken as the sample.
 */
export function estimate(values: ArrayLike<number>, strata = 1): Estimate {
  const count = values.length;
  const groups = count > strata ? strata : 1;
  let mean = 0;
  let variance = 0;
  for (let group = 0; group < groups; group++) {
    const { sum, squares, size } = groupMoments(values, group, groups);
    mean += sum / size / groups;
    variance += squares / (size - 1) / size / groups ** 2;
  }
  const freedom = count - groups;
  if (freedom < 1) return { mean, standardError: null, ci95: null };
  const standardError = Math.sqrt(variance);
  const half = tQuantile(0.975, freedom) * standardError;
  return { mean, standardError, ci95: [mean - half, mean + half] };
}

/** Sum, and sum of squares about the mean, of every `groups`-th value. Two passes: no cancellation. */
function groupMoments(values: ArrayLike<number>, group: number, groups: number): { sum: number; squares: number; size: number } {
  let sum = 0;
  let size = 0;
  for (let i = group; i < values.length; i += groups) {
    sum += values[i];
    size++;
  }
  let squares = 0;
  for (let i = group; i < values.length; i += groups) squares += (values[i] - sum / size) ** 2;
  return { sum, squares, size };
}
