/** A space in which a single value is a row of numbers, one per component. */
export type Space = Box | Discrete | MultiDiscrete;

/** Real numbers within bounds; a bound may be infinite. */
export interface Box {
  readonly kind: 'box';
  readonly names: readonly string[];
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** One whole number, 0 to count - 1. */
export interface Discrete {
  readonly kind: 'discrete';
  readonly name: string;
  readonly count: number;
  /** Where neighbouring actions do alike, the action that a learner may start at (it need not be whole). */
  readonly start?: number;
}

/** Several whole numbers, each 0 to its count - 1. */
export interface MultiDiscrete {
  readonly kind: 'multi-discrete';
  readonly names: readonly string[];
  readonly counts: readonly number[];
  /** As in Discrete, one per component. */
  readonly starts?: readonly number[];
}

/** Numbers that a value of the space consists of. */
export function componentCount(space: Space): number {
  return space.kind === 'discrete' ? 1 : space.names.length;
}

/** Is the row a value of the space? */
export function contains(space: Space, value: ArrayLike<number>): boolean {
  return value.length === componentCount(space) && containsAt(space, value, 0);
}

/** Do the components from index `at` on form a value of the space? */
export function containsAt(space: Space, values: ArrayLike<number>, at: number): boolean {
  if (space.kind === 'discrete') return isChoice(values[at], space.count);
  if (space.kind === 'multi-discrete') {
    for (let k = 0; k < space.counts.length; k++) if (!isChoice(values[at + k], space.counts[k])) return false;
    return true;
  }
  return space.names.every((_, k) => values[at + k] >= space.low[k] && values[at + k] <= space.high[k]);
}

/** The first of `rows` values, one after the other, that is not in the space, or -1. Hot. */
export function firstOutside(space: Space, values: ArrayLike<number>, rows: number): number {
  if (space.kind === 'discrete') {
    for (let row = 0; row < rows; row++) if (!isChoice(values[row], space.count)) return row;
    return -1;
  }
  const components = componentCount(space);
  for (let row = 0; row < rows; row++) if (!containsAt(space, values, row * components)) return row;
  return -1;
}

function isChoice(value: number, count: number): boolean {
  return value >= 0 && value < count && Math.floor(value) === value;
}

/** Draws a value; `random` gives numbers in [0, 1). An unbounded side of a box is drawn as far as 1 beyond the other, or from -1 to 1. */
export function sample(space: Space, random: () => number): number[] {
  if (space.kind === 'discrete') return [Math.floor(random() * space.count)];
  if (space.kind === 'multi-discrete') return space.counts.map((count) => Math.floor(random() * count));
  return space.names.map((_, k) => {
    const low = Number.isFinite(space.low[k]) ? space.low[k] : Number.isFinite(space.high[k]) ? space.high[k] - 1 : -1;
    const high = Number.isFinite(space.high[k]) ? space.high[k] : low + (Number.isFinite(space.low[k]) ? 1 : 2);
    return low + random() * (high - low);
  });
}
