/** A list of numbers in one typed array that doubles as it fills: what a search of unknown size is written into. */
export class GrowingNumbers<A extends Float64Array | Int32Array> {
  #values: A;
  readonly #make: (length: number) => A;
  length = 0;

  constructor(make: (length: number) => A, capacity = 1024) {
    this.#make = make;
    this.#values = make(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow();
    this.#values[this.length++] = value;
  }

  /** Adds to an entry that is already there. */
  increase(index: number, by: number): void {
    this.#values[index] += by;
  }

  at(index: number): number {
    return this.#values[index];
  }

  /** The numbers so far; a later push may leave this array behind. */
  filled(): A {
    return this.#values.subarray(0, this.length) as A;
  }

  #grow(): void {
    const larger = this.#make(this.#values.length * 2);
    larger.set(this.#values);
    this.#values = larger;
  }
}

export function growingFloats(): GrowingNumbers<Float64Array> {
  return new GrowingNumbers((length) => new Float64Array(length));
}

export function growingIntegers(): GrowingNumbers<Int32Array> {
  return new GrowingNumbers((length) => new Int32Array(length));
}
