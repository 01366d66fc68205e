import { cosine, isBlank } from '../embedding/index.ts';

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

/** Nearest items by the vectors of their descriptions, weighted exp((cosine - largest cosine) / temperature); 0 where one of the two says nothing. */
export function findAnalogues(vectors: readonly Float32Array[], options: AnalogueOptions = {}): Analogues {
  const count = Math.max(0, Math.min(options.count ?? 20, vectors.length - 1));
  const temperature = options.temperature ?? 0.15;
  const { neighbours, likeness } = nearestOf(vectors, count);
  const blank = vectors.map(isBlank);
  const weights = likeness.map((own, at) => {
    const item = Math.floor(at / count);
    return blank[item] || blank[neighbours[at]] ? 0 : Math.exp((own - likeness[item * count]) / temperature);
  });
  return { count, neighbours, weights };
}

/** [item][rank] the others of largest cosine, of equal ones the first, and those cosines. Each pair is looked at once. */
function nearestOf(vectors: readonly Float32Array[], count: number): { readonly neighbours: Int32Array; readonly likeness: Float64Array } {
  const neighbours = new Int32Array(vectors.length * count);
  const likeness = new Float64Array(vectors.length * count).fill(Number.NEGATIVE_INFINITY);
  const offer = (item: number, other: number, value: number) => {
    const start = item * count;
    if (!(value > likeness[start + count - 1])) return;
    let at = start + count - 1;
    for (; at > start && value > likeness[at - 1]; at--) {
      likeness[at] = likeness[at - 1];
      neighbours[at] = neighbours[at - 1];
    }
    likeness[at] = value;
    neighbours[at] = other;
  };
  for (let i = 0; i < vectors.length && count > 0; i++) {
    for (let j = 0; j < i; j++) {
      const value = cosine(vectors[i], vectors[j]);
      offer(i, j, value);
      offer(j, i, value);
    }
  }
  return { neighbours, likeness };
}

/** No analogues: what a forecaster without text has. */
export function noAnalogues(): Analogues {
  return { count: 0, neighbours: new Int32Array(0), weights: new Float64Array(0) };
}
