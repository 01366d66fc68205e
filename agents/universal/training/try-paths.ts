import type { RandomStream } from '../../../env/index.ts';
import { latticeVector } from '../../learning/dcl/lattice.ts';
import { LONGEST_LEAD_TIME } from '../lead-time-facts.ts';

/** Uniform numbers for paths that are points of a shifted lattice. */
export class TryPaths {
  readonly paths: number;
  readonly longest: number;
  /** By the dimensions that a period takes: generating vectors, [period][dimension]. */
  readonly #vectors = new Map<number, Int32Array>();

  /** `longest` [periods] of any path. */
  constructor({ paths, longest }: { readonly paths: number; readonly longest: number }) {
    this.paths = paths;
    this.longest = longest;
  }

  /** Writers of the numbers of one dimension of a period, each with a random shift. */
  writer(dimensions: number, random: RandomStream): (period: number, dimension: number, into: Float64Array) => void {
    const { paths } = this;
    const vector = this.#vector(dimensions);
    return (period, dimension, into) => {
      const z = vector[period * dimensions + dimension];
      const shift = random.next();
      for (let path = 0; path < paths; path++) {
        const u = ((path * z) % paths) / paths + shift;
        into[path] = u >= 1 ? u - 1 : u;
      }
    };
  }

  #vector(dimensions: number): Int32Array {
    let vector = this.#vectors.get(dimensions);
    if (vector === undefined) {
      // Periods that come later matter less.
      const weights = Array.from(
        { length: this.longest * dimensions },
        (_, k) => (1 + Math.floor(k / dimensions) / LONGEST_LEAD_TIME) ** -2,
      );
      vector = latticeVector(this.paths, weights);
      this.#vectors.set(dimensions, vector);
    }
    return vector;
  }
}

/** Numbers of a stream. */
export function drawn(count: number, random: RandomStream): Float64Array {
  return Float64Array.from({ length: count }, () => random.next());
}
