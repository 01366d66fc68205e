/** Rows drawn in proportion to their priorities: a binary tree of sums (Schaul et al. 2016, appendix B). */
export class Priorities {
  /** [row] */
  readonly leaves: Float64Array;
  /** The largest priority ever given: what rows begin with that were never looked at. */
  largest = 1;
  readonly #size: number;
  readonly #sums: Float64Array;

  constructor(rows: number) {
    this.#size = 2 ** Math.ceil(Math.log2(Math.max(rows, 2)));
    this.#sums = new Float64Array(2 * this.#size);
    this.leaves = this.#sums.subarray(this.#size, this.#size + rows);
  }

  get total(): number {
    return this.#sums[1];
  }

  set(row: number, priority: number): void {
    if (priority > this.largest) this.largest = priority;
    let at = this.#size + row;
    this.#sums[at] = priority;
    for (at >>= 1; at >= 1; at >>= 1) this.#sums[at] = this.#sums[2 * at] + this.#sums[2 * at + 1];
  }

  /** The row at a place on the line of all priorities laid end to end, 0 to total. */
  find(place: number): number {
    let left = place;
    let at = 1;
    while (at < this.#size) {
      at *= 2;
      // Rounding may point beyond the last row: a part without priority is never entered.
      if (left >= this.#sums[at] && this.#sums[at + 1] > 0) {
        left -= this.#sums[at];
        at++;
      }
    }
    return at - this.#size;
  }

  /** After the leaves were written into. */
  rebuild(): void {
    for (let at = this.#size - 1; at >= 1; at--) this.#sums[at] = this.#sums[2 * at] + this.#sums[2 * at + 1];
  }
}
