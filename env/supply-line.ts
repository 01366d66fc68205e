import type { Arc } from './network.ts';
import { FixedPipeline, type Pipeline, RandomPipeline } from './pipeline.ts';
import type { ShelfLife } from './shelf-life.ts';
import { thin } from './yield.ts';

/** Can an arc's shipments be received as they were sent, at a time that is known, onto a shelf where nothing ages? */
export function isPlain({ randomLeadTime, yield: part }: Arc, shelf: ShelfLife | null): boolean {
  return randomLeadTime === null && part === null && shelf === null;
}

export interface SupplyLineParts {
  readonly arc: Arc;
  readonly lanes: number;
  /** Where the sender's and the receiver's units stand by age; null where they keep, and for the outside source. */
  readonly origin: ShelfLife | null;
  readonly destination: ShelfLife | null;
}

export interface Receipt {
  readonly clock: number;
  /** Uniform numbers of drawn lead times, [row][lane], and of the yield, [lane]. */
  readonly leadTimeDraws: Float64Array;
  readonly yieldDraws: Float64Array;
  /** Lane i of the receiving node stands at `at` + i. */
  readonly onHand: Float64Array;
  readonly onOrder: Float64Array;
  readonly at: number;
  /** [lane] of the arc: told of what could not be used. */
  readonly wasted: Float64Array;
}

/** An arc with more to it: lead times that are drawn, yields, or units that keep the life they have left while on the way. */
export class SupplyLine {
  readonly pipeline: Pipeline;
  readonly state: readonly Float64Array[];
  readonly #arc: Arc;
  readonly #lanes: number;
  readonly #origin: ShelfLife | null;
  readonly #destination: ShelfLife | null;
  /** [left - 1] what is on the way by the life it has left, where units come from another shelf. */
  readonly #cohorts: readonly Pipeline[];
  readonly #cohortRows: readonly Float64Array[];
  readonly #issued: Float64Array;
  readonly #arrivals: Float64Array;

  constructor({ arc, lanes, origin, destination }: SupplyLineParts) {
    const ages = origin && destination ? origin.longest : 0;
    this.#arc = arc;
    this.#lanes = lanes;
    this.#origin = origin;
    this.#destination = destination;
    this.pipeline = makePipeline(arc, lanes);
    this.#cohorts = Array.from({ length: ages }, () => makePipeline(arc, lanes));
    this.#cohortRows = this.#cohorts.map(() => new Float64Array(lanes));
    this.#issued = new Float64Array(ages);
    this.#arrivals = new Float64Array(lanes);
    this.state = [this.pipeline, ...this.#cohorts].flatMap(({ state }) => state);
  }

  /** Puts shipments [lane] on their way and takes them off the sender's shelf. */
  dispatch(clock: number, shipped: Float64Array): void {
    this.pipeline.ship(clock, shipped);
    if (!this.#origin) return;
    for (let lane = 0; lane < this.#lanes; lane++) {
      this.#origin.issue(lane, shipped[lane], this.#issued);
      for (let k = 0; k < this.#cohorts.length; k++) this.#cohortRows[k][lane] = this.#issued[k];
    }
    for (let k = 0; k < this.#cohorts.length; k++) this.#cohorts[k].ship(clock, this.#cohortRows[k]);
  }

  /** Receives what is due at the start of a period. */
  receive(receipt: Receipt): void {
    this.#receive(receipt, takeDue);
  }

  /** Receives what has a lead time of 0, right after dispatch. */
  receiveAtOnce(receipt: Receipt): void {
    this.#receive(receipt, takeAtOnce);
  }

  #receive(receipt: Receipt, take: typeof takeDue): void {
    const arrivals = this.#arrivals;
    const { onOrder, at } = receipt;
    take(this.pipeline, receipt, arrivals);
    for (let lane = 0; lane < this.#lanes; lane++) onOrder[at + lane] -= arrivals[lane];
    if (this.#cohorts.length === 0) {
      this.#store(receipt);
      return;
    }
    for (let k = 0; k < this.#cohorts.length; k++) {
      take(this.#cohorts[k], receipt, arrivals);
      this.#store(receipt, this.#destination?.row(k + 1));
    }
  }

  /** Puts the usable arrivals into stock, onto the given row of the shelf or as fresh units. */
  #store({ yieldDraws, onHand, at, wasted }: Receipt, shelfRow?: Float64Array): void {
    const arrivals = this.#arrivals;
    if (this.#arc.yield) thin(arrivals, this.#arc.yield, yieldDraws, wasted);
    for (let lane = 0; lane < this.#lanes; lane++) {
      onHand[at + lane] += arrivals[lane];
      if (shelfRow) shelfRow[lane] += arrivals[lane];
      else if (this.#destination && arrivals[lane] > 0) this.#destination.add(lane, arrivals[lane]);
    }
  }

  /** Puts fresh units on their way that will be received when the clock says so. */
  put(clock: number, lane: number, units: number): void {
    if (this.pipeline instanceof FixedPipeline) this.pipeline.put(clock, lane, units);
    const cohort = this.#cohorts[(this.#destination?.life[lane] ?? 0) - 1];
    if (cohort instanceof FixedPipeline) cohort.put(clock, lane, units);
  }

  clear(lane: number): void {
    this.pipeline.clear(lane);
    for (const cohort of this.#cohorts) cohort.clear(lane);
  }
}

function makePipeline(arc: Arc, lanes: number): Pipeline {
  return arc.randomLeadTime ? new RandomPipeline(arc.randomLeadTime, lanes) : new FixedPipeline(arc, { lanes });
}

function takeDue(pipeline: Pipeline, { clock, leadTimeDraws }: Receipt, arrivals: Float64Array): void {
  pipeline.take(clock, arrivals, leadTimeDraws);
}

function takeAtOnce(pipeline: Pipeline, { clock, leadTimeDraws }: Receipt, arrivals: Float64Array): void {
  pipeline.takeAtOnce(clock, arrivals, leadTimeDraws);
}
