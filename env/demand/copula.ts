import { UserError } from '../user-error.ts';
import { normalBelow, normalQuantile } from './continuous.ts';
import { ALMOST_ONE } from './lane-distribution.ts';
import type { DemandCorrelation } from './spec.ts';

/** Half of the least step of a 32-bit uniform number: keeps normal scores finite. */
const LEAST = 2 ** -33;

/**
 * Makes independent uniform numbers correlated (a Gaussian copula): each becomes a normal score, the scores are mixed by the Cholesky factor of the
 * correlation matrix, and each is made uniform again. One number per demand goes in and one comes out, so every distribution stays as it is.
 */
export class GaussianCopula {
  readonly #count: number;
  /** [row][column], lower triangle. */
  readonly #factor: Float64Array;
  readonly #scores: Float64Array;

  /** @throws UserError where the matrix is no correlation matrix */
  constructor(correlation: DemandCorrelation, count: number, path = 'demandCorrelation') {
    this.#count = count;
    this.#factor = choleskyFactor(readMatrix(correlation, count, path), path);
    this.#scores = new Float64Array(count);
  }

  /** Rewrites [demand][lane]; row k starts at rows[k] * lanes. */
  apply(uniforms: Float64Array, rows: ArrayLike<number>, lanes: number): void {
    const count = this.#count;
    const factor = this.#factor;
    const scores = this.#scores;
    for (let lane = 0; lane < lanes; lane++) {
      for (let k = 0; k < count; k++) {
        const u = uniforms[rows[k] * lanes + lane];
        scores[k] = normalQuantile(u > LEAST ? u : LEAST);
      }
      for (let k = count - 1; k > 0; k--) {
        let sum = 0;
        for (let j = 0; j <= k; j++) sum += factor[k * count + j] * scores[j];
        const u = normalBelow(sum);
        uniforms[rows[k] * lanes + lane] = u < ALMOST_ONE ? u : ALMOST_ONE;
      }
    }
  }
}

function readMatrix(correlation: DemandCorrelation, count: number, path: string): readonly (readonly number[])[] {
  if (typeof correlation === 'number') {
    const row = Array.from({ length: count }, (_, k) => k);
    return row.map((i) => row.map((j) => (i === j ? 1 : correlation)));
  }
  if (isLoadings(correlation)) return readLoadings(correlation, count, path);
  if (correlation.length !== count || correlation.some((row) => row.length !== count)) {
    const sizes = correlation.map((row) => row.length);
    throw new UserError(
      `${path}: rows of ${sizes.join(', ')} numbers; expected ${count} rows of ${count}, one for each demand, in their order`,
    );
  }
  correlation.forEach((row, i) => {
    if (row[i] !== 1) throw new UserError(`${path}.${i}.${i}: ${row[i]}; expected 1 on the diagonal`);
    row.forEach((value, j) => {
      if (value === correlation[j][i]) return;
      throw new UserError(`${path}.${i}.${j}: ${value}; expected the same as ${path}.${j}.${i}, ${correlation[j][i]}`);
    });
  });
  return correlation;
}

function isLoadings(correlation: readonly number[] | readonly (readonly number[])[]): correlation is readonly number[] {
  return typeof correlation[0] === 'number';
}

function readLoadings(loadings: readonly number[], count: number, path: string): number[][] {
  if (loadings.length !== count)
    throw new UserError(`${path}: ${loadings.length} numbers; expected ${count}, one for each demand, in their order`);
  const wrong = loadings.find((loading) => !(loading >= -1 && loading <= 1));
  if (wrong !== undefined) throw new UserError(`${path}: ${wrong}; expected correlations with the common factor from -1 to 1`);
  return loadings.map((a, i) => loadings.map((b, j) => (i === j ? 1 : a * b)));
}

/** The lower triangular L with L Lᵀ the matrix; a matrix of less than full rank is allowed. */
function choleskyFactor(matrix: readonly (readonly number[])[], path: string): Float64Array {
  const count = matrix.length;
  const factor = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const value = matrix[i][j];
      if (!(value >= -1 && value <= 1)) throw new UserError(`${path}: ${value}; expected correlations from -1 to 1`);
      let left = value;
      for (let k = 0; k < j; k++) left -= factor[i * count + k] * factor[j * count + k];
      if (i === j && left > -1e-10) factor[i * count + j] = Math.sqrt(Math.max(0, left));
      else if (i !== j && factor[j * count + j] > 1e-7) factor[i * count + j] = left / factor[j * count + j];
      else if (Math.abs(left) > 1e-7) {
        throw new UserError(
          `${path}: ${JSON.stringify(count > 6 ? matrix[i] : matrix)}; expected a correlation matrix (no mix of the demands may have a negative variance): move the correlations towards 0`,
        );
      }
    }
  }
  return factor;
}
