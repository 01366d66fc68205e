import { within } from './demand-facts.ts';
import { type ItemFacts, isPlain } from './item-facts.ts';

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
  /** Is it worth while not to order all at once? See isCapped. */
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
    capped: isCapped(facts),
    waits,
  };
}

/** A cap pays where a sale can be lost, and where the next order may come before this one; where all waits for an order whose time is known it never does. */
export function isCapped({ waits, leadTimeVariance }: Pick<ItemFacts, 'waits' | 'leadTimeVariance'>): boolean {
  return waits < 1 || leadTimeVariance > 0;
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

/** How far the stock that lasts for some periods is above their mean demand, in standard deviations. */
export function coverSafety(facts: ItemFacts, periods: number): number {
  return safetyOf(facts.cover[periods - 1], facts, periods);
}

/** How far a stock is above the mean demand of some periods, in standard deviations. */
export function safetyOf(stock: number, { coming, comingVariance }: Pick<ItemFacts, 'coming' | 'comingVariance'>, periods: number): number {
  return (stock - coming[periods - 1]) / Math.sqrt(comingVariance[periods - 1]);
}

/** What levels lack at an inventory position, at most r: what an order would be, were the position at s or below. */
export function lacking(position: number, { S, r }: Pick<QuickLevels, 'S' | 'r'>): number {
  const units = S - position;
  return units > r ? r : units > 0 ? units : 0;
}
