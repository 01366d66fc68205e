import { factorCholesky, solveFactored } from '../cholesky.ts';
import { cosine } from '../embedding/index.ts';
import type { Kind } from './kinds.ts';

/** Items that others are compared with: those whose effects are known best. */
const MOST_REFERENCES = 300;
/** The kernel of descriptions is exp((cosine - 1) / LIKENESS), with NOISE on its diagonal: chosen on training weeks, items left out. */
const LIKENESS = 0.4;
const NOISE = 0.2;
/** By how much the mean squared distance of two items' effects, over chance, must grow for the weight to fall by e. */
const PROFILE = 0.3;
/** What a cosine of 1 between descriptions adds to the log weight of a neighbour. */
const TEXT_PULL = 2;
/** Notes measured for an item from which what it lived through counts as much as what its description promises. */
const OWN_NOTES = 4;

/** What is known of items when effects are smoothed over them. */
interface Items {
  readonly kinds: readonly Kind[];
  /** [item] variance of a log effect by chance. */
  readonly variance: Float64Array;
  /** [item] notes whose effect on it was measured. */
  readonly measured: Float64Array;
  readonly references: readonly number[];
  /** [item] null where there is no text. */
  readonly descriptions: readonly Float32Array[] | null;
}

/**
 * [kind][item] log effects, smoothed over items. Effects are shared between items that events moved alike, the more so the more alike their
 * descriptions are; an item that lived through few events takes what its description promises (kernel ridge regression on descriptions).
 */
export function smoothKindEffects(
  kinds: readonly Kind[],
  variance: Float64Array,
  descriptions: readonly Float32Array[] | null,
): Float64Array[] {
  const measured = Float64Array.from(variance, (_, i) => kinds.reduce((sum, kind) => sum + kind.count[i], 0));
  const references = Array.from(measured.keys())
    .filter((i) => measured[i] > 0)
    .sort((a, b) => measured[b] / variance[b] - measured[a] / variance[a] || a - b)
    .slice(0, MOST_REFERENCES);
  const items = { kinds, variance, measured, references, descriptions };
  const promised = promisedEffects(items);
  const shared = sharedEffects(items);
  return kinds.map((_, c) =>
    Float64Array.from(variance, (_, i) => {
      const own = measured[i] / (measured[i] + OWN_NOTES);
      return Number.isNaN(shared[c][i]) ? promised[c][i] : own * shared[c][i] + (1 - own) * promised[c][i];
    }),
  );
}

/** [kind][item] from descriptions alone; the kind's mean where there are none. */
function promisedEffects({ kinds, variance, references, descriptions }: Items): Float64Array[] {
  const means = kinds.map((kind) => meanEffect(kind, references, variance));
  if (descriptions === null || references.length === 0) return means.map((mean) => new Float64Array(variance.length).fill(mean));
  const size = references.length;
  const matrix = new Float64Array(size * size);
  for (let r = 0; r < size; r++) {
    for (let q = 0; q <= r; q++) matrix[r * size + q] = likeness(descriptions[references[r]], descriptions[references[q]]);
    matrix[r * size + r] += NOISE;
  }
  factorCholesky(matrix, size);
  const pulls = kinds.map((kind, c) =>
    solveFactored(
      matrix,
      Float64Array.from(references, (i) => (kind.count[i] > 0 ? kind.effect[i] - means[c] : 0)),
    ),
  );
  const effects = kinds.map((_, c) => new Float64Array(variance.length).fill(means[c]));
  for (let i = 0; i < variance.length; i++) {
    for (let r = 0; r < size; r++) {
      const alike = likeness(descriptions[i], descriptions[references[r]]);
      for (let c = 0; c < kinds.length; c++) effects[c][i] += alike * pulls[c][r];
    }
  }
  return effects;
}

function likeness(a: Float32Array, b: Float32Array): number {
  return Math.exp((cosine(a, b) - 1) / LIKENESS);
}

/** Mean over items of a kind's effect, each weighted by how well it is known. */
function meanEffect(kind: Kind, references: readonly number[], variance: Float64Array): number {
  let sum = 0;
  let weight = 0;
  for (const i of references) {
    if (kind.count[i] === 0) continue;
    sum += (kind.count[i] / variance[i]) * kind.effect[i];
    weight += kind.count[i] / variance[i];
  }
  return weight > 0 ? sum / weight : 0;
}

/** [kind][item] weighted means over the items that all kinds moved alike; NaN where none of them was measured. */
function sharedEffects(items: Items): Float64Array[] {
  const { kinds, variance, measured, references, descriptions } = items;
  const effects = kinds.map(() => new Float64Array(variance.length).fill(Number.NaN));
  for (let i = 0; i < variance.length; i++) {
    if (measured[i] === 0) continue;
    const neighbours = references.includes(i) ? references : [...references, i];
    const weights = neighbours.map((j) => {
      const pull = descriptions ? TEXT_PULL * (j === i ? 1 : cosine(descriptions[i], descriptions[j])) : 0;
      return Math.exp(pull - (j === i ? -0.5 : profileDistance(items, i, j) - 1) / PROFILE);
    });
    for (const [c, kind] of kinds.entries()) {
      let sum = 0;
      let weight = 0;
      for (const [n, j] of neighbours.entries()) {
        if (kind.count[j] === 0) continue;
        const known = (weights[n] * kind.count[j]) / variance[j];
        sum += known * kind.effect[j];
        weight += known;
      }
      if (weight > 0) effects[c][i] = sum / weight;
    }
  }
  return effects;
}

/** Mean over kinds of the squared difference of two items' effects, over its variance by chance: 1 where nothing but chance parts them. */
function profileDistance({ kinds, variance }: Items, i: number, j: number): number {
  let sum = 0;
  let common = 0;
  for (const kind of kinds) {
    if (kind.count[i] === 0 || kind.count[j] === 0) continue;
    const chance = variance[i] / kind.count[i] + variance[j] / kind.count[j];
    sum += (kind.effect[i] - kind.effect[j]) ** 2 / chance;
    common++;
  }
  return common > 0 ? sum / common : 3;
}
