import type { Arc, Network } from './network.ts';
import type { StateView } from './view.ts';

/** A scale is at least this part of the mean: where demand hardly varies, small differences are no large ones. */
const LEAST_DEVIATION = 0.25;

/** [node] [units/period] */
export interface Flow {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
  /** The deviation, never next to nothing: what differences are measured by. */
  readonly scale: Float64Array;
}

/** [node] largest mean and standard deviation over lanes of what a stock point must pass on in a period: its own demand and its part of that of all below. */
export function flowOf({ network, lanes, typicalMean, typicalVariance }: StateView): Flow {
  const largest = (own: Float64Array) => {
    const sums = passedOn(network, own);
    return Float64Array.from(network.nodes, (_, n) => sums.subarray(n * lanes, (n + 1) * lanes).reduce((a, b) => Math.max(a, b), 0));
  };
  const mean = largest(typicalMean);
  const deviation = largest(typicalVariance).map(Math.sqrt);
  return { mean, deviation, scale: deviation.map((own, n) => Math.max(own, LEAST_DEVIATION * mean[n], 0.5)) };
}

/** [arc] mean and standard deviation of demand that an arc must carry, where a stock point with several sources orders alike from each. */
export function arcFlow(view: StateView): { readonly mean: readonly number[]; readonly deviation: readonly number[] } {
  const { nodes, arcs } = view.network;
  const { mean, deviation } = flowOf(view);
  return { mean: arcs.map(({ to }) => mean[to] / nodes[to].inbound.length), deviation: arcs.map(({ to }) => deviation[to]) };
}

/** A stock point that faces demand, and the part of it that comes through another. */
export interface FlowPart {
  readonly node: number;
  readonly share: number;
}

/** [node] whose demand it passes on; a stock point with several sources is taken to order alike from each. */
export function partsBelow({ nodes, arcs, order }: Network): readonly (readonly FlowPart[])[] {
  const shares = nodes.map(() => new Map<number, number>());
  for (const n of [...order].reverse()) {
    if (nodes[n].demand >= 0) shares[n].set(n, 1);
    for (const a of nodes[n].outbound) {
      const { to } = arcs[a];
      for (const [node, share] of shares[to]) shares[n].set(node, (shares[n].get(node) ?? 0) + share / nodes[to].inbound.length);
    }
  }
  return shares.map((own) => Array.from(own, ([node, share]) => ({ node, share })));
}

/** [node][lane] a number of each stock point with customers, summed over what a stock point passes on: its own, and its part of those of all below. */
export function passedOn(network: Network, own: Float64Array): Float64Array {
  const { lanes } = network;
  const sums = new Float64Array(network.nodes.length * lanes);
  partsBelow(network).forEach((parts, n) => {
    for (const { node, share } of parts)
      for (let lane = 0; lane < lanes; lane++) sums[n * lanes + lane] += share * own[node * lanes + lane];
  });
  return sums;
}

/** Writes what is expected to pass on to these parts `ahead` periods from now [lane] [units]. */
export function expectedFlow(view: StateView, parts: readonly FlowPart[], ahead: number, out: Float64Array): void {
  out.fill(0);
  for (const { node, share } of parts) {
    const forecast = view.forecastMean(node, ahead);
    for (let lane = 0; lane < out.length; lane++) out[lane] += share * forecast[lane];
  }
}

/** [node] periods on the longest way from a stock point to a customer, the post included. */
export function longestWays({ nodes, arcs, order }: Network): Float64Array {
  const ways = new Float64Array(nodes.length);
  for (const n of [...order].reverse()) {
    for (const a of nodes[n].outbound) {
      ways[n] = Math.max(ways[n], longestWait(arcs[a]) + ways[arcs[a].to]);
    }
  }
  return ways;
}

/** [node] periods on the longest way from the outside source to a stock point, the post included. */
export function longestWaysIn({ nodes, arcs, order }: Network): Float64Array {
  const ways = new Float64Array(nodes.length);
  for (const n of order) {
    for (const a of nodes[n].inbound) {
      const { from } = arcs[a];
      ways[n] = Math.max(ways[n], longestWait(arcs[a]) + (from < 0 ? 0 : ways[from]));
    }
  }
  return ways;
}

/** [periods] from an order to its receipt, the post included, of the slowest lane. */
export function longestWait({ leadTime, orderDelay }: Arc): number {
  return leadTime.reduce((most, periods, lane) => Math.max(most, periods + orderDelay[lane]), 0);
}

/** [node] those that it supplies, directly or not, and itself. */
export function suppliedBy({ nodes, arcs, order }: Network): readonly (readonly number[])[] {
  const members = nodes.map((_, n) => new Set([n]));
  for (const n of [...order].reverse()) for (const a of nodes[n].outbound) for (const below of members[arcs[a].to]) members[n].add(below);
  return members.map((own) => [...own]);
}
