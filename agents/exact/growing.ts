interface ArrayKind<A> {
  make(length: number): A;
  first(values: A, length: number): A;
}

/** A list of numbers in one typed array that doubles as it fills: what a search of unknown size is written into. */
export class GrowingNumbers<A extends Float64Array | Int32Array> {
  #values: A;
  readonly #kind: ArrayKind<A>;
  length = 0;

  constructor(kind: ArrayKind<A>, capacity = 1024) {
    this.#kind = kind;
    this.#values = kind.make(capacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow();
    this.#values[this.length++] = value;
  }

  /** Rewrites an entry that is already there. */
  set(index: number, value: number): void {
    this.#values[index] = value;
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
    return this.#kind.first(this.#values, this.length);
  }

  #grow(): void {
    const larger = this.#kind.make(this.#values.length * 2);
    larger.set(this.#values);
    this.#values = larger;
  }
}

export function growingFloats(): GrowingNumbers<Float64Array> {
  return new GrowingNumbers({ make: (length) => new Float64Array(length), first: (values, length) => values.subarray(0, length) });
}

export function growingIntegers(): GrowingNumbers<Int32Array> {
  return new GrowingNumbers({ make: (length) => new Int32Array(length), first: (values, length) => values.subarray(0, length) });
}
