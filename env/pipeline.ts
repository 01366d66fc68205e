import type { Arc } from './network.ts';
import type { LeadTimeHazard } from './random-lead-time.ts';

/** What is on the way on one arc. */
export interface Pipeline {
  /** [lane] [units] on the way in all; kept up only where stock in transit is charged. */
  readonly inTransit: Float64Array;
  /** Everything that the future depends on, [row][lane]. */
  readonly state: readonly Float64Array[];
  /** [lane] what will be received `periods` from now, 0 to the largest lead time; where lead times are drawn, its mean. */
  arriving(clock: number, periods: number): Float64Array;
  /** [lane] what was shipped `age` periods ago and is still on the way. */
  outstanding(clock: number, age: number): Float64Array;
  /** Puts shipments [lane] on their way. */
  ship(clock: number, shipped: Float64Array): void;
  /** Takes what is due off the way into `arrivals` [lane]. `draws` [row][lane] holds the uniform numbers of drawn lead times. */
  take(clock: number, arrivals: Float64Array, draws: Float64Array): void;
  /** The same for what was shipped in this very period. */
  takeAtOnce(clock: number, arrivals: Float64Array, draws: Float64Array): void;
  /** Takes everything off a lane. */
  clear(lane: number): void;
}

/** Lead times that are known: a ring of rows [slot][lane]; slot (clock + k) mod length is received k periods from now. */
export class FixedPipeline implements Pipeline {
  readonly inTransit: Float64Array;
  readonly state: readonly Float64Array[];
  readonly #lanes: number;
  readonly #length: number;
  /** [slot][lane] [units] */
  readonly #quantities: Float64Array;
  readonly #rows: Float64Array[];
  readonly #leadTime: Int32Array;
  /** The lead time that all lanes share, or -1. */
  readonly #shared: number;
  readonly #outstanding: Float64Array;
  readonly #countsTransit: boolean;

  constructor(arc: Arc, lanes: number) {
    this.#lanes = lanes;
    this.#length = arc.maxLeadTime + 1;
    this.#quantities = new Float64Array(this.#length * lanes);
    this.inTransit = new Float64Array(lanes);
    this.state = [this.#quantities, this.inTransit];
    this.#countsTransit = arc.transitCost.some((cost) => cost > 0);
    this.#rows = rowsOf(this.#quantities, lanes);
    this.#leadTime = arc.leadTime;
    this.#shared = arc.leadTime.every((leadTime) => leadTime === arc.leadTime[0]) ? arc.leadTime[0] : -1;
    this.#outstanding = new Float64Array(lanes);
  }

  arriving(clock: number, periods: number): Float64Array {
    return this.#rows[(clock + periods) % this.#length];
  }

  outstanding(clock: number, age: number): Float64Array {
    const out = this.#outstanding;
    for (let lane = 0; lane < this.#lanes; lane++) {
      const left = this.#leadTime[lane] - age;
      out[lane] = left >= 0 ? this.#quantities[((clock + left) % this.#length) * this.#lanes + lane] : 0;
    }
    return out;
  }

  ship(clock: number, shipped: Float64Array): void {
    const { inTransit } = this;
    const lanes = this.#lanes;
    const length = this.#length;
    const quantities = this.#quantities;
    if (this.#countsTransit) for (let lane = 0; lane < lanes; lane++) inTransit[lane] += shipped[lane];
    if (this.#shared >= 0) {
      const row = this.#rows[(clock + this.#shared) % length];
      for (let lane = 0; lane < lanes; lane++) row[lane] += shipped[lane];
      return;
    }
    for (let lane = 0; lane < lanes; lane++) {
      quantities[((clock + this.#leadTime[lane]) % length) * lanes + lane] += shipped[lane];
    }
  }

  take(clock: number, arrivals: Float64Array): void {
    const row = this.#rows[clock % this.#length];
    const { inTransit } = this;
    for (let lane = 0; lane < this.#lanes; lane++) {
      arrivals[lane] = row[lane];
      row[lane] = 0;
    }
    if (this.#countsTransit) for (let lane = 0; lane < this.#lanes; lane++) inTransit[lane] -= arrivals[lane];
  }

  takeAtOnce(clock: number, arrivals: Float64Array): void {
    this.take(clock, arrivals);
  }

  /** Moves what is due into stock: lane i of the receiving node stands at `at` + i of both arrays. Hot. */
  receive(clock: number, onHand: Float64Array, onOrder: Float64Array, at: number): void {
    const row = this.#rows[clock % this.#length];
    const { inTransit } = this;
    const lanes = this.#lanes;
    if (this.#countsTransit) for (let lane = 0; lane < lanes; lane++) inTransit[lane] -= row[lane];
    for (let lane = 0; lane < lanes; lane++) {
      const quantity = row[lane];
      onHand[at + lane] += quantity;
      onOrder[at + lane] -= quantity;
      row[lane] = 0;
    }
  }

  clear(lane: number): void {
    for (const row of this.#rows) row[lane] = 0;
    this.inTransit[lane] = 0;
  }
}

/** Lead times that are drawn: a ring of rows [slot][lane] in which an order stays where it was put until its age's chance comes up. */
export class RandomPipeline implements Pipeline {
  readonly inTransit: Float64Array;
  readonly state: readonly Float64Array[];
  readonly #lanes: number;
  readonly #leadTime: LeadTimeHazard;
  readonly #rows: Float64Array[];
  readonly #expected: Float64Array[];

  constructor(leadTime: LeadTimeHazard, lanes: number) {
    const quantities = new Float64Array((leadTime.max + 1) * lanes);
    this.#lanes = lanes;
    this.#leadTime = leadTime;
    this.inTransit = new Float64Array(lanes);
    this.state = [quantities, this.inTransit];
    this.#rows = rowsOf(quantities, lanes);
    this.#expected = this.#rows.map(() => new Float64Array(lanes));
  }

  arriving(clock: number, periods: number): Float64Array {
    const { max, hazard } = this.#leadTime;
    const lanes = this.#lanes;
    const expected = this.#expected[periods].fill(0);
    if (periods === 0) return expected;
    for (let age = 1; age + periods <= max; age++) {
      const row = this.outstanding(clock, age);
      for (let lane = 0; lane < lanes; lane++) {
        let chance = row[lane];
        for (let later = age + 1; later < age + periods; later++) chance *= 1 - hazard[later * lanes + lane];
        expected[lane] += chance * hazard[(age + periods) * lanes + lane];
      }
    }
    return expected;
  }

  outstanding(clock: number, age: number): Float64Array {
    const length = this.#rows.length;
    return this.#rows[(clock - age + length * (1 + Math.floor(age / length))) % length];
  }

  ship(clock: number, shipped: Float64Array): void {
    const row = this.outstanding(clock, 0);
    for (let lane = 0; lane < this.#lanes; lane++) {
      row[lane] += shipped[lane];
      this.inTransit[lane] += shipped[lane];
    }
  }

  take(clock: number, arrivals: Float64Array, draws: Float64Array): void {
    arrivals.fill(0);
    for (let age = this.#leadTime.max; age >= Math.max(1, this.#leadTime.min); age--) this.#takeAge(clock, age, arrivals, draws);
  }

  takeAtOnce(clock: number, arrivals: Float64Array, draws: Float64Array): void {
    arrivals.fill(0);
    this.#takeAge(clock, 0, arrivals, draws);
  }

  #takeAge(clock: number, age: number, arrivals: Float64Array, draws: Float64Array): void {
    const { min, crossing, hazard } = this.#leadTime;
    const lanes = this.#lanes;
    const row = this.outstanding(clock, age);
    const draw = crossing ? (age - min) * lanes : 0;
    for (let lane = 0; lane < lanes; lane++) {
      if (row[lane] === 0 || draws[draw + lane] >= hazard[age * lanes + lane]) continue;
      arrivals[lane] += row[lane];
      this.inTransit[lane] -= row[lane];
      row[lane] = 0;
    }
  }

  clear(lane: number): void {
    for (const row of this.#rows) row[lane] = 0;
    this.inTransit[lane] = 0;
  }
}

/** Rows of uniform numbers that a drawn lead time needs in a period. */
export function leadTimeDraws({ min, max, crossing }: LeadTimeHazard): number {
  return crossing ? max - min + 1 : 1;
}

function rowsOf(values: Float64Array, lanes: number): Float64Array[] {
  return Array.from({ length: values.length / lanes }, (_, slot) => values.subarray(slot * lanes, (slot + 1) * lanes));
}
