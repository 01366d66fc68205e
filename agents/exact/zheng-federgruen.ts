export interface ReorderProblem {
  /** [money] per order. */
  readonly fixedCost: number;
  /** Probabilities of a period's demand of 0, 1, 2, ... */
  readonly demand: Float64Array;
  /** Expected cost of a period of a position after ordering [money], quasi-convex and unbounded both ways. */
  positionCost(position: number): number;
  /** A position at which positionCost is least. */
  readonly cheapestPosition: number;
}

export interface ReorderOptimum {
  /** Order when the position is at s or below, up to S. */
  readonly s: number;
  readonly S: number;
  readonly costPerPeriod: number;
}

/**
 * The best (s, S) policy under backlog and its long-run average cost (Zheng and Federgruen 1991, "Finding optimal (s, S) policies is about as
 * simple as evaluating a single policy", Operations Research 39). Without a fixed cost S = s + 1: base stock, the newsvendor's fractile.
 */
export function optimalReorderPolicy(problem: ReorderProblem): ReorderOptimum {
  const cost = policyCost(problem);
  const { positionCost, cheapestPosition } = problem;
  let s = cheapestPosition - 1;
  while (cost(s, cheapestPosition) > positionCost(s)) s--;
  let S = cheapestPosition;
  let least = cost(s, S);
  for (let candidate = cheapestPosition + 1; positionCost(candidate) <= least; candidate++) {
    if (cost(s, candidate) >= least) continue;
    S = candidate;
    while (s + 1 < S && cost(s, S) <= positionCost(s + 1)) s++;
    least = cost(s, S);
  }
  return { s, S, costPerPeriod: least };
}

/** Long-run average cost of an (s, S) policy: equations (2) to (4) of the paper, by renewal. */
function policyCost({ fixedCost, demand, positionCost }: ReorderProblem): (s: number, S: number) => number {
  const visits: number[] = [];
  const costs = new Map<number, number>();
  const costOf = (position: number): number => {
    let known = costs.get(position);
    if (known === undefined) {
      known = positionCost(position);
      costs.set(position, known);
    }
    return known;
  };
  return (s, S) => {
    let periods = 0;
    let total = fixedCost;
    for (let below = 0; below < S - s; below++) {
      if (below === visits.length) visits.push(nextVisits(visits, demand));
      periods += visits[below];
      total += visits[below] * costOf(S - below);
    }
    return total / periods;
  };
}

/** Expected number of periods spent `visits.length` units below S in a cycle: the renewal density. */
function nextVisits(visits: readonly number[], demand: Float64Array): number {
  const below = visits.length;
  let sum = below === 0 ? 1 : 0;
  for (let d = 1; d <= Math.min(below, demand.length - 1); d++) sum += demand[d] * visits[below - d];
  return sum / (1 - demand[0]);
}
