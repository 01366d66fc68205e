const SHRINK = 0.5;

export interface BoxSearch {
  /** Where to begin, in the order tried: the best of them is improved. */
  readonly starts: readonly (readonly number[])[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** First step, as a part of the box. Default: 0.15. */
  readonly step?: number;
  /** Last step. Default: 0.002. */
  readonly precision?: number;
}

/** Least value of a function within a box: from the best start, one coordinate after the other, with steps that halve (Hooke and Jeeves 1961). */
export function searchBox(
  loss: (x: readonly number[]) => number,
  options: BoxSearch,
): { readonly x: readonly number[]; readonly loss: number } {
  const { starts, low, high } = options;
  let best = { x: starts[0], loss: loss(starts[0]) };
  const tryPoint = (x: readonly number[]) => {
    const value = loss(x);
    if (!(value < best.loss)) return false;
    best = { x, loss: value };
    return true;
  };
  for (const start of starts.slice(1)) tryPoint(start);
  let step = options.step ?? 0.15;
  while (step >= (options.precision ?? 0.002)) {
    const before = best.x;
    let moved = false;
    for (let k = 0; k < low.length; k++) {
      for (const direction of [1, -1]) {
        const to = Math.max(low[k], Math.min(high[k], best.x[k] + direction * step * (high[k] - low[k])));
        if (to === best.x[k]) continue;
        if (tryPoint(best.x.map((value, j) => (j === k ? to : value)))) {
          moved = true;
          break;
        }
      }
    }
    if (!moved) step *= SHRINK;
    // Where all coordinates together went, a little farther.
    else tryPoint(best.x.map((value, k) => Math.max(low[k], Math.min(high[k], 2 * value - before[k]))));
  }
  return best;
}
