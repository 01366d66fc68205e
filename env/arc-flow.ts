import type { StateView } from './view.ts';

/** [arc] largest mean and standard deviation of demand over lanes that an arc must carry: its node's own and that of all nodes below. */
export function arcFlow({ network, lanes, typicalMean, typicalVariance }: StateView): { mean: number[]; deviation: number[] } {
  const mean = new Float64Array(network.nodes.length);
  const variance = new Float64Array(network.nodes.length);
  for (const n of [...network.order].reverse()) {
    let largestMean = 0;
    let largestVariance = 0;
    for (let i = n * lanes; i < (n + 1) * lanes; i++) {
      largestMean = Math.max(largestMean, typicalMean[i]);
      largestVariance = Math.max(largestVariance, typicalVariance[i]);
    }
    mean[n] += largestMean;
    variance[n] += largestVariance;
    for (const a of network.nodes[n].inbound) {
      const { from } = network.arcs[a];
      if (from < 0) continue;
      mean[from] += mean[n] / network.nodes[n].inbound.length;
      variance[from] += variance[n] / network.nodes[n].inbound.length;
    }
  }
  return {
    mean: network.arcs.map((arc) => mean[arc.to] / network.nodes[arc.to].inbound.length),
    deviation: network.arcs.map((arc) => Math.sqrt(variance[arc.to])),
  };
}
