import { solveCholesky } from './cholesky.ts';

/** Rows that are added to the matrix at once: it is gone through once for all of them. */
const BLOCK = 4;

/** The normal equations of a weighted least squares regression, added up row by row: where most of its time goes. */
export class NormalEquations {
  readonly #size: number;
  readonly #matrix: Float64Array;
  readonly #right: Float64Array;
  /** [row of the block][column] */
  readonly #rows: readonly Float64Array[];
  readonly #weights = new Float64Array(BLOCK);
  #waiting = 0;

  constructor(size: number) {
    this.#size = size;
    this.#matrix = new Float64Array(size * size);
    this.#right = new Float64Array(size);
    this.#rows = Array.from({ length: BLOCK }, () => new Float64Array(size));
  }

  /** The row that the next call of `add` counts: to be written before it. */
  get next(): Float64Array {
    return this.#rows[this.#waiting];
  }

  add(weight: number, target: number): void {
    const row = this.#rows[this.#waiting];
    const pull = weight * target;
    for (let k = 0; k < row.length; k++) this.#right[k] += pull * row[k];
    this.#weights[this.#waiting++] = weight;
    if (this.#waiting === BLOCK) this.#flush();
  }

  /** The coefficients, each drawn towards 0 by its penalty, in rows; and ready for other rows. */
  solve(penalty: (column: number) => number): Float64Array<ArrayBuffer> {
    this.#weights.fill(0, this.#waiting);
    this.#flush();
    for (let k = 0; k < this.#size; k++) this.#matrix[k * this.#size + k] += penalty(k);
    const coefficients = solveCholesky(this.#matrix, this.#right, this.#size);
    this.#matrix.fill(0);
    this.#right.fill(0);
    return coefficients;
  }

  /** A plain loop over typed arrays, without allocation. */
  #flush(): void {
    const size = this.#size;
    const matrix = this.#matrix;
    const [a, b, c, d] = this.#rows;
    const [wa, wb, wc, wd] = this.#weights;
    for (let k = 0; k < size; k++) {
      const va = wa * a[k];
      const vb = wb * b[k];
      const vc = wc * c[k];
      const vd = wd * d[k];
      const start = k * size;
      for (let j = 0; j <= k; j++) matrix[start + j] += va * a[j] + vb * b[j] + vc * c[j] + vd * d[j];
    }
    this.#waiting = 0;
  }
}
