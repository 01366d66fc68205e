import type { ItemFacts } from './item-facts.ts';

/** Coefficients of a rule that guesses a capped base stock for an item from its facts, one per entry of `ruleInputs`. */
export interface RuleCoefficients {
  readonly S: Float64Array;
  readonly r: Float64Array;
}

/** Level and cap of a capped base stock, in the item's own units. */
export interface CappedLevels {
  readonly S: number;
  readonly r: number;
}

/** Facts, and products of two of them, that the rule is linear in. */
function ruleInputs(facts: ItemFacts): Float64Array {
  const { shortageRatio, leadTime, mean, sd, varianceRatio, zeroShare, skewness } = facts;
  const terms = [
    Math.log(shortageRatio),
    leadTime / 4 - 1,
    Math.log(mean),
    sd / mean,
    Math.log(varianceRatio),
    zeroShare,
    Math.min(skewness, 6) / 2,
    shortageRatio / (shortageRatio + 1),
    coverSafety(facts, 1),
    coverSafety(facts, leadTime + 1),
  ];
  const inputs = [1, ...terms];
  for (let i = 0; i < terms.length; i++) for (let j = i; j < terms.length; j++) inputs.push(terms[i] * terms[j]);
  return Float64Array.from(inputs);
}

/** Entries of `ruleInputs`. */
export const RULE_INPUTS = 66;

/** How far the stock that lasts for some periods is above their mean demand, in standard deviations. */
export function coverSafety({ cover, mean, sd }: ItemFacts, periods: number): number {
  return (cover[periods - 1] - mean * periods) / (sd * Math.sqrt(periods));
}

/** Holds the squares of the rule's coefficients down. */
const PENALTY = 1;

/** The rule that levels come to which were searched for items; those that are best not sold say nothing. */
export function fitRule(items: readonly { readonly facts: ItemFacts; readonly levels: CappedLevels }[]): RuleCoefficients {
  const sold = items.filter(({ levels }) => levels.S > 0);
  const rows = sold.map(({ facts }) => ruleInputs(facts));
  const targets = sold.map(({ facts, levels }) => ruleTargets(levels, facts));
  const weights = (name: 'S' | 'r') =>
    ridgeWeights(
      rows,
      targets.map((target) => target[name]),
      PENALTY,
    );
  return { S: weights('S'), r: weights('r') };
}

/** What is regressed: how far the levels are above mean demand, in standard deviations. A cap that hardly ever binds may be any. */
function ruleTargets({ S, r }: CappedLevels, { leadTime, mean, sd }: ItemFacts): CappedLevels {
  return {
    S: (S - mean * (leadTime + 1)) / (sd * Math.sqrt(leadTime + 1)),
    r: Math.min((r - mean) / sd, LOOSEST_CAP),
  };
}

/** [standard deviations of a period's demand] */
const LOOSEST_CAP = 3;
const LOWEST_LEVEL = -4;
const HIGHEST_LEVEL = 12;

/** The guess: whole, and at least 1. */
export function ruleLevels(facts: ItemFacts, { S, r }: RuleCoefficients): CappedLevels {
  const { leadTime, mean, sd } = facts;
  const inputs = ruleInputs(facts);
  const level = Math.min(HIGHEST_LEVEL, Math.max(LOWEST_LEVEL, dot(inputs, S)));
  return {
    S: Math.max(1, Math.round(mean * (leadTime + 1) + level * sd * Math.sqrt(leadTime + 1))),
    r: Math.max(1, Math.round(mean + Math.min(LOOSEST_CAP, dot(inputs, r)) * sd)),
  };
}

/** What the rule orders at an inventory position: up to S, at most r. */
export function ruleOrder(position: number, { S, r }: CappedLevels): number {
  return Math.max(0, Math.min(r, S - position));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Weights that bring rows of inputs nearest to targets, their squares held down by `penalty` (ridge regression, by Gauss and Jordan with pivots). */
export function ridgeWeights(rows: readonly Float64Array[], targets: readonly number[], penalty: number): Float64Array {
  const width = rows[0].length;
  const system = Array.from({ length: width }, (_, i) => {
    const line = new Float64Array(width + 1);
    line[i] = penalty;
    rows.forEach((row, k) => {
      for (let j = 0; j < width; j++) line[j] += row[i] * row[j];
      line[width] += row[i] * targets[k];
    });
    return line;
  });
  for (let i = 0; i < width; i++) eliminate(system, i);
  return Float64Array.from(system, (line, i) => line[width] / line[i]);
}

function eliminate(system: Float64Array[], i: number): void {
  let pivot = i;
  for (let k = i + 1; k < system.length; k++) if (Math.abs(system[k][i]) > Math.abs(system[pivot][i])) pivot = k;
  [system[i], system[pivot]] = [system[pivot], system[i]];
  const own = system[i];
  for (let k = 0; k < system.length; k++) {
    if (k === i) continue;
    const factor = system[k][i] / own[i];
    for (let j = i; j < own.length; j++) system[k][j] -= factor * own[j];
  }
}
