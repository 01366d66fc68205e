import type { ItemRun, RunFrom, RunPath } from './item-run.ts';

export interface TryState {
  readonly run: ItemRun;
  readonly from: RunFrom;
  readonly orders: readonly number[];
  readonly paths: number;
  /** Of one path; in its arrays the paths stand one after the other. */
  readonly path: RunPath;
}

/** What orders cost in a state. */
export interface TriedState {
  readonly orders: readonly number[];
  /** [k] mean over paths. */
  readonly costs: Float64Array;
  /** Standard error of the difference between neighbours. */
  readonly noise: number;
  /** Periods simulated. */
  readonly work: number;
}

/** Tries each order once in a state, all on the same paths of demand. */
export function tryOrders({ run, from, orders, paths, path }: TryState): TriedState {
  const totals = orders.map((order) => {
    const own = new Float64Array(paths);
    for (let k = 0; k < paths; k++) own[k] = run.cost(from, order, path, k * path.periods);
    return own;
  });
  const costs = Float64Array.from(totals, mean);
  return { orders, costs, noise: noiseOf(totals, costs), work: orders.length * paths * path.periods };
}

/** Root mean square of the standard errors of the differences between the cheapest order and its neighbours, were the paths independent. */
function noiseOf(totals: readonly Float64Array[], costs: Float64Array): number {
  let cheapest = 0;
  for (let k = 1; k < totals.length; k++) if (costs[k] < costs[cheapest]) cheapest = k;
  const neighbours = [cheapest - 1, cheapest + 1].filter((k) => k >= 0 && k < totals.length);
  if (neighbours.length === 0) return 0;
  const paths = totals[0].length;
  const variances = neighbours.map((k) => {
    let squares = 0;
    for (let path = 0; path < paths; path++) squares += (totals[k][path] - totals[cheapest][path]) ** 2;
    return Math.max(0, squares / paths - (costs[k] - costs[cheapest]) ** 2);
  });
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length / paths);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
