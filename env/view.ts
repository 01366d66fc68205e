import type { Note } from './demand/index.ts';
import type { Network } from './network.ts';

/**
 * What a planner knows when an order is due, for all lanes at once. Read only. Arrays are [entity][lane], flat: lane i of node n stands at
 * n * lanes + i. The same object is handed out in every period with its arrays rewritten: copy what must be kept.
 */
export interface StateView {
  readonly network: Network;
  readonly lanes: number;
  /** [lane] periods since the lane's last reset. */
  readonly period: Int32Array;
  /** [node][lane] [units], after receipt. */
  readonly onHand: Float64Array;
  /** [node][lane] [units] */
  readonly backlog: Float64Array;
  /** [node][lane] [units] on the way to the node, not yet received. */
  readonly onOrder: Float64Array;
  /** Can there be orders between locations that have not been shipped? If not, the next two are 0. */
  readonly ordersWait: boolean;
  /** [node][lane] [units] ordered by the node and not shipped yet: on the way to its sender, or owed by it. */
  readonly awaited: Float64Array;
  /** [node][lane] [units] that the node owes to other locations. `backlog` is what it owes to its own customers. */
  readonly owed: Float64Array;
  /** [node][lane] [units] demanded in the period before; 0 after a reset. */
  readonly lastDemand: Float64Array;
  /** [node][lane] mean and variance of a period's own demand over all periods, or over those before (`typicalIsPast`): the scale of things. 0 where a node faces none. */
  readonly typicalMean: Float64Array;
  readonly typicalVariance: Float64Array;
  /** Is the typical demand of a node that of what came before, as where the past is replayed? Then it may have come to be another. */
  typicalIsPast(node: number): boolean;
  /** [index][lane] levels of the outside indices (`network.indices`) in this period. */
  readonly indexLevels: Float64Array;
  /** [lane] [units] that customers of a node are expected to send back, back at the start of the period `ahead` from now: 1 is the next. 0 where nothing comes back. */
  returning(node: number, ahead: number): Float64Array;
  /** [arc][lane] 1 where the link takes orders this period, 0 where it is down. */
  readonly available: Int32Array;
  /**
   * [lane] [units] on the way on an arc that will be received `periods` from now: 1 is the start of the next period. Where lead times are drawn, the
   * mean of it, given how long each order has been on its way.
   */
  arriving(arc: number, periods: number): Float64Array;
  /** [lane] [units] shipped on an arc `age` periods ago, 1 or more, and still on the way. */
  outstanding(arc: number, age: number): Float64Array;
  /** [lane] [units] ordered on an arc and not shipped yet. */
  unshipped(arc: number): Float64Array;
  /** [lane] [units] of a node's stock that can serve `left` more periods, the present one counted: 1 to the longest life. 0 where units keep. */
  onHandByLife(node: number, left: number): Float64Array;
  /** [lane] expected demand of a node `ahead` periods from now: 0 is the demand that follows this order. 0 where a node faces none. */
  forecastMean(node: number, ahead: number): Float64Array;
  /** [lane] variance of the same. */
  forecastVariance(node: number, ahead: number): Float64Array;
  /**
   * Writes the units [lane] that a node's own demand of the periods 0 to ahead[lane] together stays within with the chance Phi(z[lane]): what
   * is forecast beyond mean and variance, mixtures and errors that the periods share. False, and nothing is written, where no more is known.
   */
  coverQuantile(node: number, ahead: ArrayLike<number>, z: ArrayLike<number>, out: Float64Array): boolean;
  /** A number that changes whenever a node's forecasts may have: what was worked out from them holds until then. */
  forecastVersion(node: number): number;
  /** Announced events of a node that one lane knows of, under way or to come, by their start. */
  notes(node: number, lane: number): readonly Note[];
}
