import type { Episode, KnownOptimum } from './episode.ts';
import type {
  AgentChoice,
  EvaluationsMessage,
  ItemMessage,
  OpeningMessage,
  PolicyChoice,
  RunChoice,
  ScenarioChoice,
  ScoresMessage,
  TrainingMessage,
  TrainMessage,
  VersusMessage,
  WatchMessage,
} from './protocol.ts';

/** What goes with work that takes its time. */
export interface WorkOptions {
  /** Aborted when nobody waits for it any more. */
  readonly signal?: AbortSignal;
  /** Told what is being done. */
  readonly onDoing?: (doing: OpeningMessage['doing'], policy: string | null) => void;
  /** Awaited before what holds up everything else for some ms: others may be waiting for the same. */
  readonly turn?: () => Promise<void>;
}

/** Where a dashboard gets what it shows. Anything thrown as a UserError is shown to whoever asked. */
export interface WatchSource {
  scenarios(): Promise<readonly ScenarioChoice[]>;
  policies(): Promise<readonly PolicyChoice[]>;
  /** Prepares an episode; may take a while where policies must be tuned or loaded. */
  open(watch: WatchMessage, options?: WorkOptions): Promise<Episode>;
  /** The best possible policy of what is watched; null where nothing computes it. */
  optimum?(watch: WatchMessage, options?: WorkOptions): Promise<KnownOptimum | null>;
  /** What the watched policies cost over many lanes. */
  scores?(watch: WatchMessage, options?: WorkOptions): Promise<Omit<ScoresMessage, 'type'>>;
  /** What an item costs under the network for any item, and under the best classic policy. */
  versus?(item: ItemMessage, options?: WorkOptions): Promise<Omit<VersusMessage, 'type'>>;
  /** Training runs, the latest first. */
  runs?(): Promise<readonly RunChoice[]>;
  /** Stored evaluations, the latest first. */
  evaluations?(scenario?: string): Promise<EvaluationsMessage['evaluations']>;
  /** Left out: nothing is trained or followed here. */
  readonly training?: TrainingDesk;
}

/** Training runs that can be followed, started and stopped. */
export interface TrainingDesk {
  /** What can be trained, with its knobs. */
  readonly agents: readonly AgentChoice[];
  /**
   * Tells of a run, all of it first and then what is new, until the function returned is called.
   * @throws UserError where there is no such run
   */
  follow(run: string, onMessage: (message: TrainingMessage) => void): Promise<() => void>;
  /** Gives the new run's id as soon as it has begun. @throws UserError for what cannot be trained, or where too much is trained already */
  start(order: Extract<TrainMessage, { action: 'start' }>): Promise<string>;
  /** Ends training of a run, by this server or by any process of this machine, soon; what was done is kept. @throws UserError for a run that nobody trains */
  stop(run: string): Promise<void>;
  /** @throws UserError for a run that is finished, missing, or being trained */
  resume(run: string, steps?: number): Promise<string>;
  /** Ends all training, keeping what was done. */
  close(): Promise<void>;
}
