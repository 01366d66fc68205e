/** What running an item depends on: everything in the item's own units, money in holding costs of a unit and period. */
export interface RunTerms {
  /** [periods] */
  readonly leadTime: number;
  /** [per unit] of demand that is lost. */
  readonly lost: number;
}

/** Orders up to S as soon as the position is below, at most r. */
export interface RunRule {
  readonly S: number;
  readonly r: number;
}

/** A place where states and demands stand in an array. */
export interface RunFrom {
  readonly state: Float64Array;
  readonly at: number;
}

/**
 * One item on its own, run through periods at some nanoseconds each: the simulator's arithmetic for one stock point with one source and nothing else, to which a test
 * holds it. States are stock on hand after receipt, then what is received 1, 2, ... periods from now.
 */
export class ItemRun {
  readonly terms: RunTerms;
  /** What will be received, by period modulo lead time. */
  readonly #ring: Float64Array;
  #onHand = 0;
  #position = 0;

  constructor(terms: RunTerms) {
    this.terms = terms;
    this.#ring = new Float64Array(Math.max(1, terms.leadTime));
  }

  /** Cost of the periods whose demands stand from `from` on: ordered is `first`, then what the rule says. */
  cost(start: RunFrom, first: number, { S, r }: RunRule, demands: Float64Array, from: number, periods: number): number {
    this.#begin(start);
    const ring = this.#ring;
    const { lost } = this.terms;
    const length = ring.length;
    let onHand = this.#onHand;
    let position = this.#position;
    let cost = 0;
    let order = first;
    for (let t = 0, slot = 0; t < periods; t++) {
      onHand += ring[slot];
      ring[slot] = order;
      position += order;
      slot = slot + 1 === length ? 0 : slot + 1;
      const demand = demands[from + t];
      if (demand <= onHand) {
        onHand -= demand;
        position -= demand;
        cost += onHand;
      } else {
        cost += lost * (demand - onHand);
        position -= onHand;
        onHand = 0;
      }
      order = position < S ? (S - position < r ? S - position : r) : 0;
    }
    return cost;
  }

  /** Runs through demands and writes the state that it comes to, the receipt of the period after included. `order` is told the period and the position. */
  run(start: RunFrom, order: (t: number, position: number) => number, demands: Float64Array): void {
    this.#begin(start);
    const ring = this.#ring;
    const { state, at } = start;
    const length = ring.length;
    let slot = 0;
    for (let t = 0; t < demands.length; t++) {
      this.#onHand += ring[slot];
      const units = order(t, this.#position);
      ring[slot] = units;
      slot = (slot + 1) % length;
      const served = Math.min(this.#onHand, demands[t]);
      this.#onHand -= served;
      this.#position += units - served;
    }
    state[at] = this.#onHand + ring[slot];
    for (let i = 1; i < length; i++) state[at + i] = ring[(slot + i) % length];
  }

  #begin({ state, at }: RunFrom): void {
    const ring = this.#ring;
    ring[0] = 0;
    this.#onHand = state[at];
    this.#position = state[at];
    for (let i = 1; i < ring.length; i++) {
      ring[i] = state[at + i];
      this.#position += state[at + i];
    }
  }
}
