import { AHEAD } from './demand-facts.ts';
import { type ItemFacts, isPlain } from './item-facts.ts';
import { orderRelief } from './order-relief.ts';
import { coverSafety, isCapped, LOOSEST_CAP, levelBasis, type QuickRule, RULE_PARTS } from './quick-rule.ts';
import { dot, ridgeWeights } from './ridge.ts';

/** Coefficients of a rule that guesses an item's levels from its facts, [kind of item][entry of `ruleInputs`]. */
export type RuleCoefficients = Readonly<Record<keyof QuickRule, Float32Array>>;

/** Items whose levels follow from their facts in different ways: with a cap or without, and with an order that is as it comes or of a size. */
const KINDS = 4;

function kindOf(facts: ItemFacts): number {
  return (isCapped(facts) ? 1 : 0) + (isPlain(facts) ? 2 : 0);
}

/** Facts that the rule is linear in, with their products. */
function ruleTerms(facts: ItemFacts, relief: number): number[] {
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
    Math.log1p(relief),
  ];
}

const TERMS = 18;
const RULE_INPUTS = 1 + TERMS + (TERMS * (TERMS + 1)) / 2;
/** Coefficients of each part of the rule. */
export const RULE_COEFFICIENTS = KINDS * RULE_INPUTS;

function ruleInputs(facts: ItemFacts, relief: number): Float64Array {
  const terms = ruleTerms(facts, relief);
  const inputs = [1, ...terms];
  for (let i = 0; i < terms.length; i++) for (let j = i; j < terms.length; j++) inputs.push(terms[i] * terms[j]);
  return Float64Array.from(inputs);
}

/** Demand of the last period that is forecast over that of the first periods, as a logarithm: 0 where it stays. */
function movement({ coming, mean }: ItemFacts): number {
  return Math.log(Math.max(0.05, coming[AHEAD - 1] - coming[AHEAD - 2]) / mean);
}

/** What the safety would be of an item whose demand waits, by formula; the rule says how far it is from that. */
function formulaSafety(facts: ItemFacts, relief: number): number {
  return coverSafety(facts, Math.round(facts.leadTime) + 1) - relief;
}

function reliefOf(facts: ItemFacts): number {
  if (isPlain(facts)) return 0;
  const { natural, spread } = levelBasis(facts);
  return Math.max(0, orderRelief(facts.shortageRatio / (facts.shortageRatio + 1), natural / spread));
}

/** Holds the squares of the rule's coefficients down. */
const PENALTY = 1;
/** Fewer items of a kind than these are guessed as all items are. */
const FEWEST_ITEMS = 100;
/** [standard deviations] The rule is no farther than this from the formula. */
const FARTHEST = 4;
/** As logarithms. */
const FEWEST_ORDERS = -2;
const MOST_ORDERS = 3;

interface RuledItem {
  readonly facts: ItemFacts;
  readonly rule: QuickRule;
}

/** The rule that levels come to which were searched for items. */
export function fitRule(items: readonly RuledItem[]): RuleCoefficients {
  const fitted: RuleCoefficients = {
    safety: new Float32Array(RULE_COEFFICIENTS),
    orders: new Float32Array(RULE_COEFFICIENTS),
    cap: new Float32Array(RULE_COEFFICIENTS),
  };
  const kinds = Array.from({ length: KINDS }, (_, kind) => items.filter(({ facts }) => kindOf(facts) === kind));
  const usual = kinds.every((own) => own.length >= FEWEST_ITEMS) ? null : weightsOf(items);
  kinds.forEach((own, kind) => {
    const weights = usual !== null && (own.length < FEWEST_ITEMS || own.length === items.length) ? usual : weightsOf(own);
    RULE_PARTS.forEach((part, k) => {
      fitted[part].set(weights[k], kind * RULE_INPUTS);
    });
  });
  return fitted;
}

/** [part of the rule][input] */
function weightsOf(items: readonly RuledItem[]): Float64Array[] {
  const reliefs = items.map(({ facts }) => reliefOf(facts));
  const targets = [
    items.map(({ facts, rule }, k) => between(-FARTHEST, rule.safety - formulaSafety(facts, reliefs[k]), FARTHEST)),
    items.map(({ rule }) => Math.log(rule.orders)),
    items.map(({ rule }) => Math.min(LOOSEST_CAP, rule.cap)),
  ];
  return ridgeWeights(
    items.map(({ facts }, k) => ruleInputs(facts, reliefs[k])),
    targets,
    PENALTY,
  );
}

/** What the rule guesses for an item. */
export function guessedRule(facts: ItemFacts, coefficients: RuleCoefficients): QuickRule {
  const relief = reliefOf(facts);
  const inputs = ruleInputs(facts, relief);
  const from = kindOf(facts) * RULE_INPUTS;
  const guess = (part: keyof QuickRule) => dot(inputs, coefficients[part].subarray(from, from + RULE_INPUTS));
  return {
    safety: formulaSafety(facts, relief) + between(-FARTHEST, guess('safety'), FARTHEST),
    orders: Math.exp(between(FEWEST_ORDERS, guess('orders'), MOST_ORDERS)),
    cap: Math.min(LOOSEST_CAP, guess('cap')),
  };
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
