import type { DecisionProcess } from './decision-process.ts';

export interface ValueIterationOptions {
  /** Ends when the bounds of the cost per period are this close, as a part of the cost. */
  readonly tolerance?: number;
  /** Sweeps over all choices after which it gives up and returns the bounds reached. */
  readonly maxSweeps?: number;
  /** Sweeps with the choices held between two sweeps over all choices (modified policy iteration). */
  readonly heldSweeps?: number;
}

export interface ValueIterationResult {
  /** [money/period] middle of the bounds. */
  readonly costPerPeriod: number;
  /** The optimal long-run average cost lies between these. */
  readonly bounds: readonly [number, number];
  readonly converged: boolean;
  readonly sweeps: number;
  /** [state] relative values [money]; 0 for the first state. */
  readonly values: Float64Array;
  /** [state] index of the best choice. */
  readonly best: Int32Array;
}

/** Part of the old value kept in a held sweep, so that a process that moves in cycles converges too (Puterman 1994, section 8.5.4). */
const KEPT = 0.02;

/**
 * Relative value iteration for the long-run average cost, with sweeps under held choices in between (modified policy iteration, Puterman
 * 1994, section 8.7). In every full sweep the smallest and the largest change of value bound the optimal cost per period (Odoni 1969).
 */
export function iterateValues(process: DecisionProcess, options: ValueIterationOptions = {}): ValueIterationResult {
  const { tolerance = 1e-7, maxSweeps = 2_000, heldSweeps = 12 } = options;
  const { states } = process;
  const best = new Int32Array(states);
  let values = new Float64Array(states);
  let spare = new Float64Array(states);
  let bounds: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let sweeps = 0;
  while (sweeps < maxSweeps) {
    fullSweep(process, values, spare, best);
    sweeps++;
    bounds = tighter(bounds, change(values, spare));
    const gap = bounds[1] - bounds[0];
    if (gap <= tolerance * Math.max(Math.abs(bounds[0]), Math.abs(bounds[1]), 1e-9)) break;
    [values, spare] = [spare, values];
    for (let k = 0; k < heldSweeps; k++) {
      heldSweep(process, values, spare, best);
      [values, spare] = [spare, values];
    }
    recentre(values);
  }
  const gap = bounds[1] - bounds[0];
  recentre(values);
  return {
    costPerPeriod: (bounds[0] + bounds[1]) / 2,
    bounds,
    converged: gap <= tolerance * Math.max(Math.abs(bounds[0]), Math.abs(bounds[1]), 1e-9),
    sweeps,
    values,
    best,
  };
}

function fullSweep(process: DecisionProcess, values: Float64Array, result: Float64Array, best: Int32Array): void {
  const { states, choiceStart, cost, rowStart, next, probability } = process;
  for (let state = 0; state < states; state++) {
    let least = Number.POSITIVE_INFINITY;
    let chosen = -1;
    const end = choiceStart[state + 1];
    for (let choice = choiceStart[state]; choice < end; choice++) {
      let total = cost[choice];
      const rowEnd = rowStart[choice + 1];
      for (let k = rowStart[choice]; k < rowEnd; k++) total += probability[k] * values[next[k]];
      if (total < least) {
        least = total;
        chosen = choice;
      }
    }
    result[state] = least;
    best[state] = chosen;
  }
}

function heldSweep(process: DecisionProcess, values: Float64Array, result: Float64Array, best: Int32Array): void {
  const { states, cost, rowStart, next, probability } = process;
  for (let state = 0; state < states; state++) {
    const choice = best[state];
    let total = cost[choice];
    const rowEnd = rowStart[choice + 1];
    for (let k = rowStart[choice]; k < rowEnd; k++) total += probability[k] * values[next[k]];
    result[state] = total + KEPT * (values[state] - total);
  }
}

/** Smallest and largest change of value. */
function change(before: Float64Array, after: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let state = 0; state < before.length; state++) {
    const delta = after[state] - before[state];
    if (delta < low) low = delta;
    if (delta > high) high = delta;
  }
  return [low, high];
}

/** Each sweep's bounds hold whatever the values, so the tightest of all sweeps hold too. */
function tighter(a: readonly [number, number], b: readonly [number, number]): readonly [number, number] {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}

function recentre(values: Float64Array): void {
  const base = values[0];
  for (let state = 0; state < values.length; state++) values[state] -= base;
}
