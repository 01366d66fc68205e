import type { LaneDistribution } from './lane-distribution.ts';

/** Distributions kept at one time: a trend brings new ones for ever. */
const MOST_KEPT = 20_000;

/** Some distributions and what they become under factors, each made when it is first drawn from. */
export class ScaledVariants {
  readonly #all: readonly LaneDistribution[];
  readonly #scaled: Map<number, LaneDistribution>[];
  /** [variant] the last that was asked for: lanes of one period mostly share their factor. */
  readonly #lastFactor: Float64Array;
  readonly #last: LaneDistribution[];
  #kept = 0;

  constructor(all: readonly LaneDistribution[]) {
    this.#all = all;
    this.#scaled = all.map(() => new Map());
    this.#lastFactor = new Float64Array(all.length).fill(1);
    this.#last = [...all];
  }

  at(variant: number, factor: number): LaneDistribution {
    if (factor === this.#lastFactor[variant]) return this.#last[variant];
    this.#lastFactor[variant] = factor;
    this.#last[variant] = this.#find(variant, factor);
    return this.#last[variant];
  }

  #find(variant: number, factor: number): LaneDistribution {
    if (factor === 1) return this.#all[variant];
    const known = this.#scaled[variant].get(factor);
    if (known) return known;
    if (this.#kept >= MOST_KEPT) {
      for (const scaled of this.#scaled) scaled.clear();
      this.#kept = 0;
    }
    const made = this.#all[variant].scaled(factor);
    this.#scaled[variant].set(factor, made);
    this.#kept++;
    return made;
  }
}
