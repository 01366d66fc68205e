import type { Scenario } from './scenario.ts';

export interface SimulatorOptions {
  readonly scenario: Scenario;
  readonly lanes: number;
  /** Lane i draws from the streams of seed + i, unless `seeds` says otherwise. Default 0. */
  readonly seed?: number;
  /** [lane] the seed of each lane: lanes with the same seed face the same demand. */
  readonly seeds?: ArrayLike<number>;
  /** Lanes in a group that has one seed and so faces the same demand; `seeds` overrules it. Default 1. */
  readonly siblings?: number;
  /** Put before the name of every stream: training, tuning and evaluation each have their own, so that none sees another's demand. Default: nothing. */
  readonly study?: string;
  /** [lane] the lane of the scenario whose numbers each lane has. Default: its own. */
  readonly represents?: Int32Array;
  /** Keeps the stock that each period ended with: what a ledger needs. Default false. */
  readonly closing?: boolean;
}

/** Where lanes start. */
export interface ResetOptions {
  /**
   * Draws a whole initial stock, uniform from 0 to this many units, in place of the scenario's: [node][lane]. In a network all stock points of a lane are filled to a part of that
   * first, which is drawn too: each by itself they are hardly ever empty all at once, which is where a policy can be locked in.
   */
  readonly stockUpTo?: Float64Array;
  /** Draws the period in which a lane starts, 0 to this - 1, where demand differs by period. */
  readonly phases?: number;
}
