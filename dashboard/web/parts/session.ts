import type { ControlAction, ErrorMessage, ExplanationMessage, ServerMessage, WatchingMessage, WatchMessage } from '../../protocol.ts';
import { History } from './history.ts';
import type { Server } from './server.ts';
import { NOTHING, type SessionState, SPEEDS } from './session-state.ts';
import { Store } from './store.ts';

interface SessionOptions {
  readonly server: Server;
  /** Told what is shown now, for the address. */
  readonly onShown: (state: SessionState) => void;
}

/** Holds what is watched or played, and asks for what people want. */
export class Session extends Store<SessionState> {
  readonly #server: Server;
  readonly #onShown: (state: SessionState) => void;
  /** Asks again for the session that has not come yet. */
  #asking: (() => void) | null = null;
  /** The period that was ordered for: once is enough. */
  #ordered: number | null = null;

  constructor({ server, onShown }: SessionOptions) {
    super({ ...NOTHING, watch: null, shown: null, opening: null, playing: false, speed: 4, history: new History(0), revision: 0 });
    this.#server = server;
    this.#onShown = onShown;
    server.listen((message) => this.#receive(message));
  }

  /** Opens an episode of its own. */
  open(watch: WatchMessage): void {
    this.#server.dismiss();
    this.change({ ...NOTHING, watch, opening: { doing: null, policy: null }, playing: false, speed: watch.speed });
    this.#onShown(this.state);
    this.#ask(() => this.#server.send(watch));
  }

  /** Goes into a session that is there: as a watcher, or on a seat. */
  join(session: string, seat?: string, key?: string, have = 0): void {
    this.#server.dismiss();
    this.change({ opening: { doing: null, policy: null } });
    this.#ask(() => this.#server.send({ type: 'join', session, seat, key, have }));
  }

  /** After a lost connection: what was asked for and has not come is asked for again; else on from where it was. */
  comeBack(): void {
    const { shown, watch, history } = this.state;
    if (this.#asking !== null) this.#asking();
    else if (shown !== null) this.join(shown.session, shown.seat?.location, shown.seat?.key, history.frames.length);
    else if (watch !== null) this.open(watch);
  }

  /** Another episode: what is left out stays as it is. */
  choose(change: (watch: WatchMessage) => Partial<Omit<WatchMessage, 'type'>>): void {
    const { watch, playing, speed } = this.state;
    if (watch !== null) this.open({ ...watch, played: 0, play: playing, speed, ...change(watch) });
  }

  control(action: ControlAction): void {
    const { ended, speed } = this.state;
    if (!this.#here) return;
    if (action === 'play' && ended) this.#server.send({ type: 'control', action: 'restart' });
    const sent = this.#server.send({ type: 'control', action, speed });
    if (!sent || action === 'seed' || action === 'restart') return;
    const playing = action === 'play' || (action === 'speed' && this.state.playing);
    this.change({ playing, turning: this.state.turning || playing !== this.state.playing });
  }

  toggle(): void {
    this.control(this.state.playing ? 'pause' : 'play');
  }

  setSpeed(speed: number): void {
    this.change({ speed });
    this.control('speed');
  }

  /** One notch faster (1) or slower (-1). */
  shiftSpeed(by: number): void {
    const at = SPEEDS.findIndex((speed) => speed >= this.state.speed);
    this.setSpeed(SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + by))]);
  }

  order(orders: readonly number[]): void {
    const period = this.state.history.frames.length + 1;
    if (!this.#here || this.#ordered === period) return;
    if (this.#server.send({ type: 'order', period, orders: [...orders] })) this.#ordered = period;
  }

  askHint(): void {
    if (this.#here) this.#server.send({ type: 'hint' });
  }

  /** Why was this ordered? null: asks no longer. */
  askWhy(period: number | null): void {
    const policies = this.#here ? (this.state.shown?.names.length ?? 0) : 0;
    const asked = period !== null && period >= 1 && policies > 0 ? period : null;
    this.change({ why: asked === null ? null : { period: asked, answers: Array.from({ length: policies }, () => null) } });
    if (asked === null) return;
    for (let policy = 0; policy < policies; policy++) this.#server.send({ type: 'explain', period: asked, policy });
  }

  /** Is there a session, with no other on its way? */
  get #here(): boolean {
    return this.state.shown !== null && this.state.opening === null;
  }

  #ask(asking: () => void): void {
    this.#asking = asking;
    asking();
  }

  #receive(message: ServerMessage): void {
    switch (message.type) {
      case 'opening':
        if (this.state.opening !== null) this.change({ opening: { doing: message.doing, policy: message.policy } });
        break;
      case 'watching':
        this.#show(message);
        break;
      case 'frames':
        this.#ordered = null;
        this.state.history.replace(message.from, message.frames);
        this.change({ revision: this.state.revision + 1, hint: null, ...this.#cut(message.from, message.frames.length) });
        break;
      case 'playing':
        this.change({ playing: message.playing, speed: message.speed, turning: false });
        break;
      case 'end':
        this.change({ playing: false, ended: true, turning: false, optimum: message.optimum?.costPerPeriod ?? this.state.optimum });
        break;
      case 'scores':
        this.change({ scores: message, optimum: message.optimum?.costPerPeriod ?? this.state.optimum });
        break;
      case 'explanation':
        this.#explain(message);
        break;
      case 'seats':
        this.change({ seats: message });
        break;
      case 'hint':
        this.change({ hint: message });
        break;
      case 'debrief':
        this.change({ debrief: message });
        break;
      case 'error':
        this.#fail(message);
        break;
    }
  }

  /** What is over or was explained is so no longer where frames are taken back. */
  #cut(from: number, added: number): Partial<SessionState> {
    const { why } = this.state;
    if (added > 0) return {};
    return { ended: false, debrief: null, why: why !== null && why.period > from ? null : why };
  }

  #show(shown: WatchingMessage): void {
    this.#asking = null;
    this.#ordered = null;
    const { shown: before, history } = this.state;
    const same = before?.session === shown.session && before.watch.seed === shown.watch.seed;
    this.change({
      ...(same ? {} : NOTHING),
      watch: shown.watch,
      shown,
      opening: null,
      turning: false,
      playing: shown.playing,
      speed: shown.watch.speed,
      optimum: shown.optimum?.costPerPeriod ?? (same ? this.state.optimum : null),
      history: same ? history : new History(shown.names.length, shown.network),
    });
    this.#onShown(this.state);
  }

  #explain(message: ExplanationMessage): void {
    const { why } = this.state;
    if (why === null || why.period !== message.period) return;
    this.change({ why: { ...why, answers: why.answers.with(message.policy, message) } });
  }

  #fail({ of }: ErrorMessage): void {
    const { watch, history, playing, speed } = this.state;
    if (of === 'order') this.#ordered = null;
    if (of === 'watch' || of === 'join') this.#asking = null;
    if (of === 'join' && watch !== null) {
      // The session was freed, or the server started anew: the same episode is played up to where it was.
      this.open({ ...watch, played: history.frames.length, play: playing, speed });
    } else if (of === 'watch' || of === 'join') {
      // What could not be opened took the place of what was there.
      this.change({ opening: null, shown: null, playing: false, history: new History(0) });
    }
  }
}
