import erfc from '@stdlib/math-base-special-erfc';
import { type CountMixture, mixtureMoments, sumOfPeriods } from './count-mixture.ts';
import { countQuantile, countTable } from './counts.ts';
import type { ForecastPaths } from './spec.ts';

/** Normal scores at which quantiles are kept: -3, -2.75, ... 5. */
const LEAST = -3;
const PER_UNIT = 4;
const SCORES = 8 * PER_UNIT + 1;
const LEVELS = Float64Array.from({ length: SCORES }, (_, k) => 0.5 * erfc(-(LEAST + k / PER_UNIT) / Math.SQRT2));
/** Counts up to which mixtures are tabled; above it the parts of one are taken together. */
const LONGEST_TABLE = 20_000;
/** [standard deviations] beyond which next to nothing lies. */
const REACH = 14;

/** Quantiles of the demand that forecasts expect of a period and some after it together, worked out when they are asked for, and kept. */
export class CoverQuantiles {
  readonly #paths: ForecastPaths;
  /** [ahead][row * span + period] quantiles at the normal scores. */
  readonly #kept: (Float32Array | undefined)[][] = [];

  constructor(paths: ForecastPaths) {
    this.#paths = paths;
  }

  /**
   * Units that the demand of the periods 0 to `ahead` of a forecast stays within with the chance Phi(z), between whole numbers as z is between the
   * scores that are kept. `cell` is row * span + period.
   */
  at(cell: number, ahead: number, z: number): number {
    this.#kept[ahead] ??= [];
    const kept = this.#kept[ahead];
    kept[cell] ??= quantilesOf(this.cover(cell, ahead));
    const score = Math.max(0, Math.min(SCORES - 1, (z - LEAST) * PER_UNIT));
    const below = Math.floor(score);
    const low = kept[cell][below];
    return below === score ? low : low + (score - below) * (kept[cell][below + 1] - low);
  }

  /** Beyond its horizon a forecast repeats its last period. */
  cover(cell: number, ahead: number): CountMixture {
    const { horizon, common } = this.#paths;
    const periods = Array.from({ length: ahead + 1 }, (_, h) => cellMixture(this.#paths, cell * horizon + Math.min(h, horizon - 1)));
    return sumOfPeriods(periods, common?.[cell] ?? 0);
  }
}

function cellMixture({ mean, variance, parts }: ForecastPaths, at: number): CountMixture {
  const from = parts?.start[at] ?? 0;
  const to = parts?.start[at + 1] ?? 0;
  if (parts === undefined || from === to) return { weights: [1], means: [mean[at]], variances: [variance[at]] };
  return { weights: parts.weight.subarray(from, to), means: parts.mean.subarray(from, to), variances: parts.variance.subarray(from, to) };
}

function quantilesOf(mixture: CountMixture): Float32Array {
  const { mean, variance } = mixtureMoments(mixture);
  if (mixture.weights.length === 1 || mean + REACH * Math.sqrt(variance) > LONGEST_TABLE) {
    return Float32Array.from(LEVELS, (level) => countQuantile(mean, variance, level));
  }
  const tables = Array.from(mixture.means, (own, part) => countTable(own, mixture.variances[part]));
  const longest = tables.reduce((most, { length }) => Math.max(most, length), 0);
  const quantiles = new Float32Array(SCORES);
  let cumulative = 0;
  let score = 0;
  for (let k = 0; k < longest && score < SCORES; k++) {
    for (let part = 0; part < tables.length; part++) if (k < tables[part].length) cumulative += mixture.weights[part] * tables[part][k];
    while (score < SCORES && cumulative > LEVELS[score]) quantiles[score++] = k;
  }
  quantiles.fill(longest - 1, score);
  return quantiles;
}
