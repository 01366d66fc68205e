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
  const x = Float64Array.from(right);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) x[j] -= factor[j * size + k] * x[k];
    x[j] /= factor[j * size + j];
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let k = j + 1; k < size; k++) x[j] -= factor[k * size + j] * x[k];
    x[j] /= factor[j * size + j];
  }
  return x;
}
