/** How an item's states are come to, and how orders are tried in them. */
export interface TriesConfig {
  /** States per item. */
  readonly states: number;
  /** Paths of demand that each order is tried on, in up to so many blocks until the noise is below a part `quiet` of what a period costs. */
  readonly paths: number;
  readonly blocks: number;
  readonly quiet: number;
  /** [periods] followed beyond the lead time; longer the more demand varies, see horizonOf. */
  readonly horizon: number;
  /** Usual orders that are followed beyond that, where orders are apart; what they cost counts less and less. */
  readonly cycles: number;
  /** [periods] that they are followed for at least. */
  readonly tail: number;
  /** Part of the orders drawn at random on the way to the states, part of the states a few periods from a random start, and mean periods to the others. */
  readonly randomOrders: number;
  readonly restarts: number;
  readonly spacing: number;
  /** Steps up to an item's level, at least, in which orders are tried; see orderScale. */
  readonly perLevel: number;
  /** Periods of demand that an item's levels are searched on. */
  readonly searched: number;
}
