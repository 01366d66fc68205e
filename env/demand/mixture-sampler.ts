import { countTable } from './counts.ts';
import type { MixtureParts } from './spec.ts';

/** Draws from one mixture of count distributions by inversion of its table. */
export class MixtureSampler {
  /** [k] P(demand <= k) */
  readonly #cumulative: Float64Array;

  private constructor(cumulative: Float64Array) {
    this.#cumulative = cumulative;
  }

  /** The mixture at a cell; null where all weight is on one part, as that needs no table. */
  static of({ start, weight, mean, variance }: MixtureParts, cell: number): MixtureSampler | null {
    const parts = Array.from({ length: start[cell + 1] - start[cell] }, (_, part) => start[cell] + part).filter((at) => weight[at] > 0);
    if (parts.length < 2) return null;
    const tables = parts.map((at) => countTable(mean[at], variance[at]));
    const cumulative = new Float64Array(Math.max(...tables.map(({ length }) => length)));
    tables.forEach((probabilities, part) => {
      for (let k = 0; k < probabilities.length; k++) cumulative[k] += weight[parts[part]] * probabilities[k];
    });
    for (let k = 1; k < cumulative.length; k++) cumulative[k] += cumulative[k - 1];
    return new MixtureSampler(cumulative);
  }

  /** The smallest k with P(demand <= k) > u, for u in [0, 1). Hot: no allocation. */
  quantile(u: number): number {
    let low = 0;
    let high = this.#cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle] > u) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
