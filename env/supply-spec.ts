import type { PerLane } from './per-lane.ts';

/**
 * `proportional` to what was ordered; by `priority`, in the order of the scenario's links; `fair-share`: so that the customers' inventory positions
 * come as close together as their orders allow.
 */
export type Allocation = 'proportional' | 'priority' | 'fair-share';

/** All-units discount: a shipment of at least `from` costs `cost` for each of its units. */
export interface PriceBreak {
  /** [units] */
  readonly from: PerLane;
  /** [money/unit] */
  readonly cost: PerLane;
}

/** A lead time that is drawn: one of `values` [periods], different whole numbers. */
export interface RandomLeadTime {
  readonly values: readonly number[];
  /** One per value; they sum to 1 in each lane. */
  readonly probabilities: readonly PerLane[];
  /**
   * May a later order overtake an earlier one? If so each order's lead time is drawn by itself. If not, one draw a period decides which orders, the
   * oldest first, have come through (Kaplan 1970); the chance to arrive must then not fall with an order's age. Default false.
   */
  readonly crossing?: boolean;
}

export interface RandomYield {
  /** `binomial`: each unit by itself. `all-or-nothing`: all that an arc delivers in a period, or none of it. */
  readonly kind: 'binomial' | 'all-or-nothing';
  /** Probability that a unit, or a delivery, can be used. */
  readonly mean: PerLane;
}

export type Disruptions =
  /** A link that works fails with probability `fail` after each period, and one that has failed comes back with probability `recover`. Lanes start working. */
  | { readonly kind: 'markov'; readonly fail: PerLane; readonly recover: PerLane }
  /** The periods, counted from 0, in which it is down. */
  | { readonly kind: 'listed'; readonly periods: readonly number[] };
