import type { StateView } from '../env/index.ts';

/** A policy's parameters as they are printed: numbers, or one per lane where each was tuned for itself. */
export type PolicyParameters = Readonly<Record<string, number | readonly number[] | string>>;

/**
 * Anything that orders: a baseline, an optimum, a learned agent, a replayed human. One call orders for all lanes.
 * A policy may not keep anything between calls that belongs to a lane: what it needs to know stands in the view.
 */
export interface Policy {
  readonly name: string;
  readonly parameters: PolicyParameters;
  /** Writes the order of every arc and lane, [arc][lane] flat, in units and not negative. `orders` arrives filled with 0. */
  order(view: StateView, orders: Float64Array): void;
  /** Why it orders what it orders in one lane, in its own terms; left out: it has none to tell. */
  explain?(view: StateView, lane: number): PolicyExplanation;
}

/** What stands behind an order: levels that a classic rule goes by, what an agent holds of its choices, what a table or a plan says. */
export interface PolicyExplanation {
  readonly rules?: readonly PolicyRule[];
  readonly choices?: readonly PolicyChoices[];
  /** Of a table of states: its orders [arc] in this state and in those that differ from it in stock alone, the least stock first. */
  readonly nearby?: readonly { readonly stock: number; readonly orders: readonly number[]; readonly here: boolean }[];
  /** Of a plan: its orders on an arc [units], this period's first. */
  readonly planned?: readonly { readonly arc: number; readonly orders: readonly number[] }[];
}

/** A rule at work on one arc; what it does not have is left out. [units] */
export interface PolicyRule {
  readonly arc: number;
  /** Inventory position that it goes by. */
  readonly position: number;
  readonly reorderPoint?: number;
  readonly orderUpTo?: number;
  /** Lot, cap or constant order. */
  readonly quantity?: number;
}

/** Probabilities of choices, or their values, larger being better. */
export interface PolicyChoices {
  readonly of: 'probability' | 'value';
  /** The arc that it is about; null: each option orders on all arcs. */
  readonly arc: number | null;
  readonly options: readonly { readonly orders: number[]; readonly value: number; readonly taken: boolean }[];
}
