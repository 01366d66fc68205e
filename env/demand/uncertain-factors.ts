/** Asks a process for mean and variance under factors. */
type Ask = (mean: Float64Array, variance: Float64Array, factors: Float64Array) => void;

/**
 * Factors of which a part is not known yet. What they make of a process follows from two questions to it, its variance being a f + b f² under a
 * factor f: exact for Poisson, negative binomial, gamma, lognormal and what is mixed from them, near for rounded and clipped ones.
 */
export class UncertainFactors {
  /** [lane] the part that is known. */
  readonly certain: Float64Array;
  /** [lane] mean and mean square of the part that is not. */
  readonly #unknown: Float64Array[];
  readonly #doubled: Float64Array;
  readonly #otherMean: Float64Array;
  readonly #otherVariance: Float64Array;

  constructor(lanes: number) {
    this.certain = new Float64Array(lanes);
    this.#unknown = Array.from({ length: lanes }, () => Float64Array.of(1, 1));
    this.#doubled = new Float64Array(lanes);
    this.#otherMean = new Float64Array(lanes);
    this.#otherVariance = new Float64Array(lanes);
  }

  /** Mean and mean square of a lane's unknown part, to be written. */
  at(lane: number): Float64Array {
    return this.#unknown[lane];
  }

  apply(ask: Ask, mean: Float64Array, variance: Float64Array): void {
    ask(mean, variance, this.certain);
    if (this.#unknown.every((part) => part[0] === 1 && part[1] === 1)) return;
    for (let lane = 0; lane < this.#doubled.length; lane++) this.#doubled[lane] = 2 * this.certain[lane];
    ask(this.#otherMean, this.#otherVariance, this.#doubled);
    for (let lane = 0; lane < this.#doubled.length; lane++) {
      const one = this.#unknown[lane][0];
      const two = this.#unknown[lane][1];
      const square = (this.#otherVariance[lane] - 2 * variance[lane]) / 2;
      const linear = variance[lane] - square;
      variance[lane] = linear * one + square * two + mean[lane] * mean[lane] * (two - one * one);
      mean[lane] *= one;
    }
  }
}
