import { type Scenario, UserError } from '../../env/index.ts';
import type { BaselineFamily } from '../baselines/index.ts';
import { evaluateExact } from '../exact/index.ts';
import type { SearchSpace } from './search-space.ts';

export interface ExactPolishOptions {
  readonly scenario: Scenario;
  readonly family: BaselineFamily;
  readonly space: SearchSpace;
  /** [axis] the point to start at. */
  readonly start: readonly number[];
  /** Gives up on policies that reach more states. */
  readonly maxStates: number;
  readonly signal?: AbortSignal;
}

export interface ExactPoint {
  readonly point: readonly number[];
  readonly costPerPeriod: number;
}

/**
 * Moves to the cheapest neighbour of a point by exact cost as long as there is a cheaper one, or returns null where the exact cost cannot be had.
 */
export function polishExact({ scenario, family, space, start, maxStates, signal }: ExactPolishOptions): ExactPoint | null {
  const known = new Map<string, number>();
  const cost = (point: readonly number[]): number => {
    const key = point.join(' ');
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const value = evaluateExact(scenario, family.build(space.parameters(point, 0)), { maxStates }).costPerPeriod;
    known.set(key, value);
    return value;
  };
  try {
    let best: ExactPoint = { point: start, costPerPeriod: cost(start) };
    for (;;) {
      signal?.throwIfAborted();
      const better = neighbours(best.point, space.directions)
        .map((point) => ({ point, costPerPeriod: cost(point) }))
        .reduce((a, b) => (b.costPerPeriod < a.costPerPeriod ? b : a), best);
      if (better === best) return best;
      best = better;
    }
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** One step along each axis, both ways, and along two axes at once. */
function neighbours(point: readonly number[], axes: readonly { readonly step: number; readonly least: number }[]): number[][] {
  const moves = axes.reduce<number[][]>(
    (rows, axis) => rows.flatMap((row) => [-axis.step, 0, axis.step].map((move) => [...row, move])),
    [[]],
  );
  return moves
    .filter((move) => move.some((by) => by !== 0))
    .map((move) => move.map((by, axis) => Math.round((point[axis] + by) * 1e9) / 1e9))
    .filter((moved) => moved.every((value, axis) => value >= axes[axis].least));
}
