import { type ItemFacts, largestOrder } from './item-facts.ts';
import type { CappedLevels } from './quick-rule.ts';

/** Lead times that have a place among the features: 0 to this. [periods] */
export const LONGEST_LEAD_TIME = 8;
const LEAD_TIMES = LONGEST_LEAD_TIME + 1;
/** Each of three kinds has one per period of the lead time. */
export const STATE_FEATURES = 3 * LEAD_TIMES;
export const ITEM_FEATURES = 15 + LEAD_TIMES;
/** What the network is given: the item, then the state. */
export const FEATURES = ITEM_FEATURES + STATE_FEATURES;

/** Numbers that a state consists of: stock on hand after receipt, then what is received 1, 2, ... periods from now. */
export function stateLength(leadTime: number): number {
  return Math.max(1, leadTime);
}

/** What an item looks like to the network, numbers of about 1. `levels` are the quick rule's. */
export function itemFeatures(facts: ItemFacts, { S }: CappedLevels): Float64Array {
  const { shortageRatio: p, leadTime, mean, sd, varianceRatio, zeroShare, skewness } = facts;
  return Float64Array.from([
    p / (p + 1),
    Math.log(p) / 2 - 1,
    1 / (1 + p),
    leadTime / 4 - 1,
    ...Array.from({ length: LEAD_TIMES }, (_, periods) => (periods === leadTime ? 1 : 0)),
    mean / 10 - 1,
    Math.log(mean),
    1 / Math.sqrt(mean),
    sd / mean - 1,
    Math.log(varianceRatio),
    varianceRatio / 5 - 0.5,
    zeroShare,
    skewness / 2 - 0.5,
    S / mean / 5 - 1,
    largestOrder(facts) / mean / 5 - 1,
    (S - mean * (leadTime + 1)) / (sd * Math.sqrt(leadTime + 1)),
  ]);
}

/** How the features of a state follow from it: features = state x matrix + offset. */
export interface StateFeatures {
  readonly length: number;
  /** [number of the state][feature] */
  readonly matrix: Float64Array;
  /** [feature] */
  readonly offset: Float64Array;
}

/**
 * What a state looks like for an item: each number, their running sums, and how far each sum is above the demand that it has to last for, in standard
 * deviations. All linear, so that a network's first layer can be worked out for an item once.
 */
export function stateFeatures({ leadTime, mean, sd }: ItemFacts): StateFeatures {
  const length = stateLength(leadTime);
  const matrix = new Float64Array(length * STATE_FEATURES);
  const offset = new Float64Array(STATE_FEATURES);
  for (let i = 0; i < length; i++) {
    const row = i * STATE_FEATURES;
    matrix[row + i] = 1 / (3 * mean);
    for (let j = i; j < length; j++) {
      matrix[row + LEAD_TIMES + j] = 1 / (5 * mean);
      matrix[row + 2 * LEAD_TIMES + j] = 1 / (sd * Math.sqrt(j + 2));
    }
    offset[2 * LEAD_TIMES + i] = (-mean * (i + 2)) / (sd * Math.sqrt(i + 2));
  }
  return { length, matrix, offset };
}

/** Writes the features of a state, its numbers in the item's own units. */
export function writeStateFeatures(
  state: ArrayLike<number>,
  { length, matrix, offset }: StateFeatures,
  into: Float32Array,
  at: number,
): void {
  for (let f = 0; f < STATE_FEATURES; f++) {
    let value = offset[f];
    for (let i = 0; i < length; i++) value += state[i] * matrix[i * STATE_FEATURES + f];
    into[at + f] = value;
  }
}
