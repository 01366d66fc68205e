import erfcinv from '@stdlib/math-base-special-erfcinv';
import type { CountMixture } from '../../env/index.ts';
import { mixtureCumulative } from '../../forecasting/index.ts';

/** What a forecast says of a run of periods, and what came of them. */
export interface ForecastRun {
  /** [ahead] */
  readonly distributions: readonly CountMixture[];
  /** What the periods have in common: two of them have the covariance common x mean x mean. */
  readonly common: number;
  /** [ahead] NaN where it is not known. */
  readonly actual: ArrayLike<number>;
}

/** Levels that what the periods have in common is weighed at. */
const NODES = 15;

/**
 * Writes the chances of less than what came, and of that or less, for each period given the periods before it of the same forecast. Where a forecast says
 * that its periods share a level that it does not know (`common`), the first of them tell what the later ones will be like, and only what goes beyond that
 * is news: the level is lognormal with mean 1 and variance `common`, and is learned by Bayes' rule over a grid.
 */
export function conditionalChances({ distributions, common, actual }: ForecastRun, below: Float64Array, upTo: Float64Array): void {
  const levels = common > 0 ? levelGrid(common) : [1];
  const weights = new Float64Array(levels.length).fill(1 / levels.length);
  const chance = new Float64Array(levels.length);
  for (let ahead = 0; ahead < distributions.length; ahead++) {
    below[ahead] = Number.NaN;
    upTo[ahead] = Number.NaN;
    if (Number.isNaN(actual[ahead])) continue;
    const count = Math.round(actual[ahead]);
    let less = 0;
    let most = 0;
    for (let k = 0; k < levels.length; k++) {
      const given = common > 0 ? atLevel(distributions[ahead], levels[k], common) : distributions[ahead];
      const under = mixtureCumulative(given, count - 1);
      const within = mixtureCumulative(given, count);
      less += weights[k] * under;
      most += weights[k] * within;
      chance[k] = within - under;
    }
    below[ahead] = Math.min(1, Math.max(0, less));
    upTo[ahead] = Math.min(1, Math.max(below[ahead], most));
    learn(weights, chance);
  }
}

/** Bayes' rule; an outcome that no level explains teaches nothing. */
function learn(weights: Float64Array, chance: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * chance[k];
  if (!(sum > 1e-12)) return;
  for (let k = 0; k < weights.length; k++) weights[k] *= chance[k] / sum;
}

/** Equally likely levels of a lognormal law with mean 1 and variance `common`, scaled to exactly that mean. */
function levelGrid(common: number): number[] {
  const sigma = Math.sqrt(Math.log1p(common));
  const levels = Array.from({ length: NODES }, (_, k) => Math.exp(-sigma * Math.SQRT2 * erfcinv((2 * k + 1) / NODES)));
  const mean = levels.reduce((sum, level) => sum + level, 0) / NODES;
  return levels.map((level) => level / mean);
}

/** A period's demand at a known level: its spread is what is left without that of the level, so that over all levels it has the forecast's own. */
function atLevel({ weights, means, variances }: CountMixture, level: number, common: number): CountMixture {
  const scaled = Array.from(means, (mean) => level * mean);
  const left = Array.from(means, (mean, part) => {
    if (!(mean > 0)) return 0;
    const dispersion = Math.max(0, (variances[part] - mean) / (mean * mean));
    const within = Math.max(0, (dispersion - common) / (1 + common));
    return scaled[part] + within * scaled[part] ** 2;
  });
  return { weights, means: scaled, variances: left };
}
