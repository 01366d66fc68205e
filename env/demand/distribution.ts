import { UserError } from '../user-error.ts';
import { DISTRIBUTIONS } from './definitions.ts';
import type { LaneDistribution } from './lane-distribution.ts';
import { LaneParameters, parameterKey } from './parameters.ts';
import type { Distribution } from './spec.ts';

/**
 * A distribution with the numbers of one lane filled in. `path` is where it stands in its scenario.
 * @throws UserError naming the parameter, its value and what was expected
 */
export function laneDistribution(distribution: Distribution, lane = 0, path = 'demand'): LaneDistribution {
  return createLane(distribution, lane, path);
}

/**
 * A distribution by its name and a record of parameters, a distribution among them written as { name, ... }.
 * @throws UserError naming the parameter, its value and what was expected
 */
export function readDistribution(name: string, parameters: Readonly<Record<string, unknown>>, path: string): Distribution {
  const candidate = { ...parameters, name };
  if (!holds(candidate, path)) throw new UserError(`${path}: ${name}; expected a distribution`);
  return candidate;
}

/** Throws what is wrong with it. */
function holds(candidate: { readonly name: string }, path: string): candidate is Distribution {
  return createLane(candidate, 0, path) !== undefined;
}

function createLane(distribution: { readonly name: string }, lane: number, path: string): LaneDistribution {
  const { name } = distribution;
  if (!isName(name)) throw new UserError(`${path}.distribution: "${name}"; expected one of ${Object.keys(DISTRIBUTIONS).join(', ')}`);
  const { parameters: rules, create } = DISTRIBUTIONS[name];
  return create(new LaneParameters(distribution, { rules, lane, path, readInner: (inner, at) => laneDistribution(inner, lane, at) }));
}

function isName(name: string): name is Distribution['name'] {
  return Object.hasOwn(DISTRIBUTIONS, name);
}

/**
 * Probabilities of a demand of 0, 1, 2, ... for one lane, up to where less than 1e-12 is left; they sum to 1.
 * @throws UserError where demand does not come in whole units
 */
export function distributionTable(distribution: Distribution, lane = 0): Float64Array {
  const own = laneDistribution(distribution, lane);
  if (!own.isDiscrete) {
    throw new UserError(
      `demand distribution "${distribution.name}": it is not in whole units, so its probabilities cannot be listed; expected a distribution on 0, 1, 2, ...: add rounded: true where it has that, or whole values`,
    );
  }
  return own.table();
}

/** Does a lane's demand come in whole units? Only then has it a table. */
export function isDiscrete(distribution: Distribution, lane = 0): boolean {
  return laneDistribution(distribution, lane).isDiscrete;
}

/** Mean of a distribution for one lane [units]. */
export function distributionMean(distribution: Distribution, lane = 0): number {
  return laneDistribution(distribution, lane).mean;
}

/** Variance of a distribution for one lane. */
export function distributionVariance(distribution: Distribution, lane = 0): number {
  return laneDistribution(distribution, lane).variance;
}

/** The numbers of one lane as text: lanes with the same text have the same distribution. */
export function distributionKey(distribution: Distribution, lane: number): string {
  return parameterKey(distribution, lane, ({ name }) => DISTRIBUTIONS[name]?.parameters ?? {});
}

/** The different distributions that lanes have, each made once. */
export interface Variants {
  readonly all: readonly LaneDistribution[];
  /** [variant] the distribution in text: two with the same text are the same. */
  readonly keys: readonly string[];
  /** [lane] which of them a lane has. */
  readonly of: Int32Array;
}

/** Reads a distribution for lanes that stand for the given ones. */
export function readVariants(distribution: Distribution, represents: ArrayLike<number>, path: string): Variants {
  const known = new Map<string, number>();
  const all: LaneDistribution[] = [];
  const of = new Int32Array(represents.length);
  for (let lane = 0; lane < of.length; lane++) {
    const key = distributionKey(distribution, represents[lane]);
    let variant = known.get(key);
    if (variant === undefined) {
      variant = all.length;
      all.push(laneDistribution(distribution, represents[lane], path));
      known.set(key, variant);
    }
    of[lane] = variant;
  }
  return { all, keys: Array.from(known.keys(), (key) => `${distribution.name} ${key}`), of };
}
