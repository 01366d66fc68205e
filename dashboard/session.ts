import { type Clock, systemClock } from './clock.ts';
import type { Episode } from './episode.ts';
import { FrameStore } from './frame-store.ts';
import { type Frame, type PolicyTotals, RunningTotals, totalsOf } from './protocol.ts';
import { Turns, type Urgency } from './turns.ts';

/** `frames`: more was played; `restart`: back to the start; `end`: nothing follows; `playing`: it began or ceased to play by itself, or at another speed. */
export type SessionEvent = 'frames' | 'restart' | 'end' | 'playing';

export interface SessionOptions {
  readonly episode: Episode;
  /** [periods/second] */
  readonly speed: number;
  readonly clock?: Clock;
  /** Shared by all sessions of a server. */
  readonly turns?: Turns;
  /** Called after each change: read `played` and `frame` for what there is now. */
  readonly onEvent: (event: SessionEvent) => void;
  /** Called when a policy or the simulator fails; the session has paused. */
  readonly onFault: (error: unknown) => void;
}

/** What a session can be told to do. */
export type SessionAction = 'play' | 'pause' | 'step' | 'end' | 'restart' | 'speed';

/** [ms] Longest that one session computes without letting others have their turn. */
const SLICE = 4;
/** [ms] Shortest time between two events while playing: faster than that, an event brings several periods. */
const TICK = 25;

/**
 * One watched episode: plays it in step with a clock, or at once. Periods once played are kept, so a restart shows the same numbers
 * without computing them again; they are kept as the text that is sent, which everybody who watches shares.
 */
export class WatchSession {
  readonly #options: SessionOptions;
  readonly #clock: Clock;
  readonly #turns: Turns;
  #episode: Episode;
  #frames = new FrameStore();
  #totals: RunningTotals;
  #played = 0;
  #speed: number;
  #playing = false;
  /** Calls off what is planned next; null while nothing is. */
  #cancel: (() => void) | null = null;
  /** Period and time from which the beat is counted while playing. */
  #beat = { played: 0, time: 0 };

  constructor(options: SessionOptions) {
    const { episode, speed, clock = systemClock, turns = new Turns(clock) } = options;
    this.#options = options;
    this.#episode = episode;
    this.#speed = speed;
    this.#clock = clock;
    this.#turns = turns;
    this.#totals = new RunningTotals(episode.names.length);
  }

  get episode(): Episode {
    return this.#episode;
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

  /** Does it play by itself, at its speed? */
  get playing(): boolean {
    return this.#playing;
  }

  get ended(): boolean {
    return this.#played >= this.periods;
  }

  /** Frames from one index up to, not with, another; both within `played`. */
  slice(from: number, to: number): Frame[] {
    return JSON.parse(`[${this.text(from, to)}]`);
  }

  /** The same as they are sent: JSON, without the brackets. */
  text(from: number, to: number): string {
    return this.#frames.text(from, Math.min(to, this.#played));
  }

  totals(): PolicyTotals[] {
    if (this.#played === this.#frames.length) return this.#totals.totals();
    return totalsOf(this.slice(0, this.#played), this.#episode.names.length);
  }

  control(action: SessionAction, speed: number = this.#speed): void {
    const before = { playing: this.#playing, speed: this.#speed };
    this.#speed = speed;
    if (action === 'speed' && !this.#playing) {
      if (speed !== before.speed) this.#options.onEvent('playing');
      return;
    }
    this.#stop();
    if (action === 'restart') {
      this.#played = 0;
      this.#options.onEvent('restart');
    } else if (action === 'play' || action === 'speed') this.#play();
    else if (action === 'step') this.#attempt(() => this.#reach(this.#played + 1, 'prompt'));
    else if (action === 'end') this.#hurry(this.periods, 'patient');
    if (before.playing !== this.#playing || speed !== before.speed) this.#options.onEvent('playing');
  }

  /** Plays up to a number of periods at once, then calls back. */
  catchUp(played: number, then: () => void): void {
    this.#stop();
    this.#hurry(Math.min(played, this.periods), 'patient', then);
  }

  /** Another episode in the place of this one, from its start. */
  replace(episode: Episode): void {
    this.#stop();
    this.#episode = episode;
    this.#frames = new FrameStore();
    this.#totals = new RunningTotals(episode.names.length);
    this.#played = 0;
  }

  /** Nothing is played after this. */
  close(): void {
    this.#stop();
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#playing = false;
  }

  /** Work after a delay, when it is this session's turn. */
  #plan(delay: number, urgency: Urgency, work: () => void): void {
    const begin = () => {
      this.#cancel = this.#turns.ask(urgency, () => {
        this.#cancel = null;
        this.#attempt(work);
      });
    };
    if (delay > 0) this.#cancel = this.#clock.after(delay, begin);
    else begin();
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#stop();
      this.#options.onFault(error);
    }
  }

  #play(): void {
    this.#playing = !this.ended;
    this.#beat = { played: this.#played, time: this.#clock.now() };
    this.#await();
  }

  #await(least: number = TICK): void {
    if (this.ended) {
      this.#playing = false;
      return;
    }
    const due = this.#beat.time + ((this.#played + 1 - this.#beat.played) * 1000) / this.#speed;
    this.#plan(Math.max(least, due - this.#clock.now()), 'prompt', () => this.#keepStep());
  }

  #keepStep(): void {
    const elapsed = this.#clock.now() - this.#beat.time;
    const due = Math.floor((elapsed * this.#speed) / 1000 + 1e-6) - (this.#played - this.#beat.played);
    if (due > 0) {
      const behind = due - this.#advance(due);
      // Time that could not be kept is let go: catching up later would make the page race.
      if (behind > 0) this.#beat = { played: this.#played, time: this.#clock.now() };
    }
    // A timer counts from the start of its turn of the event loop, and may fire some ms before the beat: only the rest of it is waited for.
    this.#await(due > 0 ? TICK : 0);
  }

  #hurry(target: number, urgency: Urgency, then: () => void = () => {}): void {
    this.#plan(0, urgency, () => this.#reach(target, urgency, then));
  }

  /** Plays as far as this turn allows, and goes on at the next one until it is there. */
  #reach(target: number, urgency: Urgency, then: () => void = () => {}): void {
    const end = Math.min(target, this.periods);
    this.#advance(end - this.#played);
    if (this.#played < end) this.#hurry(end, urgency, then);
    else then();
  }

  /** Plays as many periods as asked for, or as one slice of time allows; returns how many. */
  #advance(count: number): number {
    const before = this.#played;
    const target = Math.min(before + count, this.periods);
    const until = this.#clock.now() + SLICE;
    while (this.#played < target) {
      if (this.#played < this.#frames.length || this.#compute()) this.#played++;
      if (this.#clock.now() >= until) break;
    }
    if (this.#played > before) this.#options.onEvent('frames');
    if (this.ended && before < this.periods) this.#options.onEvent('end');
    return this.#played - before;
  }

  /** Did another frame come of it? A warm-up has none. */
  #compute(): boolean {
    const frame = this.#episode.step();
    if (frame === null) return false;
    this.#totals.add(frame);
    this.#frames.push(frame);
    return true;
  }
}
