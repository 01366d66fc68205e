import { factorCholesky, solveLower, solveLowerRows } from '../cholesky.ts';

/** A wording seen before. */
export interface KeyNote {
  readonly text: string;
  /** Number of its kind. */
  readonly kind: number;
  /** Centred, of length 1. */
  readonly vector: Float32Array;
}

/** [key] how alike a note is to each of the wordings seen before, -1 to 1, from [key] the dot products of its vector, of length 1, with theirs. */
export type WordingMetric = (dots: Float64Array) => Float64Array;

export interface MetricOptions {
  /** [key][key] dot products of the wordings. */
  readonly products: readonly Float64Array[];
  /** [key] numbers of their kinds. */
  readonly kinds: readonly number[];
  /** Numbers in a vector. */
  readonly dimension: number;
  /** Directions in which wordings of a kind differ so many times as much as on average lose half of their weight. Infinity: plain cosines. */
  readonly shrink: number;
}

/** Squared length of a vector below which it points nowhere. */
const LEAST = 1e-12;

/**
 * Cosines in a space that has learned from the kinds: directions in which wordings of one kind differ from each other say little about the kind of a new
 * note, and are shrunk, the more the more they differ there (within-class covariance normalisation: Hatch, Kajarekar and Stolcke 2006). All is worked out from dot
 * products of the wordings, which are fewer than the numbers of a vector as a rule.
 */
export function wordingMetric({ products, kinds, dimension, shrink }: MetricOptions): WordingMetric {
  if (shrink === Number.POSITIVE_INFINITY) return (dots) => dots;
  const members = membersByKind(kinds);
  const beside = products.map((row) => row.slice());
  takeMeans(beside, members);
  const scatter = beside.map((row) => withinKinds(row, members));
  const ridge = (shrink * scatter.reduce((sum, row, a) => sum + row[a], 0)) / dimension;
  if (!(ridge > LEAST)) return (dots) => dots;
  const size = products.length;
  const factor = new Float64Array(size * size);
  for (let a = 0; a < size; a++) for (let b = 0; b <= a; b++) factor[a * size + b] = scatter[a][b] + (a === b ? ridge : 0);
  factorCholesky(factor, size);
  // With D the wordings beside the means of their kinds, (I + D'D / ridge)^-1 = I - D' (ridge I + DD')^-1 D: u . v loses the dot product of what is solved for here.
  const lost = beside;
  solveLowerRows(factor, lost);
  const lengths = products.map((row, a) => {
    const squared = lost.reduce((rest, solved) => rest - solved[a] ** 2, row[a]);
    return Math.sqrt(Math.max(LEAST, squared));
  });
  return (dots) => {
    const own = solveLower(factor, withinKinds(dots, members));
    const less = new Float64Array(size);
    let squared = 1;
    for (let j = 0; j < size; j++) {
      squared -= own[j] * own[j];
      for (let a = 0; a < size; a++) less[a] += own[j] * lost[j][a];
    }
    const length = Math.sqrt(Math.max(LEAST, squared));
    return dots.map((value, a) => (value - less[a]) / (length * lengths[a]));
  };
}

/** [row][column] less the mean of the rows of its kind, in place. */
function takeMeans(rows: readonly Float64Array[], members: readonly number[][]): void {
  for (const keys of members) {
    const mean = new Float64Array(rows.length);
    for (const a of keys) for (let b = 0; b < mean.length; b++) mean[b] += rows[a][b] / keys.length;
    for (const a of keys) for (let b = 0; b < mean.length; b++) rows[a][b] -= mean[b];
  }
}

function membersByKind(kinds: readonly number[]): readonly number[][] {
  const members = new Map<number, number[]>();
  for (const [a, kind] of kinds.entries()) {
    const own = members.get(kind);
    if (own) own.push(a);
    else members.set(kind, [a]);
  }
  return [...members.values()];
}

/** [key] each value less the mean of its kind. */
function withinKinds(values: Float64Array, members: readonly number[][]): Float64Array {
  const result = values.slice();
  for (const keys of members) {
    let mean = 0;
    for (const a of keys) mean += values[a] / keys.length;
    for (const a of keys) result[a] -= mean;
  }
  return result;
}
