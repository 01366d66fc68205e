import type { Frame, PolicyChoice, ScenarioChoice, WatchedItem, WatchMessage } from './protocol.ts';

/** One episode, period by period, the same demand for every policy. */
export interface Episode {
  /** The scenario's title, for people. */
  readonly title: string;
  /** What each policy is called, in the order asked for. */
  readonly names: readonly string[];
  /** What `lane` chooses from; empty where the scenario knows only one thing. */
  readonly items: readonly WatchedItem[];
  /** Periods that can be stepped: what was asked for, or fewer where the demand ends before. */
  readonly periods: number;
  /** [money/period] of the best possible policy, where it is known. */
  readonly optimum: number | null;
  /** Plays the next period. */
  step(): Frame;
}

/** Where a dashboard gets what it shows. Anything thrown as a UserError is shown to whoever asked. */
export interface WatchSource {
  scenarios(): Promise<readonly ScenarioChoice[]>;
  policies(): Promise<readonly PolicyChoice[]>;
  /** Prepares an episode; may take a while where policies must be tuned or loaded. */
  open(watch: WatchMessage): Promise<Episode>;
}
