import { type Direction, tidy } from './search-space.ts';

/** Candidates of one round: [axis][candidate * items + item]. */
export interface Candidates {
  readonly count: number;
  readonly points: readonly Float64Array[];
}

export interface GridSearchOptions {
  readonly axes: readonly Direction[];
  /** Number of items. */
  readonly items: number;
  /** Costs of the candidates, [candidate * items + item]; called once per round. */
  evaluate(candidates: Candidates): Float64Array;
  /** Default 8. */
  readonly maxRounds?: number;
}

/** As many axes as a grid is worth while for. */
export const MOST_GRID_AXES = 3;

/** Grid points per axis, by the number of axes. Few, because periods per candidate are worth more than candidates per round. */
const POINTS = [0, 9, 5, 4];

/** A step this small against the range that the search began with is as good as none. */
const FINE = 0.01;

/**
 * Looks for each item's cheapest point on a grid, and again on a finer grid around it, until the steps are the smallest ones of the axes. All
 * items and candidates of a round are evaluated together. Returns [axis][item].
 */
export function gridSearch({ axes, items, evaluate, maxRounds = 8 }: GridSearchOptions): Float64Array[] {
  const perAxis = POINTS[axes.length];
  let grids = axes.map((axis) => axis.ranges.map((range) => wholeRange(axis, range, perAxis)));
  let best: Float64Array[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const candidates = cross(grids, perAxis, items);
    best = cheapest(candidates, evaluate(candidates), items);
    if (grids.every((grid) => grid.every(({ fine }) => fine))) break;
    grids = axes.map((axis, a) => grids[a].map((grid, item) => around(axis, best[a][item], grid, perAxis)));
  }
  return best;
}

/** Equally spaced values of one axis for one item. */
interface Grid {
  readonly from: number;
  readonly step: number;
  readonly finest: number;
  /** Is the step as small as it should become? */
  readonly fine: boolean;
}

function wholeRange(axis: Direction, [low, high]: readonly [number, number], points: number): Grid {
  const finest = Math.max(axis.step, roundTo((high - low) * FINE, axis.step));
  const step = Math.max(finest, Math.ceil((high - low) / (points - 1) / finest - 1e-9) * finest);
  return { from: Math.max(axis.least, low), step, finest, fine: step <= finest };
}

function around(axis: Direction, centre: number, { step, finest }: Grid, points: number): Grid {
  const finer = Math.max(finest, roundTo((2 * step) / (points - 1), axis.step));
  const from = roundTo(centre - finer * Math.floor((points - 1) / 2), axis.step);
  return { from: Math.max(axis.least, from), step: finer, finest, fine: finer <= finest };
}

export function roundTo(value: number, step: number): number {
  return tidy(Math.round(value / step) * step);
}

/** Every combination of the axes' values, for every item. */
function cross(grids: readonly (readonly Grid[])[], perAxis: number, items: number): Candidates {
  const count = perAxis ** grids.length;
  const points = grids.map((grid, axis) => {
    const values = new Float64Array(count * items);
    for (let candidate = 0; candidate < count; candidate++) {
      const index = Math.floor(candidate / perAxis ** axis) % perAxis;
      for (let item = 0; item < items; item++) values[candidate * items + item] = tidy(grid[item].from + index * grid[item].step);
    }
    return values;
  });
  return { count, points };
}

/** [axis][item] */
export function cheapest({ count, points }: Candidates, costs: Float64Array, items: number): Float64Array[] {
  const best = points.map(() => new Float64Array(items));
  for (let item = 0; item < items; item++) {
    let chosen = 0;
    for (let candidate = 1; candidate < count; candidate++) {
      if (costs[candidate * items + item] < costs[chosen * items + item]) chosen = candidate;
    }
    points.forEach((values, axis) => {
      best[axis][item] = values[chosen * items + item];
    });
  }
  return best;
}
