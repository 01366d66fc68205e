import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import gammaln from '@stdlib/math-base-special-gammaln';
import { UserError } from '../user-error.ts';
import { LONGEST_TABLE, TAIL } from './counts.ts';
import { type LaneDistribution, noTable, tableDistribution } from './lane-distribution.ts';

/** A distribution on the numbers of 0 or more. */
interface ContinuousLaw {
  readonly mean: number;
  readonly variance: number;
  /** For u in (0, 1). */
  quantile(u: number): number;
  density(x: number): number;
  /** P(demand <= x) and P(demand > x), each to its own relative precision. */
  below(x: number): number;
  above(x: number): number;
  scaled(factor: number): ContinuousLaw;
}

/** As near to 0 as a uniform number is taken: half of what its 32 bits can tell. */
const LEAST = 2 ** -33;

/** The law as it is, or rounded to the nearest whole number: then it has a table. */
export function continuousDistribution(law: ContinuousLaw, rounded: boolean): LaneDistribution {
  if (law.variance === 0) return constantDistribution(rounded ? Math.round(law.mean) : law.mean);
  if (rounded) {
    return tableDistribution(roundedTable(law), { scaled: (factor) => continuousDistribution(law.scaled(factor), true) });
  }
  return {
    mean: law.mean,
    variance: law.variance,
    isDiscrete: false,
    quantile: (u) => law.quantile(u > LEAST ? u : LEAST),
    likelihood: law.density,
    table: noTable,
    scaled: (factor) => continuousDistribution(law.scaled(factor), false),
  };
}

/** Always the same demand. */
export function constantDistribution(value: number): LaneDistribution {
  return {
    mean: value,
    variance: 0,
    isDiscrete: Number.isInteger(value),
    quantile: () => value,
    likelihood: (x) => (x === value ? 1 : 0),
    table: Number.isInteger(value)
      ? () => {
          const table = new Float64Array(value + 1);
          table[value] = 1;
          return table;
        }
      : noTable,
    scaled: (factor) => constantDistribution(value * factor),
  };
}

/** Normal with this mean and standard deviation, what is below 0 being 0; mean and variance of the law are those after that. */
export function normalLaw(mean: number, sd: number): ContinuousLaw {
  const score = (x: number) => (x - mean) / sd;
  const positive = normalBelow(mean / sd);
  const density = (x: number) => Math.exp(-0.5 * score(x) ** 2) / (sd * Math.sqrt(2 * Math.PI));
  const clippedMean = mean * positive + sd * sd * density(0);
  return {
    mean: clippedMean,
    variance: (mean * mean + sd * sd) * positive + mean * sd * sd * density(0) - clippedMean * clippedMean,
    quantile: (u) => Math.max(0, mean + sd * normalQuantile(u)),
    density: (x) => (x === 0 ? 1 - positive : x > 0 ? density(x) : 0),
    below: (x) => (x >= 0 ? normalBelow(score(x)) : 0),
    above: (x) => (x >= 0 ? normalBelow(-score(x)) : 1),
    scaled: (factor) => normalLaw(mean * factor, sd * factor),
  };
}

/** Gamma with this mean and standard deviation. */
export function gammaLaw(mean: number, sd: number): ContinuousLaw {
  const shape = (mean / sd) ** 2;
  const scale = mean / shape;
  return {
    mean,
    variance: sd * sd,
    quantile: (u) => scale * gammaincinv(u, shape),
    density: (x) => (x > 0 ? Math.exp((shape - 1) * Math.log(x / scale) - x / scale - gammaln(shape)) / scale : 0),
    below: (x) => (x > 0 ? gammainc(x / scale, shape) : 0),
    above: (x) => (x > 0 ? gammainc(x / scale, shape, true, true) : 1),
    scaled: (factor) => gammaLaw(mean * factor, sd * factor),
  };
}

/** Lognormal whose demand (not its logarithm) has this mean and standard deviation. */
export function lognormalLaw(mean: number, sd: number): ContinuousLaw {
  const logVariance = Math.log1p((sd / mean) ** 2);
  const spread = Math.sqrt(logVariance);
  const centre = Math.log(mean) - logVariance / 2;
  const score = (x: number) => (Math.log(x) - centre) / spread;
  return {
    mean,
    variance: sd * sd,
    quantile: (u) => Math.exp(centre + spread * normalQuantile(u)),
    density: (x) => (x > 0 ? Math.exp(-0.5 * score(x) ** 2) / (x * spread * Math.sqrt(2 * Math.PI)) : 0),
    below: (x) => (x > 0 ? normalBelow(score(x)) : 0),
    above: (x) => (x > 0 ? normalBelow(-score(x)) : 1),
    scaled: (factor) => lognormalLaw(mean * factor, sd * factor),
  };
}

/** P(Z <= z) of the standard normal distribution. */
export function normalBelow(z: number): number {
  return 0.5 * erfc(-z / Math.SQRT2);
}

/** The z with P(Z <= z) = u, for u in (0, 1). */
export function normalQuantile(u: number): number {
  return -Math.SQRT2 * erfcinv(2 * u);
}

/** P(k - 1/2 < demand <= k + 1/2). Above the median it is taken from the upper tail, where the lower has no digits left. */
function roundedTable({ mean, variance, below, above }: ContinuousLaw): Float64Array {
  if (above(LONGEST_TABLE) > TAIL / 10) {
    throw new UserError(
      `demand with mean ${mean} and standard deviation ${Math.sqrt(variance)}: its tail is longer than ${LONGEST_TABLE} units; leave out rounded, or give a smaller spread`,
    );
  }
  const table = [below(0.5)];
  for (let k = 1; above(k - 0.5) > TAIL / 10; k++) {
    const p = below(k - 0.5) < 0.5 ? below(k + 0.5) - below(k - 0.5) : above(k - 0.5) - above(k + 0.5);
    table.push(Math.max(0, p));
  }
  const sum = table.reduce((a, b) => a + b, 0);
  return Float64Array.from(table, (p) => p / sum);
}
