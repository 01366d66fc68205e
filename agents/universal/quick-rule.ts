import { AHEAD, within } from './demand-facts.ts';
import { type ItemFacts, isPlain } from './item-facts.ts';
import { dot, ridgeWeights } from './ridge.ts';

/** At s or below, order up to S, at most r at once; in the item's own units. Without a fixed cost or lots S = s + 1: a capped base stock. */
export interface QuickLevels {
  readonly s: number;
  readonly S: number;
  readonly r: number;
}

/** The levels in numbers that are alike for all items, and stay where demand moves. */
export interface QuickRule {
  /** How far s + 1 is above the demand that it must last for, in standard deviations. */
  readonly safety: number;
  /** S - s in natural orders. */
  readonly orders: number;
  /** How far the cap is above a usual order, in standard deviations of a period's demand. */
  readonly cap: number;
}

export const RULE_PARTS = ['safety', 'orders', 'cap'] as const satisfies readonly (keyof QuickRule)[];

/** What levels are measured by. */
export interface LevelBasis {
  /** Mean and standard deviation of the demand of the lead time and one period. */
  readonly needed: number;
  readonly spread: number;
  /** Of a period's demand. */
  readonly mean: number;
  readonly sd: number;
  /** An order of a sensible size: by fixed and holding cost, by lots, or as it comes. */
  readonly natural: number;
  readonly plain: boolean;
  /** Is it worth while not to order all at once? Never where everything waits. */
  readonly capped: boolean;
  /** Part of unmet demand that waits. */
  readonly waits: number;
}

export function levelBasis(facts: ItemFacts): LevelBasis {
  const { coming, comingVariance, leadTime, leadTimeVariance, mean, sd, fixedRatio, least, waits } = facts;
  const natural = Math.max(least, Math.sqrt(2 * fixedRatio * mean));
  return {
    needed: within(coming, leadTime + 1),
    spread: Math.sqrt(within(comingVariance, leadTime + 1) + mean * mean * leadTimeVariance),
    mean,
    sd,
    natural,
    plain: isPlain(facts),
    capped: waits < 1,
    waits,
  };
}

/** Caps this loose or looser hardly ever bind. [standard deviations of a period's demand] */
export const LOOSEST_CAP = 3;

export function quickLevels({ safety, orders, cap }: QuickRule, basis: LevelBasis): QuickLevels {
  const { needed, spread, mean, sd, natural, plain, capped, waits } = basis;
  // Where much waits, an order that costs much may too.
  const lowest = waits > 0 ? -Math.ceil(waits * natural) : 0;
  const s = Math.max(lowest, Math.round(needed + safety * spread) - 1);
  const quantity = plain ? 1 : Math.max(1, Math.round(orders * natural));
  const usual = plain ? mean : Math.max(mean, quantity);
  return { s, S: s + quantity, r: capped ? Math.max(1, Math.round(usual + cap * sd)) : Number.POSITIVE_INFINITY };
}

/** Coefficients of a rule that guesses an item's levels from its facts, one per entry of `ruleInputs`. */
export type RuleCoefficients = Readonly<Record<keyof QuickRule, Float64Array>>;

/** Facts that the rule is linear in, with their products. */
function ruleTerms(facts: ItemFacts): number[] {
  const { shortageRatio, leadTime, leadTimeVariance, mean, sd, varianceRatio, zeroShare, skewness, waits, cycle, lot, least } = facts;
  return [
    Math.log(shortageRatio),
    leadTime / 4 - 1,
    Math.log(mean),
    sd / mean,
    Math.log(varianceRatio),
    zeroShare,
    Math.min(skewness, 6) / 2,
    shortageRatio / (shortageRatio + 1),
    coverSafety(facts, 1),
    coverSafety(facts, Math.round(leadTime) + 1),
    Math.log1p(cycle),
    waits,
    Math.sqrt(leadTimeVariance),
    Math.log(lot),
    Math.log(least / lot),
    Math.log1p(least / Math.sqrt(sd * sd + 2 * facts.fixedRatio * mean)),
    movement(facts),
  ];
}

const TERMS = 17;
/** Entries of `ruleInputs`. */
export const RULE_INPUTS = 1 + TERMS + (TERMS * (TERMS + 1)) / 2;

function ruleInputs(facts: ItemFacts): Float64Array {
  const terms = ruleTerms(facts);
  const inputs = [1, ...terms];
  for (let i = 0; i < terms.length; i++) for (let j = i; j < terms.length; j++) inputs.push(terms[i] * terms[j]);
  return Float64Array.from(inputs);
}

/** How far the stock that lasts for some periods is above their mean demand, in standard deviations. */
export function coverSafety({ cover, coming, comingVariance }: ItemFacts, periods: number): number {
  return (cover[periods - 1] - coming[periods - 1]) / Math.sqrt(comingVariance[periods - 1]);
}

/** Demand of the last period that is forecast over that of the first periods, as a logarithm: 0 where it stays. */
function movement({ coming, mean }: ItemFacts): number {
  return Math.log(Math.max(0.05, coming[AHEAD - 1] - coming[AHEAD - 2]) / mean);
}

/** Holds the squares of the rule's coefficients down. */
const PENALTY = 1;

/** The rule that levels come to which were searched for items. */
export function fitRule(items: readonly { readonly facts: ItemFacts; readonly rule: QuickRule }[]): RuleCoefficients {
  const rows = items.map(({ facts }) => ruleInputs(facts));
  const targets = [
    items.map(({ rule }) => rule.safety),
    items.map(({ rule }) => Math.log(rule.orders)),
    items.map(({ rule }) => Math.min(LOOSEST_CAP, rule.cap)),
  ];
  const [safety, orders, cap] = ridgeWeights(rows, targets, PENALTY);
  return { safety, orders, cap };
}

const LOWEST_SAFETY = -4;
const HIGHEST_SAFETY = 12;
/** As logarithms. */
const FEWEST_ORDERS = -2;
const MOST_ORDERS = 3;

/** What the rule guesses for an item. */
export function guessedRule(facts: ItemFacts, { safety, orders, cap }: RuleCoefficients): QuickRule {
  const inputs = ruleInputs(facts);
  const between = (low: number, value: number, high: number) => Math.min(high, Math.max(low, value));
  return {
    safety: between(LOWEST_SAFETY, dot(inputs, safety), HIGHEST_SAFETY),
    orders: Math.exp(between(FEWEST_ORDERS, dot(inputs, orders), MOST_ORDERS)),
    cap: Math.min(LOOSEST_CAP, dot(inputs, cap)),
  };
}

/** What levels lack at an inventory position, at most r: what an order would be, were the position at s or below. */
export function lacking(position: number, { S, r }: Pick<QuickLevels, 'S' | 'r'>): number {
  const units = S - position;
  return units > r ? r : units > 0 ? units : 0;
}
