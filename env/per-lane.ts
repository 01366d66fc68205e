/** A number for all lanes, or an array that lane i reads at index i mod length: a catalogue of n items repeats in every n lanes. */
export type PerLane = number | ArrayLike<number>;

/** One value for every item, or one per item id. */
export type PerItem = PerLane | Readonly<Record<string, PerLane>>;

/** The value of one lane. */
export function laneValue(value: PerLane, lane: number): number {
  return typeof value === 'number' ? value : value[lane % value.length];
}

/** The values of the lanes that stand for the given lanes of a scenario. */
export function laneValues(value: PerLane, represents: ArrayLike<number>): Float64Array {
  const values = new Float64Array(represents.length);
  for (let lane = 0; lane < values.length; lane++) values[lane] = laneValue(value, represents[lane]);
  return values;
}

/** Lanes that stand for themselves: 0, 1, 2, ... */
export function ownLanes(lanes: number): Int32Array {
  return Int32Array.from({ length: lanes }, (_, lane) => lane);
}

/** The per-lane value that holds for one item. Undefined where a record names other items only. */
export function itemValue(value: PerItem, item: string): PerLane | undefined {
  if (typeof value === 'number' || isArrayLike(value)) return value;
  return value[item];
}

function isArrayLike(value: PerItem): value is ArrayLike<number> {
  return typeof value === 'object' && typeof (value as ArrayLike<number>).length === 'number';
}
