import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import { type CountMixture, createStream } from '../../env/index.ts';
import type { Forecast } from '../forecaster.ts';
import { mixtureQuantile } from './count-mixture.ts';
import { cumulativeTable, farthest } from './crps.ts';
import { forecastDistribution } from './forecast-distribution.ts';

export interface PathOptions {
  /** Number of periods that the forecast covers, all of which are sampled. */
  readonly horizon: number;
  readonly item: number;
  /** Number of paths. */
  readonly count: number;
  /** Default: 0. */
  readonly seed?: number;
  /** Name of the random stream. Default: `forecast path ITEM`. The same seed and name give the same paths. */
  readonly stream?: string;
}

/** Counts up to which a distribution is tabled for drawing. */
const LONGEST_TABLE = 10_000;
/** Nodes by which the moments of a count as a function of a normal number are taken. */
const NODES = 200;
/** Hermite polynomials that the covariance is summed over. */
const ORDERS = 6;
const LARGEST_CORRELATION = 0.995;

/**
 * Draws an item's demand over the whole horizon, [path][ahead] flat. Each period has exactly the forecast's distribution; a normal number that a
 * path's periods share (a Gaussian copula) makes their covariance `common` x mean x mean, so that sums over a lead time have the right spread.
 */
export function samplePaths(forecast: Forecast, options: PathOptions): Float64Array {
  const { horizon, item, count } = options;
  const distributions = Array.from({ length: horizon }, (_, ahead) => forecastDistribution(forecast, horizon, item, ahead));
  const draws = distributions.map(quantileFunction);
  const shared = copulaCorrelation(
    distributions,
    forecast.mean.subarray(item * horizon, (item + 1) * horizon),
    forecast.common?.[item] ?? 0,
  );
  const own = Math.sqrt(1 - shared);
  const stream = createStream(options.seed ?? 0, options.stream ?? `forecast path ${item}`);
  const paths = new Float64Array(count * horizon);
  for (let path = 0; path < count; path++) {
    const level = Math.sqrt(shared) * stream.normal();
    for (let ahead = 0; ahead < horizon; ahead++) {
      paths[path * horizon + ahead] = draws[ahead](normalCumulative(level + own * stream.normal()));
    }
  }
  return paths;
}

/** Correlation of the normal numbers behind two periods that gives them the covariance `common` x mean x mean (Cario and Nelson 1997). */
function copulaCorrelation(distributions: readonly CountMixture[], means: Float64Array, common: number): number {
  if (!(common > 0) || distributions.length < 2) return 0;
  const rows = distributions.map(hermiteCoefficients);
  let target = 0;
  const products = new Float64Array(ORDERS + 1);
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b < a; b++) {
      target += common * means[a] * means[b];
      for (let order = 1; order <= ORDERS; order++) products[order] += rows[a][order] * rows[b][order];
    }
  }
  const covariance = (correlation: number) => {
    let sum = 0;
    for (let order = 1; order <= ORDERS; order++) sum += products[order] * correlation ** order;
    return sum;
  };
  let low = 0;
  let high = LARGEST_CORRELATION;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (covariance(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** E[Q(Phi(Z)) He_n(Z)] / sqrt(n!) for n = 0 ... ORDERS, where Q is the quantile function. */
function hermiteCoefficients(distribution: CountMixture): Float64Array {
  const quantile = quantileFunction(distribution);
  const coefficients = new Float64Array(ORDERS + 1);
  for (let node = 0; node < NODES; node++) {
    const u = (node + 0.5) / NODES;
    const z = -Math.SQRT2 * erfcinv(2 * u);
    const value = quantile(u) / NODES;
    let previous = 0;
    let polynomial = 1;
    for (let order = 0; order <= ORDERS; order++) {
      coefficients[order] += value * polynomial;
      // He_(n + 1) = z He_n - n He_(n - 1), here of length 1.
      const next = (z * polynomial - Math.sqrt(order) * previous) / Math.sqrt(order + 1);
      previous = polynomial;
      polynomial = next;
    }
  }
  return coefficients;
}

/** The quantile as a function of the level, quick for many draws. */
function quantileFunction(distribution: CountMixture): (level: number) => number {
  if (farthest(distribution) > LONGEST_TABLE) return (level) => mixtureQuantile(distribution, Math.min(level, 1 - 1e-12));
  const cumulative = cumulativeTable(distribution);
  return (level) => {
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] > level) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function normalCumulative(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}
