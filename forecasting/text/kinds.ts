import type { MeasuredEvents } from './events.ts';

/** Notes that did the same to sales. */
export interface Kind {
  /** Numbers of its notes. */
  readonly notes: readonly number[];
  /** [item] mean log effect; NaN where none was measured. */
  readonly effect: Float64Array;
  /** [item] notes whose effect on it was measured. */
  readonly count: Float64Array;
}

/** Kinds measured on fewer items in common than this are not told to be the same. */
const LEAST_COMMON = 5;
/** Standard deviations of the distance by chance, and what notes of a kind may differ besides. */
const DEVIATIONS = 3;
const SLACK = 0.1;

/**
 * Kinds of events, found by what they did rather than by their words: the two kinds nearest each other are joined while their mean effects differ
 * by no more than chance (agglomerative clustering, in the manner of Ward 1963).
 */
export function findKinds(events: MeasuredEvents): Kind[] {
  const kinds = events.notes.map((_, k) => single(events, k));
  const distances = kinds.map((a, k) => kinds.slice(0, k).map((b) => distance(a, b, events.variance)));
  for (;;) {
    let nearest = 1;
    let pair: readonly [number, number] | null = null;
    for (let a = 0; a < kinds.length; a++) {
      for (let b = 0; b < a; b++) {
        if (distances[a][b] >= nearest) continue;
        nearest = distances[a][b];
        pair = [a, b];
      }
    }
    if (pair === null) return kinds;
    const [gone, kept] = pair;
    kinds[kept] = joined(kinds[kept], kinds[gone]);
    kinds.splice(gone, 1);
    distances.splice(gone, 1);
    for (const row of distances) if (row.length > gone) row.splice(gone, 1);
    for (let k = 0; k < kinds.length; k++) {
      if (k < kept) distances[kept][k] = distance(kinds[kept], kinds[k], events.variance);
      if (k > kept) distances[k][kept] = distance(kinds[k], kinds[kept], events.variance);
    }
  }
}

function single({ effects }: MeasuredEvents, note: number): Kind {
  return { notes: [note], effect: effects[note], count: effects[note].map((effect) => (Number.isNaN(effect) ? 0 : 1)) };
}

/** Mean squared difference of mean effects over its variance by chance, over the most that chance explains: 1 and more, they are two kinds. */
function distance(a: Kind, b: Kind, variance: Float64Array): number {
  let sum = 0;
  let common = 0;
  for (let i = 0; i < variance.length; i++) {
    if (a.count[i] === 0 || b.count[i] === 0) continue;
    sum += (a.effect[i] - b.effect[i]) ** 2 / (variance[i] * (1 / a.count[i] + 1 / b.count[i]));
    common++;
  }
  return common < LEAST_COMMON ? Number.POSITIVE_INFINITY : sum / common / (1 + SLACK + DEVIATIONS * Math.sqrt(2 / common));
}

function joined(a: Kind, b: Kind): Kind {
  const count = a.count.map((n, i) => n + b.count[i]);
  const effect = count.map((n, i) => {
    if (a.count[i] === 0) return b.effect[i];
    return b.count[i] === 0 ? a.effect[i] : (a.count[i] * a.effect[i] + b.count[i] * b.effect[i]) / n;
  });
  return { notes: [...a.notes, ...b.notes], effect, count };
}
