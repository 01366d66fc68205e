import type { Policy } from '../agents/index.ts';
import type { Network, StateView } from '../env/index.ts';

/** Who orders at a location of a game. */
export interface PlayerSeat {
  readonly location: string;
  /** "human", or the spec of the policy. */
  readonly by: string;
  /** Null where a person orders. */
  readonly policy: Policy | null;
}

/** Indices of the arcs that a location orders on. */
export function arcsInto({ nodes, arcs }: Network, location: string): number[] {
  return arcs.flatMap(({ to }, arc) => (nodes[to].location === location ? [arc] : []));
}

/** The people at a table as a policy: what they gave for a period is what it orders, and policies order at the other seats. */
export class Player implements Policy {
  readonly name = 'you';
  readonly parameters = {};
  readonly seats: readonly PlayerSeat[];
  readonly #lane: number;
  /** [period] quantities by arc. */
  readonly #given: Map<number, number>[] = [];
  #scratch = new Float64Array(0);

  /** @param lane the one that is played; the others of a catalogue stand still */
  constructor(seats: readonly PlayerSeat[], lane: number) {
    this.seats = seats;
    this.#lane = lane;
  }

  /** Takes down what is to be ordered on an arc in a period, counted from 0. */
  give(period: number, arc: number, quantity: number): void {
    this.#given[period] ??= new Map();
    this.#given[period].set(arc, quantity);
  }

  /** As at the start of a game. */
  fresh(): Player {
    return new Player(this.seats, this.#lane);
  }

  order(view: StateView, orders: Float64Array): void {
    const { lanes, network, period } = view;
    if (this.#scratch.length !== orders.length) this.#scratch = new Float64Array(orders.length);
    for (const { location, policy } of this.seats) {
      const scratch = this.#scratch.fill(0);
      policy?.order(view, scratch);
      for (const arc of arcsInto(network, location)) {
        const at = arc * lanes + this.#lane;
        orders[at] = policy === null ? (this.#given[period[this.#lane]]?.get(arc) ?? 0) : scratch[at];
      }
    }
  }
}
