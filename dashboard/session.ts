import { type Clock, systemClock } from './clock.ts';
import { type ControlAction, type Frame, type PolicyTotals, totalsOf } from './protocol.ts';
import type { Episode } from './source.ts';

/** `frames`: more was played; `restart`: back to the start; `end`: nothing follows. */
export type SessionEvent = 'frames' | 'restart' | 'end';

export interface SessionOptions {
  readonly episode: Episode;
  /** [periods/second] */
  readonly speed: number;
  readonly clock?: Clock;
  /** Called after each change: read `played` and `frame` for what there is now. */
  readonly onEvent: (event: SessionEvent) => void;
  /** Called when a policy or the simulator fails; the session has paused. */
  readonly onFault: (error: unknown) => void;
}

/** [ms] Longest that one session computes without letting others have their turn. */
const SLICE = 15;
/** [ms] Shortest time between two events while playing: faster than that, an event brings several periods. */
const TICK = 25;

/**
 * One watched episode: plays it in step with a clock, or at once. Periods once played are kept, so a restart shows the same numbers
 * without computing them again.
 */
export class WatchSession {
  readonly #episode: Episode;
  readonly #clock: Clock;
  readonly #onEvent: (event: SessionEvent) => void;
  readonly #onFault: (error: unknown) => void;
  readonly #frames: Frame[] = [];
  #played = 0;
  #speed: number;
  /** Calls off what is planned next; null while nothing is. */
  #cancel: (() => void) | null = null;
  /** Period and time from which the beat is counted while playing. */
  #beat = { played: 0, time: 0 };

  constructor({ episode, speed, clock = systemClock, onEvent, onFault }: SessionOptions) {
    this.#episode = episode;
    this.#speed = speed;
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.#onFault = onFault;
  }

  get periods(): number {
    return this.#episode.periods;
  }

  /** Number of periods shown so far. */
  get played(): number {
    return this.#played;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Is something planned that will play further? */
  get running(): boolean {
    return this.#cancel !== null;
  }

  get ended(): boolean {
    return this.#played >= this.periods;
  }

  /** Frames from one index up to, not with, another; both within `played`. */
  slice(from: number, to: number): Frame[] {
    return this.#frames.slice(from, Math.min(to, this.#played));
  }

  totals(): PolicyTotals[] {
    return totalsOf(this.slice(0, this.#played), this.#episode.names.length);
  }

  control(action: ControlAction, speed: number = this.#speed): void {
    this.#speed = speed;
    this.#stop();
    if (action === 'restart') {
      this.#played = 0;
      this.#onEvent('restart');
    } else if (action === 'play' || action === 'speed') this.#play();
    else if (action === 'step') this.#attempt(() => this.#advance(1));
    else if (action === 'end') this.#hurry(this.periods, () => {});
  }

  /** Plays up to a number of periods at once, then calls back. */
  catchUp(played: number, then: () => void): void {
    this.#stop();
    this.#hurry(Math.min(played, this.periods), then);
  }

  /** Nothing is played after this. */
  close(): void {
    this.#stop();
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #plan(delay: number, work: () => void): void {
    this.#cancel = this.#clock.after(delay, () => {
      this.#cancel = null;
      this.#attempt(work);
    });
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#stop();
      this.#onFault(error);
    }
  }

  #play(): void {
    this.#beat = { played: this.#played, time: this.#clock.now() };
    this.#await();
  }

  #await(): void {
    if (this.ended) return;
    const due = this.#beat.time + ((this.#played + 1 - this.#beat.played) * 1000) / this.#speed;
    this.#plan(Math.max(TICK, due - this.#clock.now()), () => this.#keepStep());
  }

  #keepStep(): void {
    const elapsed = this.#clock.now() - this.#beat.time;
    // The small part guards against a timer that fires a hair before the beat.
    const due = Math.floor((elapsed * this.#speed) / 1000 + 1e-6) - (this.#played - this.#beat.played);
    const behind = due - this.#advance(due);
    // Time that could not be kept is let go: catching up later would make the page race.
    if (behind > 0) this.#beat = { played: this.#played, time: this.#clock.now() };
    this.#await();
  }

  #hurry(target: number, then: () => void): void {
    this.#plan(0, () => {
      this.#advance(target - this.#played);
      if (this.#played < target) this.#hurry(target, then);
      else then();
    });
  }

  /** Plays as many periods as asked for, or as one slice of time allows; returns how many. */
  #advance(count: number): number {
    const before = this.#played;
    const target = Math.min(before + count, this.periods);
    const until = this.#clock.now() + SLICE;
    while (this.#played < target) {
      if (this.#played === this.#frames.length) this.#frames.push(this.#episode.step());
      this.#played++;
      if (this.#clock.now() >= until) break;
    }
    if (this.#played > before) this.#onEvent('frames');
    if (this.ended && before < this.periods) this.#onEvent('end');
    return this.#played - before;
  }
}
