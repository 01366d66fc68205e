/** Solves A x = b for a symmetric positive definite A, of which the lower half is given and overwritten. */
export function solveCholesky(matrix: Float64Array, right: Float64Array, size: number): Float64Array<ArrayBuffer> {
  factorCholesky(matrix, size);
  return solveFactored(matrix, right);
}

/** Overwrites the lower half of a symmetric positive definite matrix with its Cholesky factor. */
export function factorCholesky(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const factor = matrix[j * size + k];
      for (let r = j; r < size; r++) matrix[r * size + j] -= matrix[r * size + k] * factor;
    }
    const pivot = Math.sqrt(matrix[j * size + j]);
    for (let r = j; r < size; r++) matrix[r * size + j] /= pivot;
  }
}

/** Solves A x = b where the lower half of `factor` is A's Cholesky factor. */
export function solveFactored(factor: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length;
  const x = solveLower(factor, right);
  for (let j = size - 1; j >= 0; j--) {
    for (let k = j + 1; k < size; k++) x[j] -= factor[k * size + j] * x[k];
    x[j] /= factor[j * size + j];
  }
  return x;
}

/** Solves L x = b where L is the lower half of `factor`. */
export function solveLower(factor: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length;
  const x = Float64Array.from(right);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) x[j] -= factor[j * size + k] * x[k];
    x[j] /= factor[j * size + j];
  }
  return x;
}

/** Solves L X = B, row by row of X, in place of B, where L is the lower half of `factor`. Many columns at once: a sum of one would wait for itself. */
export function solveLowerRows(factor: Float64Array, rows: readonly Float64Array[]): void {
  const size = rows.length;
  for (let j = 0; j < size; j++) {
    const row = rows[j];
    for (let k = 0; k < j; k++) {
      const times = factor[j * size + k];
      const solved = rows[k];
      for (let c = 0; c < row.length; c++) row[c] -= times * solved[c];
    }
    const pivot = factor[j * size + j];
    for (let c = 0; c < row.length; c++) row[c] /= pivot;
  }
}
