const SLOTS = 2 ** 17;
/** A fuller table is not added to: looking for a place in it takes too long. */
const MOST = SLOTS / 2;
const NOTHING = -1;

/** An item's orders by state, so that a state that comes again costs a look. States are whole numbers, written as digits of one number. */
export class OrderMemory {
  /** Digits are below this: nothing larger is ever on the way. */
  readonly #base: number;
  /** Stock is never below it. */
  readonly #lowest: number;
  readonly #keys = new Float64Array(SLOTS).fill(NOTHING);
  readonly #orders = new Float64Array(SLOTS);
  #count = 0;

  constructor({ largestOrder, lowest }: { readonly largestOrder: number; readonly lowest: number }) {
    this.#base = largestOrder + 1;
    this.#lowest = lowest;
  }

  /** The number of a state of `length` numbers from an entry on, or -1 where it has none: stock comes first, then what is on the way. */
  key(state: Float64Array, at: number, length: number): number {
    const base = this.#base;
    let key = state[at] - this.#lowest;
    if (!(key >= 0) || key !== Math.floor(key)) return NOTHING;
    for (let i = 1; i < length; i++) {
      const units = state[at + i];
      if (!(units < base)) return NOTHING;
      key = key * base + units;
      if (units !== Math.floor(units)) return NOTHING;
    }
    return Number.isSafeInteger(key) ? key : NOTHING;
  }

  /** The order that is remembered for a key, or -1. */
  recall(key: number): number {
    const slot = this.#slot(key);
    return this.#keys[slot] === key ? this.#orders[slot] : NOTHING;
  }

  keep(key: number, order: number): void {
    if (this.#count >= MOST) return;
    const slot = this.#slot(key);
    if (this.#keys[slot] === NOTHING) this.#count++;
    this.#keys[slot] = key;
    this.#orders[slot] = order;
  }

  /** Where a key stands, or would. */
  #slot(key: number): number {
    const keys = this.#keys;
    let slot = (Math.imul(key % 0x7fffffff, 0x9e3779b1) >>> 8) & (SLOTS - 1);
    while (keys[slot] !== NOTHING && keys[slot] !== key) slot = (slot + 1) & (SLOTS - 1);
    return slot;
  }
}
