import { type Distribution, distributionTable, type Link, type Location, type OutsideIndex, UserError } from '../env/index.ts';
import { indexNamed } from './index-schema.ts';
import type { LeadTime, LinkTerms, LocationTerms, UnitCost } from './supply-schema.ts';
import { toMoney } from './to-money.ts';

/** What is left out of a lead time's tail. */
const TAIL = 1e-6;

/**
 * A lead time as the simulator takes it. A distribution without an end is cut where less than a millionth is left.
 * @throws UserError naming the field where the distribution makes no sense
 */
export function toLeadTime(leadTime: LeadTime, path: string): Link['leadTime'] {
  if (typeof leadTime === 'number') return leadTime;
  const { plus = 0, crossing } = leadTime;
  const { values, probabilities } = leadTime.distribution === 'empirical' ? listed(leadTime) : tabulated(toDistribution(leadTime, path));
  return { values: values.map((value) => value + plus), probabilities, crossing };
}

type Random = Exclude<LeadTime, number>;
type Listed = Extract<Random, { distribution: 'empirical' }>;
type Tabulated = Exclude<Random, Listed>;

function listed({ values, probabilities }: Listed): { values: number[]; probabilities: number[] } {
  return { values, probabilities: probabilities ?? values.map(() => 1 / values.length) };
}

function toDistribution(spec: Tabulated, path: string): Distribution | { readonly low: number; readonly high: number } {
  switch (spec.distribution) {
    case 'uniform':
      if (spec.low > spec.high) throw new UserError(`${path}.low: ${spec.low}; expected at most high, ${spec.high}`);
      return { low: spec.low, high: spec.high };
    case 'binomial':
      return { name: 'binomial', trials: spec.trials, probability: spec.probability };
    default:
      return { name: spec.distribution, mean: spec.mean };
  }
}

function tabulated(distribution: ReturnType<typeof toDistribution>): { values: number[]; probabilities: number[] } {
  const values: number[] = [];
  const probabilities: number[] = [];
  if (!('name' in distribution)) {
    const { low, high } = distribution;
    for (let value = low; value <= high; value++) values.push(value);
    return { values, probabilities: values.map(() => 1 / values.length) };
  }
  let sum = 0;
  distributionTable(distribution).forEach((probability, value) => {
    if (sum >= 1 - TAIL || (probability < TAIL && values.length === 0)) return;
    values.push(value);
    probabilities.push(probability);
    sum += probability;
  });
  return { values, probabilities: probabilities.map((probability) => probability / sum) };
}

/** Unit cost and discounts of a link. */
export function toUnitCost(
  unitCost: UnitCost | undefined,
  path: string,
  prices: Float64Array | undefined,
): Pick<Link, 'unitCost' | 'priceBreaks'> {
  if (!Array.isArray(unitCost)) return { unitCost: toMoney(unitCost, path, prices) };
  const [first, ...priceBreaks] = unitCost;
  return { unitCost: first.cost, priceBreaks };
}

/** @throws UserError where it follows an index that is not there */
export function toLinkTerms(
  { yield: part, priceIndex, ...terms }: LinkTerms,
  path: string,
  indices: ReadonlyMap<string, OutsideIndex>,
): Partial<Link> {
  const own = priceIndex === undefined ? undefined : indexNamed(priceIndex, indices, `${path}.priceIndex`);
  return { ...terms, priceIndex: own, yield: typeof part === 'number' ? { kind: 'binomial', mean: part } : part };
}

export function toLocationTerms(
  { disposalCost, salvageValue, returns, ...terms }: LocationTerms,
  path: string,
  prices: Float64Array | undefined,
): Partial<Location> {
  return {
    ...terms,
    returns: returns && { ...returns, refund: toMoney(returns.refund, `${path}.returns.refund`, prices) },
    disposalCost: toMoney(disposalCost, `${path}.disposalCost`, prices),
    salvageValue: toMoney(salvageValue, `${path}.salvageValue`, prices),
  };
}
