/**
 * Numbers states, rows of `width` numbers, in the order in which they are first seen: a hash table with open addressing over one
 * typed array, because a search adds millions of rows.
 */
export class StateTable {
  readonly width: number;
  size = 0;
  #rows: Float64Array;
  #slots: Int32Array;

  constructor(width: number) {
    this.width = width;
    this.#rows = new Float64Array(width * 1024);
    this.#slots = new Int32Array(4096).fill(-1);
  }

  /** The number of a state, which is given the next free one where it is new. */
  add(row: ArrayLike<number>): number {
    const slot = this.#slotOf(row);
    if (this.#slots[slot] >= 0) return this.#slots[slot];
    const state = this.size++;
    this.#slots[slot] = state;
    const { width } = this;
    if (this.size * width > this.#rows.length) this.#growRows();
    for (let k = 0; k < width; k++) this.#rows[state * width + k] = row[k];
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return state;
  }

  /** The number of a state, or -1 where it was never added. */
  find(row: ArrayLike<number>): number {
    return this.#slots[this.#slotOf(row)];
  }

  /** Writes a state's numbers into `row`. */
  read(state: number, row: Float64Array): void {
    const { width } = this;
    for (let k = 0; k < width; k++) row[k] = this.#rows[state * width + k];
  }

  #slotOf(row: ArrayLike<number>): number {
    const { width } = this;
    const rows = this.#rows;
    const mask = this.#slots.length - 1;
    let slot = hash(row, width) & mask;
    for (;;) {
      const state = this.#slots[slot];
      if (state < 0) return slot;
      let k = 0;
      while (k < width && rows[state * width + k] === row[k]) k++;
      if (k === width) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #growRows(): void {
    const larger = new Float64Array(this.#rows.length * 2);
    larger.set(this.#rows);
    this.#rows = larger;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    const row = new Float64Array(this.width);
    for (let state = 0; state < this.size; state++) {
      this.read(state, row);
      let slot = hash(row, this.width) & mask;
      while (slots[slot] >= 0) slot = (slot + 1) & mask;
      slots[slot] = state;
    }
    this.#slots = slots;
  }
}

/** Fractions are hashed by their first 8 binary places; the comparison of rows is exact. */
function hash(row: ArrayLike<number>, width: number): number {
  let h = 0x811c9dc5;
  for (let k = 0; k < width; k++) {
    h = Math.imul(h ^ (row[k] * 256), 0x9e3779b1);
    h ^= h >>> 15;
  }
  return h >>> 0;
}
