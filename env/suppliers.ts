import type { Network } from './network.ts';
import { FixedPipeline } from './pipeline.ts';
import type { RandomLayout, RandomRows } from './random-rows.ts';
import type { ShelfLife } from './shelf-life.ts';
import { isPlain, type Receipt, SupplyLine } from './supply-line.ts';

export interface SuppliersParts {
  readonly network: Network;
  readonly random: RandomRows;
  readonly layout: RandomLayout;
  /** [node] or null where units keep. */
  readonly shelves: readonly (ShelfLife | null)[];
  /** [arc][lane] [units] received and of no use, written. */
  readonly wasted: Float64Array;
}

/** Everything on the way. Plain links move all their items in one go; the others arc by arc. */
export class Suppliers {
  /** Everything that the future depends on, [row][lane]. */
  readonly state: readonly Float64Array[];
  readonly #parts: SuppliersParts;
  readonly #items: number;
  /** [route] */
  readonly #plain: readonly (FixedPipeline | null)[];
  /** [arc] */
  readonly #lines: readonly (SupplyLine | null)[];
  /** [arc] the lane rows of `wasted`. */
  readonly #wasted: readonly Float64Array[];

  constructor(parts: SuppliersParts) {
    const { network, shelves, wasted } = parts;
    const { arcs, routes, lanes } = network;
    const items = network.scenario.items.length;
    this.#parts = parts;
    this.#items = items;
    this.#plain = routes.map(({ arc }) => {
      const own = arcs.slice(arc, arc + items);
      if (!own.every((one) => isPlain(one, shelves[one.to]))) return null;
      const countsTransit = own.some(({ transitCost }) => transitCost.some((cost) => cost > 0));
      return new FixedPipeline(own[0], { lanes, items, countsTransit });
    });
    this.#lines = arcs.map((arc, a) =>
      this.#plain[Math.floor(a / items)]
        ? null
        : new SupplyLine({ arc, lanes, origin: arc.from < 0 ? null : shelves[arc.from], destination: shelves[arc.to] }),
    );
    this.state = [...this.#plain, ...this.#lines].flatMap((one) => one?.state ?? []);
    this.#wasted = arcs.map((_, a) => wasted.subarray(a * lanes, (a + 1) * lanes));
  }

  /** [lane] what an arc delivers `periods` from now. */
  arriving(a: number, clock: number, periods: number): Float64Array {
    const plain = this.#plain[Math.floor(a / this.#items)];
    if (plain) return plain.arriving(clock, periods, a % this.#items);
    return this.#lines[a]?.pipeline.arriving(clock, periods) ?? NOTHING;
  }

  /** [lane] what was shipped on an arc `age` periods ago and is still on the way. */
  outstanding(a: number, clock: number, age: number): Float64Array {
    const plain = this.#plain[Math.floor(a / this.#items)];
    if (plain) return plain.outstanding(clock, age, a % this.#items);
    return this.#lines[a]?.pipeline.outstanding(clock, age) ?? NOTHING;
  }

  /** Puts a route's shipments, from [arc][lane], on their way. */
  dispatch(route: number, clock: number, shipped: Float64Array): void {
    const { lanes } = this.#parts.network;
    const first = route * this.#items;
    const plain = this.#plain[route];
    if (plain) {
      plain.ship(clock, shipped, first * lanes);
      return;
    }
    for (let a = first; a < first + this.#items; a++) this.#lines[a]?.dispatch(clock, shipped.subarray(a * lanes, (a + 1) * lanes));
  }

  /** Receives what a route delivers in the period in which it was shipped. */
  receiveAtOnce(route: number, clock: number, onHand: Float64Array, onOrder: Float64Array): void {
    const { routes, lanes } = this.#parts.network;
    const first = route * this.#items;
    const plain = this.#plain[route];
    if (plain) plain.receive(clock, onHand, onOrder, routes[route].to * lanes);
    else for (let a = first; a < first + this.#items; a++) this.#lines[a]?.receiveAtOnce(this.#receipt(a, { clock, onHand, onOrder }, 1));
  }

  /** Receives what is due at the start of a period. */
  receive(clock: number, onHand: Float64Array, onOrder: Float64Array): void {
    const { routes, lanes } = this.#parts.network;
    for (let r = 0; r < routes.length; r++) {
      const plain = this.#plain[r];
      const first = r * this.#items;
      if (plain) plain.receive(clock, onHand, onOrder, routes[r].to * lanes);
      else for (let a = first; a < first + this.#items; a++) this.#lines[a]?.receive(this.#receipt(a, { clock, onHand, onOrder }, 0));
    }
  }

  /** Adds what stock on a route costs while it is on its way, to [lane]. */
  chargeTransit(route: number, transit: Float64Array): void {
    const { arcs, lanes } = this.#parts.network;
    const first = route * this.#items;
    for (let a = first; a < first + this.#items; a++) {
      const { transitCost } = arcs[a];
      const plain = this.#plain[route];
      const inTransit = plain?.inTransit ?? this.#lines[a]?.pipeline.inTransit ?? NOTHING;
      const at = plain ? (a - first) * lanes : 0;
      for (let lane = 0; lane < lanes; lane++) transit[lane] += transitCost[lane] * inTransit[at + lane];
    }
  }

  /** What arrives at once and what arrives at the start of a period draw their yields apart where a lane can have both. */
  #receipt(a: number, state: Pick<Receipt, 'clock' | 'onHand' | 'onOrder'>, atOnce: 0 | 1): Receipt {
    const { network, random, layout } = this.#parts;
    const arc = network.arcs[a];
    const yieldRow = layout.yield[a] + (arc.randomLeadTime?.min === 0 ? atOnce : 0);
    return {
      ...state,
      at: arc.to * network.lanes,
      leadTimeDraws: arc.randomLeadTime ? random.from(layout.leadTime[a]) : NOTHING,
      yieldDraws: arc.yield ? random.row(yieldRow) : NOTHING,
      wasted: this.#wasted[a],
    };
  }

  /** Starts a lane with what the scenario has on the way, added to `onOrder` [node][lane]. */
  start(lane: number, clock: number, onOrder: Float64Array): void {
    for (const plain of this.#plain) plain?.clear(lane);
    for (const line of this.#lines) line?.clear(lane);
    const { arcs, lanes } = this.#parts.network;
    for (let a = 0; a < arcs.length; a++) {
      const { initialPipeline, to } = arcs[a];
      for (let k = 0; k < initialPipeline.length; k++) {
        const units = initialPipeline[k][lane];
        const plain = this.#plain[Math.floor(a / this.#items)];
        if (plain) plain.put(clock + k + 1, lane, units, a % this.#items);
        else this.#lines[a]?.put(clock + k + 1, lane, units);
        onOrder[to * lanes + lane] += units;
      }
    }
  }
}

const NOTHING = new Float64Array(0);
