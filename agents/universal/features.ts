import { type ItemFacts, LONGEST_LEAD_TIME } from './item-facts.ts';
import { largestOrder } from './order-scale.ts';
import { type CappedLevels, coverSafety } from './quick-rule.ts';

const LEAD_TIMES = LONGEST_LEAD_TIME + 1;
/** Each of three kinds has one per period of the lead time; the last is the quick rule's order. */
export const STATE_FEATURES = 3 * LEAD_TIMES + 1;
const RULE_ORDER = STATE_FEATURES - 1;
export const ITEM_FEATURES = 16 + 2 * LEAD_TIMES;
/** What the network is given: the item, then the state. */
export const FEATURES = ITEM_FEATURES + STATE_FEATURES;

/** Numbers that a state consists of: stock on hand after receipt, then what is received 1, 2, ... periods from now. */
export function stateLength(leadTime: number): number {
  return Math.max(1, leadTime);
}

/** What an item looks like to the network, numbers of about 1. `levels` are the quick rule's. */
export function itemFeatures(facts: ItemFacts, { S, r }: CappedLevels): Float64Array {
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
    (r - mean) / sd,
    ...Array.from({ length: LEAD_TIMES }, (_, k) => (k <= leadTime ? coverSafety(facts, k + 1) : 0)),
  ]);
}

/** How the features of a state follow from it and the quick rule's order, which stands behind it: features = numbers x matrix + offset. */
export interface StateFeatures {
  /** Numbers of a state, and one more. */
  readonly numbers: number;
  /** [number][feature] */
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
  const matrix = new Float64Array((length + 1) * STATE_FEATURES);
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
  matrix[length * STATE_FEATURES + RULE_ORDER] = 1 / sd;
  offset[RULE_ORDER] = -mean / sd;
  return { numbers: length + 1, matrix, offset };
}

/** Writes the features of a state, its numbers and the rule's order in the item's own units. */
export function writeStateFeatures(
  state: ArrayLike<number>,
  { numbers, matrix, offset }: StateFeatures,
  into: Float32Array,
  at: number,
): void {
  for (let f = 0; f < STATE_FEATURES; f++) {
    let value = offset[f];
    for (let i = 0; i < numbers; i++) value += state[i] * matrix[i * STATE_FEATURES + f];
    into[at + f] = value;
  }
}
