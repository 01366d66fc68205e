/** Draws by inversion of a cumulative table with a guide (Chen and Asau 1974): about one comparison a draw, whatever the table's length. */
export class TableSampler {
  readonly #cumulative: Float64Array;
  readonly #guide: Int32Array;
  readonly #levels: number;

  constructor(probabilities: Float64Array) {
    this.#levels = guideLevels(probabilities.length);
    this.#cumulative = cumulativeTable(probabilities);
    this.#guide = guideTable(this.#cumulative, this.#levels);
  }

  /** The smallest k with P(demand <= k) > u, for u in [0, 1). Hot: no allocation. */
  quantile(u: number): number {
    const cumulative = this.#cumulative;
    let k = this.#guide[(u * this.#levels) | 0];
    while (cumulative[k] <= u) k++;
    return k;
  }
}

/** Sums from the left; the last is infinite, so that a search always ends. */
export function cumulativeTable(probabilities: Float64Array): Float64Array {
  const cumulative = new Float64Array(probabilities.length);
  let sum = 0;
  for (let k = 0; k < probabilities.length; k++) {
    sum += probabilities[k];
    cumulative[k] = sum;
  }
  cumulative[lastPossible(probabilities)] = Number.POSITIVE_INFINITY;
  return cumulative;
}

/** [level] where the search for a number from level / levels on may start. */
export function guideTable(cumulative: Float64Array, levels: number): Int32Array {
  const guide = new Int32Array(levels);
  let k = 0;
  for (let level = 0; level < levels; level++) {
    while (cumulative[k] <= level / levels) k++;
    guide[level] = k;
  }
  return guide;
}

/** Entries of a guide for a table of that length: a power of 2, 16 to 512. */
export function guideLevels(length: number): number {
  return Math.min(512, 2 ** Math.ceil(Math.log2(Math.max(16, length))));
}

/** The last entry that is not 0, so that a rounding error at the upper end cannot bring a demand that has no probability. */
function lastPossible(probabilities: Float64Array): number {
  let last = probabilities.length - 1;
  while (last > 0 && probabilities[last] === 0) last--;
  return last;
}
