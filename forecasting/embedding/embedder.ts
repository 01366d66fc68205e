/** Turns texts into vectors. The same text gives the same vector; the vectors have length 1, so that a dot product is a cosine. */
export interface Embedder {
  /** `transformer`, `hashing`, ...: what is recorded with a result. */
  readonly name: string;
  /** Name of the model, with everything that changes its vectors: part of the cache's key. */
  readonly model: string;
  /** Of the numbers it computes with: part of the cache's key. */
  readonly precision: string;
  /** Numbers per vector. */
  readonly dimension: number;
  /** One vector per text, in the order given. A text without any letter or digit may give zeros. */
  embed(texts: readonly string[]): Promise<Float32Array[]>;
}

/** Scales a vector to length 1 in place; zeros stay zeros. */
export function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (let k = 0; k < vector.length; k++) sum += vector[k] * vector[k];
  if (sum === 0) return vector;
  const scale = 1 / Math.sqrt(sum);
  for (let k = 0; k < vector.length; k++) vector[k] *= scale;
  return vector;
}

/** Cosine of two vectors of length 1, -1 to 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** Vectors of two embedders as one, of length 1: its cosines are the means of theirs. What a sentence means and what its words mean err apart. */
export function sideBySide(first: readonly Float32Array[], second: readonly Float32Array[]): Float32Array[] {
  return first.map((vector, k) => {
    const both = new Float32Array(vector.length + second[k].length);
    both.set(vector);
    both.set(second[k], vector.length);
    return normalise(both);
  });
}
