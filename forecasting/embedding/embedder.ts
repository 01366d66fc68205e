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

/** Is it the vector of a text without any words? */
export function isBlank(vector: Float32Array): boolean {
  return vector.every((value) => value === 0);
}

/** Cosine of two vectors of length 1, -1 to 1. Four sums at once: one alone would wait for itself. */
export function cosine(a: Float32Array, b: Float32Array): number {
  const whole = a.length - (a.length % 4);
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let k = 0; k < whole; k += 4) {
    sum0 += a[k] * b[k];
    sum1 += a[k + 1] * b[k + 1];
    sum2 += a[k + 2] * b[k + 2];
    sum3 += a[k + 3] * b[k + 3];
  }
  for (let k = whole; k < a.length; k++) sum0 += a[k] * b[k];
  return sum0 + sum1 + (sum2 + sum3);
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
