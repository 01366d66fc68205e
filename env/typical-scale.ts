import { passedOn } from './flow.ts';
import type { ResetOptions } from './simulator-options.ts';
import type { StateView } from './view.ts';

/** [lane] what a period costs, roughly, summed over nodes: ordering at the economic quantity of what passes through, and holding against shortage at the typical spread. */
export function rewardScale({ network, lanes, typicalMean, typicalVariance }: StateView): Float64Array {
  const scale = new Float64Array(lanes);
  const mean = passedOn(network, typicalMean);
  network.nodes.forEach((node, n) => {
    const fixedCost = node.inbound.length > 0 ? network.arcs[node.inbound[0]].fixedCost : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const ordering = fixedCost ? Math.sqrt(2 * fixedCost[lane] * holding * mean[i]) : 0;
      scale[lane] += ordering + Math.sqrt(holding * node.shortageCost[lane] * typicalVariance[i]);
    }
  });
  for (let lane = 0; lane < lanes; lane++) scale[lane] = scale[lane] > 0 ? scale[lane] : 1;
  return scale;
}

/**
 * Stocks up to twice what passes through a stock point in a period, a lot and a standard deviation more, and any period of the span; of a scenario that ends its own start, which
 * is where it is judged from.
 */
export function spreadStart({ network, lanes, typicalMean, typicalVariance }: StateView): ResetOptions {
  if (network.scenario.periods !== null) return {};
  const stockUpTo = new Float64Array(network.nodes.length * lanes);
  const mean = passedOn(network, typicalMean);
  const variance = passedOn(network, typicalVariance);
  network.nodes.forEach((node, n) => {
    const arc = node.inbound.length > 0 ? network.arcs[node.inbound[0]] : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const quantity = arc && holding > 0 ? Math.sqrt((2 * arc.fixedCost[lane] * mean[i]) / holding) : 0;
      stockUpTo[i] = Math.ceil(2 * mean[i] + quantity + Math.sqrt(variance[i]));
    }
  });
  return { stockUpTo, phases: network.scenario.phases ?? 1 };
}
