import type { Node } from './network.ts';

/** The stock of one node by how many periods it can still serve: rows [left][lane], left 1 to the longest life. */
export class ShelfLife {
  readonly longest: number;
  /** [left - 1][lane] [units] */
  readonly stock: Float64Array;
  /** [lane] [periods] that fresh units can serve. */
  readonly life: Int32Array;
  readonly #lanes: number;
  readonly #youngestFirst: boolean;
  readonly #rows: Float64Array[];

  constructor({ issuing }: Node, life: Int32Array) {
    this.longest = life.reduce((most, periods) => Math.max(most, periods), 1);
    this.#lanes = life.length;
    this.life = life;
    this.#youngestFirst = issuing === 'lifo';
    this.stock = new Float64Array(this.longest * this.#lanes);
    this.#rows = Array.from({ length: this.longest }, (_, k) => this.stock.subarray(k * this.#lanes, (k + 1) * this.#lanes));
  }

  /** [lane] units that can serve `left` more periods, this one counted. */
  row(left: number): Float64Array {
    return this.#rows[left - 1];
  }

  /** Puts fresh units on the shelf. */
  add(lane: number, quantity: number): void {
    this.stock[(this.life[lane] - 1) * this.#lanes + lane] += quantity;
  }

  /** Empties a lane's shelf. */
  clear(lane: number): void {
    for (const row of this.#rows) row[lane] = 0;
  }

  /** Takes units off a lane's shelf in the order in which they are issued; `into` [left - 1], where given, is told of which age they were. */
  issue(lane: number, quantity: number, into?: Float64Array): void {
    const { longest } = this;
    let wanted = quantity;
    for (let k = 0; k < longest; k++) {
      const age = this.#youngestFirst ? longest - 1 - k : k;
      const row = this.#rows[age];
      const taken = row[lane] < wanted ? row[lane] : wanted;
      row[lane] -= taken;
      wanted -= taken;
      if (into) into[age] = taken;
    }
  }

  /** A period has passed: units that can serve no more go to `discarded` [lane], the others have one period less. */
  age(discarded: Float64Array): void {
    discarded.set(this.#rows[0]);
    this.stock.copyWithin(0, this.#lanes);
    this.#rows[this.longest - 1].fill(0);
  }
}
