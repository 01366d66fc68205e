const STEPS = 100;

/** The first `count` principal directions of a symmetric matrix of non-negative eigenvalues, [row][column] flat, each of length 1, by orthogonal iteration. */
export function principalDirections(matrix: Float64Array, size: number, count: number): Float64Array[] {
  let basis = Array.from({ length: count }, (_, c) => Float64Array.from({ length: size }, (_, k) => Math.cos((k + 0.5) * (c + 1))));
  for (let step = 0; step < STEPS; step++) basis = orthogonal(basis.map((vector) => multiply(matrix, vector)));
  return basis;
}

function multiply(matrix: Float64Array, vector: Float64Array): Float64Array<ArrayBuffer> {
  return vector.map((_, row) => {
    let sum = 0;
    for (let k = 0; k < vector.length; k++) sum += matrix[row * vector.length + k] * vector[k];
    return sum;
  });
}

/** Modified Gram-Schmidt. Vectors that lie within those before them become 0. */
function orthogonal(vectors: Float64Array<ArrayBuffer>[]): Float64Array<ArrayBuffer>[] {
  for (const [c, vector] of vectors.entries()) {
    const before = Math.hypot(...vector);
    for (const other of vectors.slice(0, c)) {
      const overlap = other.reduce((sum, value, k) => sum + value * vector[k], 0);
      for (let k = 0; k < vector.length; k++) vector[k] -= overlap * other[k];
    }
    const length = Math.hypot(...vector);
    const scale = length > 1e-9 * before ? 1 / length : 0;
    for (let k = 0; k < vector.length; k++) vector[k] *= scale;
  }
  return vectors;
}
