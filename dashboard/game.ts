import { randomUUID } from 'node:crypto';
import { UserError } from '../env/index.ts';
import type { Episode, NamedPolicy } from './episode.ts';
import { arcsInto, type Player } from './player.ts';
import type { HintMessage, Seat, SeatsMessage } from './protocol.ts';

interface Chair extends Seat {
  readonly arcs: readonly number[];
  /** What its holder comes back by; null while nobody has sat down. */
  key: string | null;
  here: boolean;
  orders: readonly number[] | null;
}

/** The table of a game: who sits where, and what they have ordered for the period that is due. */
export class Game {
  #player: Player;
  readonly #chairs: readonly Chair[];

  constructor(player: Player, episode: Episode) {
    const { network } = episode.runs[0].simulator;
    this.#player = player;
    this.#chairs = player.seats.map(({ location, by }) => {
      const arcs = arcsInto(network, location);
      return { location, by, arcs, links: arcs.map((arc) => network.arcs[arc].id), key: null, here: by !== 'human', orders: null };
    });
  }

  get seats(): Seat[] {
    return this.#chairs.map(({ location, by, links }) => ({ location, by, links }));
  }

  state(period: number): Omit<SeatsMessage, 'type'> {
    return {
      period,
      seats: this.#chairs.map(({ location, by, key, here, orders }) => ({
        location,
        by,
        taken: by !== 'human' || key !== null,
        here,
        ordered: by !== 'human' || orders !== null,
      })),
    };
  }

  /**
   * Sits down: on the first free seat where none is named. Whoever brings the key of a seat gets it back.
   * @throws UserError where the seat is not free
   */
  sit(location?: string, key?: string): { readonly location: string; readonly key: string } {
    const human = this.#chairs.filter(({ by }) => by === 'human');
    const chair = location === undefined ? human.find(({ here }) => !here) : human.find((candidate) => candidate.location === location);
    if (chair === undefined) {
      throw new UserError(
        `seat ${location ?? 'of a player'}: expected one of ${human.map((seat) => seat.location).join(', ')} that is free`,
      );
    }
    if (chair.here && chair.key !== key) throw new UserError(`seat ${chair.location}: somebody sits there; take another, or watch`);
    chair.here = true;
    chair.key = key !== undefined && key === chair.key ? key : randomUUID();
    return { location: chair.location, key: chair.key };
  }

  /** The holder of a key has gone; the seat is kept, and can be taken by somebody else. */
  leave(key: string): void {
    const chair = this.#chairs.find((candidate) => candidate.key === key);
    if (chair !== undefined) chair.here = false;
  }

  /**
   * Takes down the orders of a seat.
   * @returns are all orders there now?
   * @throws UserError where the number of quantities is another than that of the seat's links
   */
  order(location: string, orders: readonly number[]): boolean {
    const chair = this.#chair(location);
    if (orders.length !== chair.links.length) {
      throw new UserError(`orders of ${orders.length} quantities: expected ${chair.links.length}, for ${chair.links.join(', ')}`);
    }
    chair.orders = orders;
    return this.#chairs.every((other) => other.by !== 'human' || other.orders !== null);
  }

  /** Hands the orders that were taken down to the simulator, for a period counted from 0. */
  settle(period: number): void {
    for (const chair of this.#chairs) {
      for (const [k, arc] of chair.arcs.entries()) this.#player.give(period, arc, chair.orders?.[k] ?? 0);
      chair.orders = null;
    }
  }

  /** The same people at a new game. */
  restart(): Player {
    this.#player = this.#player.fresh();
    for (const chair of this.#chairs) chair.orders = null;
    return this.#player;
  }

  /** What policies would order at a seat in the players' place. */
  hints(location: string, { runs, lane }: Episode, policies: readonly NamedPolicy[]): HintMessage['hints'] {
    const { view } = runs[0];
    const orders = new Float64Array(view.network.arcs.length * view.lanes);
    return policies.map(({ name, policy }) => {
      policy.order(view, orders.fill(0));
      return { name, orders: this.#chair(location).arcs.map((arc) => orders[arc * view.lanes + lane]) };
    });
  }

  #chair(location: string): Chair {
    const chair = this.#chairs.find((candidate) => candidate.location === location);
    if (chair === undefined) throw new Error(`there is no seat ${location}`);
    return chair;
  }
}
