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
}
