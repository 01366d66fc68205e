import { principalDirections } from '../principal-directions.ts';

/** The same vectors in at most `count` numbers, of all such the ones whose dot products are nearest to what they were (principal components, not centred). */
export function reduceVectors(vectors: readonly Float32Array[], count: number): Float32Array[] {
  const size = vectors[0]?.length ?? 0;
  const products = new Float64Array(size * size);
  for (const vector of vectors) {
    for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) products[a * size + b] += vector[a] * vector[b];
  }
  const directions = principalDirections(products, size, Math.min(count, size, vectors.length));
  return vectors.map((vector) =>
    Float32Array.from(directions, (direction) => direction.reduce((sum, value, k) => sum + value * vector[k], 0)),
  );
}
