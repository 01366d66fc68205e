import type { Variants } from './distribution.ts';

/** An event that a planner knows of. */
export interface Note {
  readonly text: string;
  /** First period of the event, counted as the lane counts its periods. */
  readonly from: number;
  /** [periods] */
  readonly length: number;
}

/**
 * Where a node's demand comes from. What a period brings follows from the period, from the process's own state of a lane and from one uniform
 * number per lane, so demand cannot depend on orders, and any lane can be tried out with other numbers. `factors` [lane] multiply the mean: the
 * way in which one process modulates another. Draws allocate nothing.
 */
export interface DemandProcess {
  /** [row][lane] what a lane's future demand depends on besides the period; empty where that is nothing. Saved and copied with the lane. */
  readonly state: readonly Float64Array[];
  /** Starts a lane anew in a period; `random` gives uniform numbers and is asked only where a state has to be drawn. */
  start(lane: number, period: number, random: () => number): void;
  /** Writes the demand of every lane [units] and moves the state on; `period` and `uniforms` are [lane]. Uniforms may be overwritten. */
  draw(period: Int32Array, uniforms: Float64Array, demand: Float64Array, factors?: Float64Array): void;
  /** Writes mean and variance of the demand `ahead` periods from now, as known when an order is due. */
  forecast(period: Int32Array, ahead: number, mean: Float64Array, variance: Float64Array, factors?: Float64Array): void;
  /**
   * Writes the units [lane] that the demand of the periods 0 to ahead[lane] from now stays within with the chance Phi(z[lane]). False, or no such
   * method, where a planner knows no more than mean and variance of each.
   */
  coverQuantile?(period: Int32Array, ahead: ArrayLike<number>, z: ArrayLike<number>, out: Float64Array): boolean;
  /** Writes mean and variance of a period's demand over all periods: the scale of things. */
  typical(mean: Float64Array, variance: Float64Array, factors?: Float64Array): void;
  /** Is that of what came before, and not of the process itself? Then demand may have come to be another. Left out: it is not. */
  readonly typicalIsPast?: boolean;
  /** Announced events, under way or to come, of one lane in its present period. */
  notes(period: number, lane: number): readonly Note[];
  /** Where a draw is nothing but the inversion of a table, and there are no factors: the tables, so that many nodes can be drawn in one go. */
  readonly tabled: Variants | null;
  /** Do forecasts never change? Then they are asked for once. */
  readonly stationary: boolean;
}

/** What a process without state and events has of both. */
export const STATELESS: Pick<DemandProcess, 'state' | 'start' | 'notes' | 'tabled'> = {
  state: [],
  start: () => {},
  notes: () => [],
  tabled: null,
};
