/** Arrays that are kept from one use to the next, by what they are for: a loop over batches then leaves nothing to collect. */
export class KeptArrays {
  readonly #kept = new Map<string, Float32Array>();

  /** Room for so many numbers, whatever stood there before. */
  room(name: string, length: number): Float32Array {
    let kept = this.#kept.get(name);
    if (kept === undefined || kept.length < length) {
      kept = new Float32Array(length);
      this.#kept.set(name, kept);
    }
    return kept.length === length ? kept : kept.subarray(0, length);
  }

  /** The same, all 0. */
  zeros(name: string, length: number): Float32Array {
    return this.room(name, length).fill(0);
  }
}
