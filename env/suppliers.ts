import type { Network } from './network.ts';
import { FixedPipeline, type Pipeline } from './pipeline.ts';
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

/** Everything on the way, arc by arc. Plain arcs go the short way. */
export class Suppliers {
  /** [arc] */
  readonly pipelines: readonly Pipeline[];
  /** Everything that the future depends on, [row][lane]. */
  readonly state: readonly Float64Array[];
  readonly #parts: SuppliersParts;
  readonly #plain: readonly (FixedPipeline | null)[];
  readonly #lines: readonly (SupplyLine | null)[];
  /** [arc] the lane rows of `wasted`. */
  readonly #wasted: readonly Float64Array[];

  constructor(parts: SuppliersParts) {
    const { network, shelves, wasted } = parts;
    const { arcs, lanes } = network;
    this.#parts = parts;
    this.#plain = arcs.map((arc) => (isPlain(arc, shelves[arc.to]) ? new FixedPipeline(arc, lanes) : null));
    this.#lines = arcs.map((arc, a) =>
      this.#plain[a] ? null : new SupplyLine({ arc, lanes, origin: arc.from < 0 ? null : shelves[arc.from], destination: shelves[arc.to] }),
    );
    this.pipelines = this.#lines.map((line, a) => line?.pipeline ?? this.#plain[a]).filter((pipeline) => pipeline !== null);
    this.state = this.#lines.flatMap((line, a) => line?.state ?? this.#plain[a]?.state ?? []);
    this.#wasted = arcs.map((_, a) => wasted.subarray(a * lanes, (a + 1) * lanes));
  }

  /** Puts an arc's shipments, from [arc][lane], on their way. */
  dispatch(a: number, clock: number, shipped: Float64Array): void {
    const { lanes } = this.#parts.network;
    const row = shipped.subarray(a * lanes, (a + 1) * lanes);
    const plain = this.#plain[a];
    if (plain) plain.ship(clock, row);
    else this.#lines[a]?.dispatch(clock, row);
  }

  /** Receives what an arc delivers in the period in which it was shipped. */
  receiveAtOnce(a: number, clock: number, onHand: Float64Array, onOrder: Float64Array): void {
    const plain = this.#plain[a];
    if (plain) plain.receive(clock, onHand, onOrder, this.#parts.network.arcs[a].to * this.#parts.network.lanes);
    else this.#lines[a]?.receiveAtOnce(this.#receipt(a, { clock, onHand, onOrder }, 1));
  }

  /** Receives what is due at the start of a period, on all arcs. */
  receive(clock: number, onHand: Float64Array, onOrder: Float64Array): void {
    const { arcs, lanes } = this.#parts.network;
    for (let a = 0; a < arcs.length; a++) {
      const plain = this.#plain[a];
      if (plain) plain.receive(clock, onHand, onOrder, arcs[a].to * lanes);
      else this.#lines[a]?.receive(this.#receipt(a, { clock, onHand, onOrder }, 0));
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

  clear(lane: number): void {
    for (const plain of this.#plain) plain?.clear(lane);
    for (const line of this.#lines) line?.clear(lane);
  }
}

const NOTHING = new Float64Array(0);
