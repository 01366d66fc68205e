/** How sharply a new note looks at those before it. */
export interface AttentionSettings {
  /** By how much a cosine must grow for the weight to grow by e. */
  readonly temperature: number;
  /** Cosine that the entry "like nothing seen" stands for. */
  readonly nothing: number;
}

/** The vector of a note, less the mean of those seen before, at length 1: the mean says only that they are notes. */
export function centred(vector: Float32Array, mean: Float32Array): Float32Array {
  const result = vector.map((value, k) => value - mean[k]);
  const length = Math.hypot(...result);
  return length > 0 ? result.map((value) => value / length) : result;
}

export function meanVector(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const mean = new Float32Array(dimension);
  for (const vector of vectors) for (let k = 0; k < dimension; k++) mean[k] += vector[k] / vectors.length;
  return mean;
}

/**
 * Weights of the kinds for a note, the last being that of nothing seen: a softmax over the wordings seen before, those of a kind added up over the
 * square root of their number, so that a kind is neither lost nor preferred for being common. `likeness` and `kinds` say of each wording how alike the note is to it, and
 * of which kind it is.
 */
export function attend(likeness: Float64Array, kinds: readonly number[], count: number, settings: AttentionSettings): Float64Array {
  const weights = new Float64Array(count + 1);
  const wordings = new Float64Array(count);
  for (const [a, kind] of kinds.entries()) {
    wordings[kind]++;
    weights[kind] += Math.exp(likeness[a] / settings.temperature);
  }
  for (let kind = 0; kind < count; kind++) if (wordings[kind] > 0) weights[kind] /= Math.sqrt(wordings[kind]);
  weights[count] = Math.exp(settings.nothing / settings.temperature);
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}
