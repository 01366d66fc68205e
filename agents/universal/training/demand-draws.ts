/** Draws whole demands from a table of probabilities by inversion: the larger the number given, the larger the demand. */
export class DemandDraws {
  readonly #cumulative: Float64Array;
  /** By the first bits of a number: the demand at which to begin to look. */
  readonly #guide: Int32Array;

  constructor(table: Float64Array) {
    const cumulative = new Float64Array(table.length);
    for (let k = 0, sum = 0; k < table.length; k++) {
      sum += table[k];
      cumulative[k] = sum;
    }
    this.#cumulative = cumulative;
    this.#guide = new Int32Array(GUIDES);
    for (let g = 0, k = 0; g < GUIDES; g++) {
      while (k < cumulative.length - 1 && cumulative[k] <= g / GUIDES) k++;
      this.#guide[g] = k;
    }
  }

  /** The smallest demand whose chance not to be exceeded is above u, in [0, 1). */
  at(u: number): number {
    const cumulative = this.#cumulative;
    let k = this.#guide[Math.floor(u * GUIDES)];
    while (k < cumulative.length - 1 && cumulative[k] <= u) k++;
    return k;
  }
}

const GUIDES = 256;
