import type { ItemFacts } from '../item-facts.ts';

/** What running an item depends on: everything in the item's own units, money in holding costs of a unit and period. */
export type RunTerms = Pick<
  ItemFacts,
  'leadTimes' | 'longest' | 'crossing' | 'leadTimeVariance' | 'lostRatio' | 'waitRatio' | 'waits' | 'fixedRatio' | 'lot' | 'least'
>;

/** Levels of the quick rule, period by period, or one of each for all periods. */
export interface RunLevels {
  readonly s: Float64Array;
  readonly S: Float64Array;
  readonly r: Float64Array;
  /** How far apart those of two periods are: 1, or 0 where they stay. */
  readonly stride: number;
}

/** A place where a state stands in an array. */
export interface RunFrom {
  readonly state: Float64Array;
  readonly at: number;
}

/** What happens in some periods, whose numbers stand in arrays from an entry on. */
export interface RunPath {
  readonly demands: Float64Array;
  /** Uniform numbers that decide which orders come through, `drawsPerPeriod` of an item a period; empty where lead times are known. */
  readonly draws: Float64Array;
  readonly levels: RunLevels;
  /** What a period's cost counts for: 1 in the first `full` periods. */
  readonly weights: Float64Array;
  readonly full: number;
  readonly periods: number;
}

/**
 * One item on its own, run through periods at some nanoseconds each: the simulator's arithmetic for one stock point with one source and nothing else, to which a
 * test holds it. States are as the network is given them; see stateLength.
 */
export interface ItemRun {
  /** Uniform numbers that a period takes for its lead times. */
  readonly drawsPerPeriod: number;
  /** Weighed cost of the periods that stand from period `from` on: ordered is `first`, then what the levels say. */
  cost(start: RunFrom, first: number, path: RunPath, from: number): number;
  /** Runs through a path and writes the state that it comes to, the receipt of the period after included. `order` is told the period and the position. */
  run(start: RunFrom, order: (t: number, position: number) => number, path: Omit<RunPath, 'levels' | 'weights' | 'full'>): void;
}

/** What the levels order at a position, among the orders that can be placed. */
export function levelOrder(
  position: number,
  { s, S, r }: { s: number; S: number; r: number },
  { lot, least }: Pick<RunTerms, 'lot' | 'least'>,
): number {
  if (!(position <= s)) return 0;
  const lacks = S - position < r ? S - position : r;
  const units = Math.round(lacks / lot) * lot;
  return units > least ? units : least;
}
