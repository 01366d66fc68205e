import type { ItemRun, RunFrom, RunPath } from './item-run.ts';

export interface TryState {
  readonly run: ItemRun;
  readonly from: RunFrom;
  readonly orders: readonly number[];
  /** Paths of a block. */
  readonly paths: number;
  /** Another block of paths, as one path of it; in its arrays the paths stand one after the other. */
  readonly block: () => RunPath;
  /** Blocks are added, up to so many, until the noise is below this part of what a period costs. */
  readonly blocks: number;
  readonly quiet: number;
}

/** What orders cost in a state. */
export interface TriedState {
  readonly orders: readonly number[];
  /** [k] mean over paths; of an order that fell behind, what it was dearer by on some of them added to the cheapest. */
  readonly costs: Float64Array;
  /** Standard error of the differences among the cheapest. */
  readonly noise: number;
  /** What a period costs on average after the cheapest. */
  readonly period: number;
  /** Periods simulated. */
  readonly work: number;
}

/** All orders are tried on every so many-th path of the first block: points of a lattice that are a lattice themselves. */
const SOME = 4;
/** Orders that are then tried on the others. */
const LEFT = 9;

/** Tries orders in a state, all on the same paths of demand: those that are far behind after some paths on no more. */
export function tryOrders({ run, from, orders, paths, block, blocks, quiet }: TryState): TriedState {
  const totals = orders.map((): number[] => []);
  const stride = SOME < paths ? SOME : 1;
  let path = block();
  let work = 0;
  const tryOn = (k: number, first: number, step: number, skipped: number): void => {
    for (let one = first; one < paths; one += step) {
      if (skipped > 0 && one % skipped === 0) continue;
      totals[k].push(run.cost(from, orders[k], path, one * path.periods));
      work += path.periods;
    }
  };
  for (let k = 0; k < orders.length; k++) tryOn(k, 0, stride, 0);
  const rough = Float64Array.from(totals, mean);
  const left = [...rough.keys()].sort((a, b) => rough[a] - rough[b]).slice(0, stride > 1 ? LEFT : orders.length);
  if (stride > 1) for (const k of left) tryOn(k, 0, 1, stride);
  let noise = noiseOf(left.map((k) => totals[k]));
  const period = Math.min(...left.map((k) => mean(totals[k]))) / path.weights.reduce((sum, weight) => sum + weight, 0);
  for (let done = 1; done < blocks && noise > quiet * period; done++) {
    path = block();
    for (const k of left) tryOn(k, 0, 1, 0);
    noise = noiseOf(left.map((k) => totals[k]));
  }
  const costs = Float64Array.from(totals, mean);
  const cheapest = left.reduce((best, k) => (costs[k] < costs[best] ? k : best));
  for (let k = 0; k < orders.length; k++) if (!left.includes(k)) costs[k] = costs[cheapest] + Math.max(0, rough[k] - rough[cheapest]);
  return { orders, costs, noise, period, work };
}

/** Root mean square of the standard errors of the differences between the cheapest order and the next two, were the paths independent. */
function noiseOf(totals: readonly (readonly number[])[]): number {
  const [cheapest, ...next] = totals
    .map((own) => ({ own, cost: mean(own) }))
    .sort((a, b) => a.cost - b.cost)
    .slice(0, 3);
  if (next.length === 0) return 0;
  const paths = cheapest.own.length;
  const variances = next.map(({ own, cost }) => {
    let squares = 0;
    for (let path = 0; path < paths; path++) squares += (own[path] - cheapest.own[path]) ** 2;
    return Math.max(0, squares / paths - (cost - cheapest.cost) ** 2);
  });
  return Math.sqrt(variances.reduce((sum, one) => sum + one, 0) / variances.length / paths);
}

function mean(values: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}
