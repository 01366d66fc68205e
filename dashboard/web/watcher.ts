import type { ControlAction, ErrorMessage, PolicyChoice, ScenarioChoice, ServerMessage, WatchedItem, WatchMessage } from '../protocol.ts';
import { readAddress, writeAddress } from './address.ts';
import { History } from './history.ts';
import { Link, type LinkState } from './link.ts';

/** [periods/second] that the page offers. */
export const SPEEDS = [1, 2, 4, 8, 16, 32, 64, 128, 256] as const;

/** What the page shows, all of it. A change gives a new object, but the history is the same one, grown. */
export interface PageState {
  readonly link: LinkState;
  /** Has the server said what it offers? */
  readonly greeted: boolean;
  readonly scenarios: readonly ScenarioChoice[];
  readonly policies: readonly PolicyChoice[];
  /** What was asked for last; null until the server has said hello. */
  readonly watch: WatchMessage | null;
  /** What the server said it shows; null while it prepares it. */
  readonly shown: { readonly title: string; readonly names: readonly string[]; readonly items: readonly WatchedItem[] } | null;
  readonly opening: boolean;
  readonly playing: boolean;
  readonly ended: boolean;
  /** [money/period] of the best possible policy, told at the end where it is known. */
  readonly optimum: number | null;
  readonly speed: number;
  readonly error: ErrorMessage | null;
  readonly history: History;
  /** Grows with every change. */
  readonly revision: number;
}

/** The page's side of the protocol: holds what is shown and asks for what people want. */
export class Watcher {
  #state: PageState = {
    link: 'connecting',
    greeted: false,
    scenarios: [],
    policies: [],
    watch: null,
    shown: null,
    opening: false,
    playing: false,
    ended: false,
    optimum: null,
    speed: 4,
    error: null,
    history: new History(0),
    revision: 0,
  };
  readonly #link = new Link({
    onState: (link) => this.#change({ link }),
    onMessage: (message) => this.#receive(message),
  });
  readonly #listeners = new Set<(state: PageState) => void>();
  #announced = false;

  get state(): PageState {
    return this.#state;
  }

  start(): void {
    this.#link.open();
  }

  subscribe(listener: (state: PageState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Watches something else: what is left out stays as it is. */
  choose(change: (watch: WatchMessage) => Partial<Omit<WatchMessage, 'type'>>): void {
    const { watch, playing, speed } = this.#state;
    if (watch === null) return;
    this.#ask({ ...watch, played: 0, play: playing, speed, ...change(watch) });
  }

  control(action: ControlAction): void {
    const { shown, opening, ended, speed } = this.#state;
    if (shown === null || opening) return;
    if (action === 'play' && ended) this.#link.send({ type: 'control', action: 'restart' });
    this.#link.send({ type: 'control', action, speed });
    this.#change({ playing: action === 'play', ended: action === 'play' ? false : ended });
  }

  toggle(): void {
    this.control(this.#state.playing ? 'pause' : 'play');
  }

  setSpeed(speed: number): void {
    this.#change({ speed });
    if (this.#state.playing) this.control('play');
  }

  /** One notch faster (1) or slower (-1). */
  shiftSpeed(by: number): void {
    const at = SPEEDS.findIndex((speed) => speed >= this.#state.speed);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))]);
  }

  dismiss(): void {
    this.#change({ error: null });
  }

  #ask(watch: WatchMessage): void {
    history.replaceState(null, '', writeAddress(watch));
    this.#change({ watch, opening: true, playing: false, ended: false, error: null });
    this.#link.send(watch);
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        this.#greeted(message.start, message.scenarios, message.policies);
        break;
      case 'watching': {
        const { watch, title, names, items } = message;
        const shown = { title, names, items };
        this.#change({
          watch,
          shown,
          opening: false,
          playing: watch.play,
          speed: watch.speed,
          optimum: null,
          history: new History(names.length),
        });
        break;
      }
      case 'frames':
        this.#state.history.replace(message.from, message.frames);
        this.#change(message.frames.length === 0 ? { ended: false } : {});
        break;
      case 'end':
        this.#change({ playing: false, ended: true, optimum: message.optimum?.costPerPeriod ?? null });
        break;
      case 'error':
        // What could not be opened took the place of what was there.
        this.#change({
          error: message,
          playing: false,
          ...(this.#state.opening ? { opening: false, shown: null, history: new History(0) } : {}),
        });
        break;
    }
  }

  /** The first time: what the address or the server proposes. After a lost connection: on from where it was. */
  #greeted(start: WatchMessage, scenarios: readonly ScenarioChoice[], policies: readonly PolicyChoice[]): void {
    const { watch, history, playing, speed } = this.#state;
    this.#change({ greeted: true, scenarios, policies });
    if (watch !== null) this.#ask({ ...watch, played: history.frames.length, play: playing, speed });
    else if (scenarios.length > 0) this.#ask(readAddress(location.hash, start));
  }

  #change(part: Partial<PageState>): void {
    this.#state = { ...this.#state, ...part, revision: this.#state.revision + 1 };
    if (this.#announced) return;
    this.#announced = true;
    requestAnimationFrame(() => {
      this.#announced = false;
      for (const listener of this.#listeners) listener(this.#state);
    });
  }
}
