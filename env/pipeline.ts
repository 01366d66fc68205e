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

/** Lead times that are known, for several items at once: a ring of blocks [slot][item][lane]; slot (clock + k) mod length is received k periods from now. */
export class FixedPipeline implements Pipeline {
  /** [item][lane] */
  readonly inTransit: Float64Array;
  readonly state: readonly Float64Array[];
  readonly #lanes: number;
  readonly #cells: number;
  readonly #length: number;
  /** [slot][item][lane] [units] */
  readonly #quantities: Float64Array;
  /** [slot * items + item] rows of [lane], made when they are asked for. */
  readonly #rows: (Float64Array | undefined)[] = [];
  readonly #leadTime: Int32Array;
  /** The lead time that all lanes share, or -1. */
  readonly #shared: number;
  readonly #countsTransit: boolean;

  constructor(
    { leadTime, maxLeadTime }: Pick<Arc, 'leadTime' | 'maxLeadTime'>,
    { lanes, items = 1, countsTransit = true }: PipelineOptions,
  ) {
    this.#lanes = lanes;
    this.#cells = items * lanes;
    this.#length = maxLeadTime + 1;
    this.#quantities = new Float64Array(this.#length * this.#cells);
    this.inTransit = new Float64Array(this.#cells);
    this.state = [this.#quantities, this.inTransit];
    this.#leadTime = leadTime;
    this.#shared = leadTime.every((periods) => periods === leadTime[0]) ? leadTime[0] : -1;
    this.#countsTransit = countsTransit;
  }

  arriving(clock: number, periods: number, item = 0): Float64Array {
    const row = ((clock + periods) % this.#length) * (this.#cells / this.#lanes) + item;
    let values = this.#rows[row];
    if (!values) {
      values = this.#quantities.subarray(row * this.#lanes, (row + 1) * this.#lanes);
      this.#rows[row] = values;
    }
    return values;
  }

  outstanding(clock: number, age: number, item = 0): Float64Array {
    const out = new Float64Array(this.#lanes);
    for (let lane = 0; lane < this.#lanes; lane++) {
      const left = this.#leadTime[lane] - age;
      if (left >= 0) out[lane] = this.arriving(clock, left, item)[lane];
    }
    return out;
  }

  /** Hot: shipments [item][lane] stand from index `at` on. */
  ship(clock: number, shipped: Float64Array, at = 0): void {
    const { inTransit } = this;
    const cells = this.#cells;
    const quantities = this.#quantities;
    if (this.#countsTransit) for (let i = 0; i < cells; i++) inTransit[i] += shipped[at + i];
    if (this.#shared >= 0) {
      const to = ((clock + this.#shared) % this.#length) * cells;
      for (let i = 0; i < cells; i++) quantities[to + i] += shipped[at + i];
      return;
    }
    for (let first = 0; first < cells; first += this.#lanes) {
      for (let lane = 0; lane < this.#lanes; lane++) {
        const slot = (clock + this.#leadTime[lane]) % this.#length;
        quantities[slot * cells + first + lane] += shipped[at + first + lane];
      }
    }
  }

  take(clock: number, arrivals: Float64Array): void {
    const { inTransit } = this;
    const cells = this.#cells;
    const quantities = this.#quantities;
    const from = (clock % this.#length) * cells;
    for (let i = 0; i < cells; i++) {
      arrivals[i] = quantities[from + i];
      quantities[from + i] = 0;
    }
    if (this.#countsTransit) for (let i = 0; i < cells; i++) inTransit[i] -= arrivals[i];
  }

  takeAtOnce(clock: number, arrivals: Float64Array): void {
    this.take(clock, arrivals);
  }

  /** Hot: moves what is due into stock; [item][lane] of the receiving nodes stand from `at` on in both arrays. */
  receive(clock: number, onHand: Float64Array, onOrder: Float64Array, at: number): void {
    const { inTransit } = this;
    const cells = this.#cells;
    const quantities = this.#quantities;
    const from = (clock % this.#length) * cells;
    if (this.#countsTransit) for (let i = 0; i < cells; i++) inTransit[i] -= quantities[from + i];
    for (let i = 0; i < cells; i++) {
      const quantity = quantities[from + i];
      onHand[at + i] += quantity;
      onOrder[at + i] -= quantity;
      quantities[from + i] = 0;
    }
  }

  /** Puts units on their way that will be received when the clock says so, within the ring's length. */
  put(clock: number, lane: number, units: number, item = 0): void {
    const i = item * this.#lanes + lane;
    this.#quantities[(clock % this.#length) * this.#cells + i] += units;
    if (this.#countsTransit) this.inTransit[i] += units;
  }

  clear(lane: number): void {
    for (let i = lane; i < this.#quantities.length; i += this.#lanes) this.#quantities[i] = 0;
    for (let i = lane; i < this.#cells; i += this.#lanes) this.inTransit[i] = 0;
  }
}

export interface PipelineOptions {
  readonly lanes: number;
  /** Default 1. */
  readonly items?: number;
  /** Is `inTransit` kept up? Default true. */
  readonly countsTransit?: boolean;
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
