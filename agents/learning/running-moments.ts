/**
 * Mean and variance of a stream of batches; each new batch counts for at least `rate`, so that old ones fade. The variance is that within batches: a
 * drift of the mean from batch to batch is no spread.
 */
export class RunningMoments {
  mean = 0;
  variance = 1;
  /** Batches seen. */
  batches = 0;
  readonly #rate: number;

  constructor({ rate }: { readonly rate: number }) {
    this.#rate = rate;
  }

  get deviation(): number {
    return Math.sqrt(this.variance);
  }

  update(values: ArrayLike<number>): void {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i];
    const mean = sum / values.length;
    let squares = 0;
    for (let i = 0; i < values.length; i++) squares += (values[i] - mean) * (values[i] - mean);
    this.batches++;
    const share = Math.max(1 / this.batches, this.#rate);
    this.mean += share * (mean - this.mean);
    this.variance += share * (squares / values.length - this.variance);
    // Equal values say nothing about scale.
    if (!(this.variance > 1e-12)) this.variance = 1;
  }

  save(): Float64Array {
    return Float64Array.of(this.mean, this.variance, this.batches);
  }

  restore(saved: ArrayLike<number>): void {
    this.mean = saved[0];
    this.variance = saved[1];
    this.batches = saved[2];
  }
}
