import type { Arc } from './network.ts';

/** What is on the way on one arc, as a ring of rows [slot][lane]: slot (clock + k) mod length is received k periods from now. */
export class Pipeline {
  readonly lanes: number;
  readonly length: number;
  /** [slot][lane] [units] */
  readonly quantities: Float64Array;
  /** [lane] [units] on the way in all. */
  readonly inTransit: Float64Array;
  readonly #rows: Float64Array[];
  readonly #leadTime: Int32Array;
  /** The lead time that all lanes share, or -1. */
  readonly #shared: number;

  constructor(arc: Arc, lanes: number) {
    this.lanes = lanes;
    this.length = arc.maxLeadTime + 1;
    this.quantities = new Float64Array(this.length * lanes);
    this.inTransit = new Float64Array(lanes);
    this.#rows = Array.from({ length: this.length }, (_, slot) => this.quantities.subarray(slot * lanes, (slot + 1) * lanes));
    this.#leadTime = arc.leadTime;
    this.#shared = arc.leadTime.every((leadTime) => leadTime === arc.leadTime[0]) ? arc.leadTime[0] : -1;
  }

  /** [lane] what is received `periods` from now, 0 to the largest lead time. */
  arriving(clock: number, periods: number): Float64Array {
    return this.#rows[(clock + periods) % this.length];
  }

  /** Puts shipments [lane] on their way. */
  ship(clock: number, shipped: Float64Array): void {
    const { lanes, length, quantities, inTransit } = this;
    for (let lane = 0; lane < lanes; lane++) inTransit[lane] += shipped[lane];
    if (this.#shared >= 0) {
      const row = this.#rows[(clock + this.#shared) % length];
      for (let lane = 0; lane < lanes; lane++) row[lane] += shipped[lane];
      return;
    }
    for (let lane = 0; lane < lanes; lane++) {
      quantities[((clock + this.#leadTime[lane]) % length) * lanes + lane] += shipped[lane];
    }
  }

  /** Moves what is due into stock: lane i of the receiving node stands at `at` + i of both arrays. */
  receive(clock: number, onHand: Float64Array, onOrder: Float64Array, at: number): void {
    const row = this.#rows[clock % this.length];
    const { lanes, inTransit } = this;
    for (let lane = 0; lane < lanes; lane++) {
      const quantity = row[lane];
      onHand[at + lane] += quantity;
      onOrder[at + lane] -= quantity;
      inTransit[lane] -= quantity;
      row[lane] = 0;
    }
  }

  /** Takes everything off a lane. */
  clear(lane: number): void {
    for (const row of this.#rows) row[lane] = 0;
    this.inTransit[lane] = 0;
  }
}
