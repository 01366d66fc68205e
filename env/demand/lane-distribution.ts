import { CountSampler, countTable } from './counts.ts';
import { TableSampler } from './table-sampler.ts';

/** The distribution of one lane's demand in one period, its numbers filled in. */
export interface LaneDistribution {
  readonly mean: number;
  readonly variance: number;
  /** Does demand come in whole units? Then there is a table. */
  readonly isDiscrete: boolean;
  /** The smallest x with P(demand <= x) > u, for u in [0, 1). */
  quantile(u: number): number;
  /** Probability of a demand of x, or its density where the distribution is continuous. */
  likelihood(x: number): number;
  /** Probabilities of 0, 1, 2, ... up to where less than 1e-12 is left. Only where discrete. */
  table(): Float64Array;
  /** The same distribution with its mean multiplied. */
  scaled(factor: number): LaneDistribution;
}

/** Poisson, or negative binomial where the variance is larger. Multiplied, the variance beyond Poisson's grows with the square: the mixing law is what is scaled. */
export function countDistribution(mean: number, variance: number): LaneDistribution {
  const table = once(() => countTable(mean, variance));
  const sampler = once(() => new CountSampler(mean, variance));
  return {
    mean,
    variance,
    isDiscrete: true,
    quantile: (u) => sampler().quantile(u),
    likelihood: (x) => table()[x] ?? 0,
    table,
    scaled: (factor) => countDistribution(mean * factor, factor * mean + factor * factor * (variance - mean)),
  };
}

export interface TableOptions {
  /** Default: those of the table. */
  readonly mean?: number;
  readonly variance?: number;
  /** Default: each value times the factor, rounded up or down at random so that the mean is exact and units stay whole. */
  readonly scaled?: (factor: number) => LaneDistribution;
}

/** A distribution given by its probabilities of 0, 1, 2, ... */
export function tableDistribution(
  table: Float64Array,
  {
    mean = tableMean(table),
    variance = tableVariance(table),
    scaled = (factor) => tableDistribution(scaledTable(table, factor)),
  }: TableOptions = {},
): LaneDistribution {
  const sampler = once(() => new TableSampler(table));
  return {
    mean,
    variance,
    isDiscrete: true,
    quantile: (u) => sampler().quantile(u),
    likelihood: (x) => table[x] ?? 0,
    table: () => table,
    scaled,
  };
}

/** Some values, whole or not, in ascending order and with their probabilities. */
export function atomsDistribution(values: readonly number[], probabilities: Float64Array): LaneDistribution {
  const mean = values.reduce((sum, value, k) => sum + value * probabilities[k], 0);
  const variance = values.reduce((sum, value, k) => sum + (value - mean) ** 2 * probabilities[k], 0);
  const sampler = once(() => new TableSampler(probabilities));
  const isDiscrete = values.every((value) => Number.isInteger(value));
  return {
    mean,
    variance,
    isDiscrete,
    quantile: (u) => values[sampler().quantile(u)],
    likelihood: (x) => probabilities[values.indexOf(x)] ?? 0,
    table: isDiscrete ? once(() => tableOfAtoms(values, probabilities)) : noTable,
    scaled: (factor) =>
      atomsDistribution(
        values.map((value) => value * factor),
        probabilities,
      ),
  };
}

/** With a probability a demand of some size, else 0. */
export function intermittentDistribution(probability: number, size: LaneDistribution): LaneDistribution {
  const none = 1 - probability;
  return {
    mean: probability * size.mean,
    variance: probability * size.variance + probability * none * size.mean * size.mean,
    isDiscrete: size.isDiscrete,
    quantile: (u) => (u < none || probability === 0 ? 0 : size.quantile(Math.min((u - none) / probability, ALMOST_ONE))),
    likelihood: (x) => (x === 0 ? none : 0) + (x === 0 && !size.isDiscrete ? 0 : probability * size.likelihood(x)),
    table: size.isDiscrete
      ? once(() => {
          const table = size.table().map((p) => p * probability);
          table[0] += none;
          return table;
        })
      : noTable,
    scaled: (factor) => intermittentDistribution(probability, size.scaled(factor)),
  };
}

/** The largest number below 1. */
export const ALMOST_ONE = 1 - 2 ** -53;

/** The table of a distribution that has none. */
export function noTable(): Float64Array {
  throw new RangeError('a continuous distribution has no table of probabilities');
}

/** A value that is worked out when it is first asked for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export function tableMean(table: Float64Array): number {
  let mean = 0;
  for (let k = 0; k < table.length; k++) mean += k * table[k];
  return mean;
}

export function tableVariance(table: Float64Array): number {
  const mean = tableMean(table);
  let variance = 0;
  for (let k = 0; k < table.length; k++) variance += (k - mean) ** 2 * table[k];
  return variance;
}

function scaledTable(table: Float64Array, factor: number): Float64Array {
  const scaled = new Float64Array(Math.ceil((table.length - 1) * factor) + 1);
  for (let k = 0; k < table.length; k++) {
    const value = k * factor;
    const below = Math.floor(value);
    scaled[below] += table[k] * (1 - (value - below));
    if (value > below) scaled[below + 1] += table[k] * (value - below);
  }
  return scaled;
}

function tableOfAtoms(values: readonly number[], probabilities: Float64Array): Float64Array {
  const table = new Float64Array(Math.max(...values) + 1);
  values.forEach((value, k) => {
    table[value] += probabilities[k];
  });
  return table;
}
