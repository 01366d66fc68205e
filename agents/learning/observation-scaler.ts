/** Farthest that a scaled observation goes from 0 [standard deviations]. */
const LIMIT = 10;

/** Brings every feature of an observation to mean 0 and variance 1 by what was seen so far. Only `update` changes it: acting and evaluating do not. */
export class ObservationScaler {
  readonly #features: number;
  #count = 0;
  readonly #mean: Float64Array;
  readonly #squares: Float64Array;

  constructor(features: number) {
    this.#features = features;
    this.#mean = new Float64Array(features);
    this.#squares = new Float64Array(features);
  }

  /** Takes rows into the statistics (Welford's recurrence). */
  update(observations: Float32Array, rows: number): void {
    for (let row = 0; row < rows; row++) {
      this.#count++;
      for (let f = 0; f < this.#features; f++) {
        const value = observations[row * this.#features + f];
        const gap = value - this.#mean[f];
        this.#mean[f] += gap / this.#count;
        this.#squares[f] += gap * (value - this.#mean[f]);
      }
    }
  }

  /** Writes scaled rows into `into`, which may be the same array. */
  apply(observations: Float32Array, rows: number, into: Float32Array): void {
    const scale = this.#scales();
    for (let row = 0; row < rows; row++) {
      for (let f = 0; f < this.#features; f++) {
        const at = row * this.#features + f;
        const value = (observations[at] - this.#mean[f]) * scale[f];
        into[at] = value > LIMIT ? LIMIT : value < -LIMIT ? -LIMIT : value;
      }
    }
  }

  /** [count, means, sums of squared gaps] */
  save(): Float64Array {
    return Float64Array.of(this.#count, ...this.#mean, ...this.#squares);
  }

  restore(saved: Float64Array): void {
    this.#count = saved[0];
    this.#mean.set(saved.subarray(1, 1 + this.#features));
    this.#squares.set(saved.subarray(1 + this.#features));
  }

  #scales(): Float64Array {
    // A feature that never moved is left unscaled.
    return this.#squares.map((squares) => (squares > 1e-9 * this.#count ? 1 / Math.sqrt(squares / this.#count) : 1));
  }
}
