import { AHEAD, LOWER_ODDS } from './demand-facts.ts';
import type { ItemFacts } from './item-facts.ts';
import { arrivalChances, LEAD_TIMES } from './lead-time-facts.ts';
import { largestOrder, type OrderScale } from './order-scale.ts';
import { coverSafety, type LevelBasis, LOOSEST_CAP, lacking, levelBasis, type QuickLevels, safetyOf } from './quick-rule.ts';

/** Each of three kinds has one per period of the lead time; the last two are what the quick rule makes of the position. */
export const STATE_FEATURES = 3 * LEAD_TIMES + 2;
const LACKING = STATE_FEATURES - 2;
const ABOVE = STATE_FEATURES - 1;
export const ITEM_FEATURES = 31 + LOWER_ODDS.length + 2 * LEAD_TIMES + 2 * AHEAD;
/** What the network is given: the item, then the state. */
export const FEATURES = ITEM_FEATURES + STATE_FEATURES;

/**
 * Numbers that a state consists of: stock on hand after receipt less what is owed, then what is received 1, 2, ... periods from now; where lead times are
 * drawn, what was ordered 1, 2, ... periods ago and is still on the way.
 */
export function stateLength({ longest }: Pick<ItemFacts, 'longest'>): number {
  return Math.max(1, longest);
}

/** What an item looks like to the network, numbers of about 1. `levels` are the quick rule's. */
export function itemFeatures(
  facts: ItemFacts,
  { levels, scale }: { readonly levels: QuickLevels; readonly scale: OrderScale },
): Float64Array {
  const { shortageRatio: p, lostRatio, waitRatio, waits, leadTime, leadTimeVariance, leadTimes, longest, crossing } = facts;
  const { mean, sd, varianceRatio, zeroShare, skewness, coming, comingVariance, lasting, believedUsual, cycle, lot, least } = facts;
  const { needed, spread, natural } = levelBasis(facts);
  const { s, S, r } = levels;
  const period = (sums: Float64Array, k: number) => sums[k] - (k > 0 ? sums[k - 1] : 0);
  return Float64Array.from([
    p / (p + 1),
    Math.log(p) / 2 - 1,
    1 / (1 + p),
    waits,
    waits > 0 && waits < 1 ? waits * (1 - waits) * Math.log(lostRatio / waitRatio) : 0,
    leadTime / 4 - 1,
    Math.sqrt(leadTimeVariance),
    crossing ? 1 : 0,
    ...leadTimes,
    mean / 10 - 1,
    Math.log(mean),
    1 / Math.sqrt(mean),
    sd / mean - 1,
    Math.log(varianceRatio),
    varianceRatio / 5 - 0.5,
    zeroShare,
    skewness / 2 - 0.5,
    Math.log(believedUsual / mean),
    S / mean / 5 - 1,
    largestOrder(scale, levels) / mean / 5 - 1,
    (s + 1 - needed) / spread,
    Number.isFinite(r) ? (r - mean) / sd / 4 : LOOSEST_CAP / 4,
    Math.log1p(cycle),
    Math.log(S - s) / 2,
    Math.log((S - s) / natural),
    Math.log1p((S - s - 1) / sd),
    Math.log(lot),
    Math.log1p((lot - 1) / sd),
    Math.log(least / lot),
    Math.log1p((least - 1) / sd),
    ...lotsAroundMean(facts),
    ...lasting.map((stock) => safetyOf(stock, facts, Math.round(leadTime) + 1)),
    ...Array.from({ length: LEAD_TIMES }, (_, k) => (k <= longest ? coverSafety(facts, k + 1) : 0)),
    ...Array.from({ length: AHEAD }, (_, k) => period(coming, k) / mean - 1),
    ...Array.from({ length: AHEAD }, (_, k) => Math.sqrt(period(comingVariance, k)) / sd - 1),
  ]);
}

/** [standard deviations] Beyond this it does not matter how far lots are from what a period needs. */
const FARTHEST_LOT = 3;

/** How far a period's demand is from the order above it and from that below, in standard deviations: where lots are large, one of the two is what to order each time. */
function lotsAroundMean({ mean, sd, lot, least }: ItemFacts): number[] {
  if (lot === 1 && least === 1) return [0, 0];
  const above = Math.max(least, Math.ceil(mean / lot) * lot);
  const below = Math.floor(mean / lot) * lot;
  return [above - mean, mean - (below < least ? 0 : below)].map((units) => Math.min(FARTHEST_LOT, units / sd));
}

/** How the features of a state follow from it and what the quick rule makes of it, which stands behind it: features = numbers x matrix + offset. */
export interface StateFeatures {
  /** Numbers of a state, and those behind them. */
  readonly numbers: number;
  /** [number][feature] */
  readonly matrix: Float64Array;
  /** [feature] */
  readonly offset: Float64Array;
}

/**
 * What a state looks like for an item: each number, their running sums, and how far each sum is above the demand that it has to last for, in standard
 * deviations, or parts of an order where that is large. All linear, so that a network's first layer can be worked out for an item once. What is on its way
 * for a time that is drawn counts when it is expected.
 */
export function stateFeatures(facts: ItemFacts, levels: QuickLevels): StateFeatures {
  const { mean, sd, coming, comingVariance } = facts;
  const length = stateLength(facts);
  const numbers = length + ruleNumbers(levels);
  const matrix = new Float64Array(numbers * STATE_FEATURES);
  const offset = new Float64Array(STATE_FEATURES);
  const scales = Float64Array.from({ length }, (_, j) => Math.hypot(Math.sqrt(comingVariance[j + 1]), (levels.S - levels.s - 1) / 5));
  for (let i = 0; i < length; i++) {
    const row = i * STATE_FEATURES;
    const arrives = arrivesOf(facts, i);
    for (let k = 0, sum = 0; k < length; k++) {
      sum += arrives[k];
      matrix[row + k] = arrives[k] / (3 * mean);
      matrix[row + LEAD_TIMES + k] = sum / (5 * mean);
      matrix[row + 2 * LEAD_TIMES + k] = sum / scales[k];
    }
    offset[2 * LEAD_TIMES + i] = -coming[i + 1] / scales[i];
  }
  matrix[length * STATE_FEATURES + LACKING] = 1 / sd;
  offset[LACKING] = -mean / sd;
  if (numbers > length + 1) matrix[(length + 1) * STATE_FEATURES + ABOVE] = 1;
  return { numbers, matrix, offset };
}

/** [period] the part of a state's number that is expected in each: the first is there, the others come, later or, where lead times are drawn, by chance. */
function arrivesOf(facts: ItemFacts, i: number): Float64Array {
  if (i > 0 && facts.leadTimeVariance > 0) return arrivalChances(facts, i);
  const arrives = new Float64Array(stateLength(facts));
  arrives[i] = 1;
  return arrives;
}

/** How many numbers the quick rule puts behind a state: what orders are valued around, and, where it waits for that, how far the position is above its reorder point. */
export function ruleNumbers({ s, S }: Pick<QuickLevels, 's' | 'S'>): number {
  return S > s + 1 ? 2 : 1;
}

const FARTHEST = 3;

/** How far a position is above the reorder point, in standard deviations of the demand of the lead time and one period, 3 at most. */
export function aboveReorder(position: number, { s }: Pick<QuickLevels, 's'>, { spread }: Pick<LevelBasis, 'spread'>): number {
  return Math.min(FARTHEST, Math.max(-FARTHEST, (position - s) / spread));
}

export interface RuleLook {
  readonly levels: QuickLevels;
  readonly basis: Pick<LevelBasis, 'spread'>;
  readonly scale: Pick<OrderScale, 'least'>;
}

/** Writes what the quick rule makes of a state behind it; gives what orders are valued around: what is lacking, or the smallest order where that is more. */
export function writeRuleNumbers(numbers: Float64Array, length: number, { levels, basis, scale }: RuleLook): number {
  let position = 0;
  for (let i = 0; i < length; i++) position += numbers[i];
  const centre = Math.max(scale.least, lacking(position, levels));
  numbers[length] = centre;
  if (ruleNumbers(levels) > 1) numbers[length + 1] = aboveReorder(position, levels, basis);
  return centre;
}

/** Writes the features of a state, its numbers and those behind them in the item's own units. */
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
