import type {
  DebriefMessage,
  ExplanationMessage,
  HintMessage,
  OpeningMessage,
  ScoresMessage,
  SeatsMessage,
  WatchingMessage,
  WatchMessage,
} from '../../protocol.ts';
import type { History } from './history.ts';

/** [periods/second] that the page offers. */
export const SPEEDS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1000] as const;

/** What was decided in a period: an answer per policy, null until it has come. */
export interface Why {
  readonly period: number;
  readonly answers: readonly (ExplanationMessage | null)[];
}

/** One session, as the page knows it. A change gives a new object, but the history is the same one, grown. */
export interface SessionState {
  /** What was asked for last; null until something was. */
  readonly watch: WatchMessage | null;
  /** Null until the server has prepared the first one; the one before stays while the next is prepared. */
  readonly shown: WatchingMessage | null;
  /** What is being waited for, null while nothing is. */
  readonly opening: (Pick<OpeningMessage, 'policy'> & { readonly doing: OpeningMessage['doing'] | null }) | null;
  readonly playing: boolean;
  /** Has the server been asked to play or to pause, and not yet said that it does? */
  readonly turning: boolean;
  readonly ended: boolean;
  /** [money/period] of the best possible policy, where it is known. */
  readonly optimum: number | null;
  readonly scores: ScoresMessage | null;
  readonly why: Why | null;
  readonly seats: SeatsMessage | null;
  readonly hint: HintMessage | null;
  readonly debrief: DebriefMessage | null;
  readonly speed: number;
  readonly history: History;
  /** Grows with every change of the history. */
  readonly revision: number;
}

/** What a session has not come to yet. */
export const NOTHING = {
  turning: false,
  ended: false,
  optimum: null,
  scores: null,
  why: null,
  seats: null,
  hint: null,
  debrief: null,
} as const;
