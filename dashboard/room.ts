import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import { Debriefing } from './debriefing.ts';
import type { Episode } from './episode.ts';
import { Game } from './game.ts';
import {
  type ControlMessage,
  type ExplanationMessage,
  type HintMessage,
  LIMITS,
  type ServerMessage,
  type WatchingMessage,
  type WatchMessage,
} from './protocol.ts';
import { Refusal } from './refusal.ts';
import { WatchSession } from './session.ts';
import type { Turns } from './turns.ts';

/** Somebody who watches. */
export interface Member {
  send(message: ServerMessage): void;
  /** There are more frames, or the end has come. */
  tell(): void;
  /** It plays by itself from now on, or no longer, or at another speed. */
  turn(): void;
  /** Everything is to be shown from the start; `anew`: it is another episode. */
  restart(anew: boolean): void;
  fault(error: unknown): void;
}

export interface RoomOptions {
  readonly watch: WatchMessage;
  readonly episode: Episode;
  readonly clock: Clock;
  readonly turns: Turns;
}

/** Pieces of the story that are kept as they were sent, for all who are at the same place. */
const PIECES = 4;

/** A session with all who watch it: they see the same, and any of them steers it. */
export class Room {
  readonly id = randomUUID();
  readonly session: WatchSession;
  readonly members = new Set<Member>();
  #watch: WatchMessage;
  #game: Game | null;
  #pieces = new Map<string, Uint8Array>();
  readonly #turns: Turns;
  readonly #debriefing: Debriefing;

  constructor({ watch, episode, clock, turns }: RoomOptions) {
    this.#turns = turns;
    this.#debriefing = new Debriefing(turns);
    this.#watch = { ...watch, periods: episode.periods };
    this.session = new WatchSession({
      episode,
      speed: watch.speed,
      clock,
      turns,
      onEvent: (event) => {
        if (event === 'restart') this.#restart(false);
        else if (event === 'playing') this.#announce();
        else if (event === 'end') this.#ended();
        for (const member of this.members) member.tell();
      },
      onFault: (error) => {
        this.#announce();
        for (const member of this.members) member.fault(error);
      },
    });
    this.#game = episode.player === null ? null : new Game(episode.player, episode);
  }

  get watch(): WatchMessage {
    return this.#watch;
  }

  get game(): Game | null {
    return this.#game;
  }

  get episode(): Episode {
    return this.session.episode;
  }

  /** What a member is told first; the rest of it is the member's own. */
  describe(): Omit<WatchingMessage, 'seat'> {
    const { title, names, items, network, costParts, optimum } = this.episode;
    return {
      type: 'watching',
      session: this.id,
      watch: { ...this.#watch, speed: this.session.speed, played: this.session.played, play: this.session.playing },
      title,
      names: [...names],
      items: [...items],
      network,
      costParts: [...costParts],
      optimum: optimum === null ? null : { costPerPeriod: optimum.costPerPeriod },
      playing: this.session.playing,
      game: this.#game === null ? null : { seats: this.#game.seats },
    };
  }

  describeTurn(): ServerMessage {
    const { playing, speed } = this.session;
    return { type: 'playing', playing, speed };
  }

  describeEnd(): ServerMessage {
    const { optimum } = this.episode;
    return { type: 'end', totals: this.session.totals(), optimum: optimum === null ? null : { costPerPeriod: optimum.costPerPeriod } };
  }

  /** The frames from an index on, as many as go into one message, encoded once for all who are there. */
  piece(from: number): { readonly data: Uint8Array; readonly to: number } | null {
    const to = Math.min(this.session.played, from + LIMITS.framesPerMessage);
    if (to <= from) return null;
    const key = `${from} ${to}`;
    const data = this.#pieces.get(key) ?? Buffer.from(`{"type":"frames","from":${from},"frames":[${this.session.text(from, to)}]}`);
    this.#pieces.set(key, data);
    const [oldest] = this.#pieces.keys();
    if (this.#pieces.size > PIECES) this.#pieces.delete(oldest);
    return { data, to };
  }

  /** @throws UserError for what a game does not do */
  control({ action, speed, seed }: ControlMessage): void {
    if (action === 'seed') this.#begin(seed ?? (this.#watch.seed + 1) % LIMITS.seed);
    else if (this.#game === null) this.session.control(action, speed);
    else if (action === 'restart') this.#begin(this.#watch.seed);
    else if (action !== 'speed' && action !== 'pause') {
      throw new Refusal(`${action}: a game goes on by its orders`, 'an order, or control with restart or seed');
    }
  }

  /** @throws UserError for another period than the one that is due, and for orders that do not fit the seat */
  order(seat: string, period: number, orders: readonly number[]): void {
    const due = this.session.played + 1;
    if (this.#game === null) throw new Refusal('nothing is played here', 'a watch message with a game');
    if (this.session.ended) throw new Refusal('the game is over', 'control with restart or seed');
    if (period !== due) throw new Refusal(`order for period ${period}`, `one for period ${due}`);
    if (this.#game.order(seat, orders)) {
      this.#game.settle(this.session.played);
      this.session.control('step');
    }
    this.announceSeats();
  }

  /** @throws UserError where no game is played */
  hint(seat: string): HintMessage {
    if (this.#game === null) throw new Refusal('nothing is played here', 'a watch message with a game');
    const { rivals, optimum } = this.episode;
    const best = optimum === null ? [] : [{ name: 'optimal', policy: optimum.policy }];
    return { type: 'hint', period: this.session.played + 1, seat, hints: this.#game.hints(seat, this.episode, [...rivals, ...best]) };
  }

  /** @throws UserError for a period that was not played, or a policy that there is not */
  async explain(period: number, policy: number): Promise<ExplanationMessage> {
    const { episode } = this;
    const explanation = await this.#turns.through(episode.explain(period, policy));
    return { type: 'explanation', period, policy, name: episode.names[policy], ...explanation };
  }

  announceSeats(): void {
    if (this.#game === null) return;
    const state = this.#game.state(this.session.played + 1);
    const seats = state.seats.map((seat) => ({ ...seat, sees: this.episode.sees(seat.location) }));
    for (const member of this.members) member.send({ type: 'seats', ...state, seats });
  }

  /** What a game came to, as soon as it is over. */
  tellDebrief(to: Iterable<Member>): void {
    if (this.#game === null || !this.session.ended) return;
    const { episode, members } = this;
    const asked = [...to];
    const here = () => (this.episode === episode && this.session.ended ? asked.filter((member) => members.has(member)) : []);
    this.#debriefing
      .of(episode, () => this.session.slice(0, this.session.periods))
      .then(
        (message) => {
          for (const member of here()) member.send(message);
        },
        (error: unknown) => {
          for (const member of here()) member.fault(error);
        },
      );
  }

  close(): void {
    this.session.close();
  }

  /** Starts over with a seed. */
  #begin(seed: number): void {
    const { playing } = this.session;
    const player = this.#game?.restart() ?? null;
    this.session.replace(this.episode.again({ seed, player }));
    this.#watch = { ...this.#watch, seed };
    this.#restart(true);
    this.announceSeats();
    if (playing) this.session.control('play');
  }

  #restart(anew: boolean): void {
    this.#pieces.clear();
    for (const member of this.members) member.restart(anew);
  }

  #announce(): void {
    for (const member of this.members) member.turn();
  }

  #ended(): void {
    this.tellDebrief(this.members);
  }
}
