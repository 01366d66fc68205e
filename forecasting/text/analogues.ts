import { cosine } from '../embedding/index.ts';

/** The items most alike each item. Arrays are [item][rank], flat. */
export interface Analogues {
  /** Per item. */
  readonly count: number;
  readonly neighbours: Int32Array;
  /** 0 to 1: 1 for the most alike. */
  readonly weights: Float64Array;
}

export interface AnalogueOptions {
  /** Number of items. Default: 20. */
  readonly count?: number;
  /** By how much less the cosine must be for the weight to fall by e. Default: 0.15. */
  readonly temperature?: number;
}

/** Nearest items by the vectors of their descriptions, weighted exp((cosine - largest cosine) / temperature). */
export function findAnalogues(vectors: readonly Float32Array[], options: AnalogueOptions = {}): Analogues {
  const count = Math.max(0, Math.min(options.count ?? 20, vectors.length - 1));
  const temperature = options.temperature ?? 0.15;
  const neighbours = new Int32Array(vectors.length * count);
  const weights = new Float64Array(vectors.length * count);
  const likeness = new Float64Array(vectors.length);
  for (let i = 0; i < vectors.length; i++) {
    for (let j = 0; j < vectors.length; j++) likeness[j] = i === j ? Number.NEGATIVE_INFINITY : cosine(vectors[i], vectors[j]);
    const nearest = Array.from(likeness.keys()).sort((a, b) => likeness[b] - likeness[a] || a - b);
    for (let k = 0; k < count; k++) {
      neighbours[i * count + k] = nearest[k];
      weights[i * count + k] = Math.exp((likeness[nearest[k]] - likeness[nearest[0]]) / temperature);
    }
  }
  return { count, neighbours, weights };
}

/** No analogues: what a forecaster without text has. */
export function noAnalogues(): Analogues {
  return { count: 0, neighbours: new Int32Array(0), weights: new Float64Array(0) };
}
