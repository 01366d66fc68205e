import type { RandomStream } from '../../../env/index.ts';
import type { ItemFacts } from '../item-facts.ts';
import type { LevelBasis } from '../quick-rule.ts';
import type { BasisSeries } from './level-series.ts';

/** Demand of some periods, and what levels are measured by in them. */
export interface DemandPath {
  readonly demands: Float64Array;
  readonly basis: BasisSeries;
}

export interface BranchOptions {
  readonly paths: number;
  /** [periods] of each path. */
  readonly horizon: number;
  /** Uniform numbers of all paths in one dimension of a period, to be written; the same dimension of the same period is asked for once. */
  readonly uniforms: (period: number, dimension: number, into: Float64Array) => void;
}

/** Demand of histories that stand one after the other, of which the first periods are left out of what is counted. */
export interface Histories extends DemandPath {
  readonly count: number;
  /** [periods] of each. */
  readonly periods: number;
  readonly warmUp: number;
}

/** Where a training item's demand comes from: one history that goes on, and many futures from where it stands. */
export interface DemandSource {
  /** Uniform numbers that a period of demand takes. */
  readonly dimensions: number;
  /** About so many periods of histories of their own, at any time. */
  histories(periods: number, random: RandomStream): Histories;
  /** Starts a history anew, at any time. */
  begin(random: RandomStream): void;
  /** Demand of the periods to come, which then are past. */
  advance(periods: number): DemandPath;
  /** The item as it is known now. */
  facts(): ItemFacts;
  /** What levels are measured by now: levelBasis of those facts. */
  basis(): LevelBasis;
  /** Demand of many futures, [path][period]; nothing is past by it. */
  branch(options: BranchOptions): DemandPath;
}
