import type { ResetOptions } from './simulator-options.ts';
import type { StateView } from './view.ts';

/** [lane] what a period costs, roughly, summed over nodes: ordering at the economic quantity, and holding against shortage at the typical spread. */
export function rewardScale({ network, lanes, typicalMean, typicalVariance }: StateView): Float64Array {
  const scale = new Float64Array(lanes);
  network.nodes.forEach((node, n) => {
    const fixedCost = node.inbound.length > 0 ? network.arcs[node.inbound[0]].fixedCost : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const ordering = fixedCost ? Math.sqrt(2 * fixedCost[lane] * holding * typicalMean[i]) : 0;
      scale[lane] += ordering + Math.sqrt(holding * node.shortageCost[lane] * typicalVariance[i]);
    }
  });
  for (let lane = 0; lane < lanes; lane++) scale[lane] = scale[lane] > 0 ? scale[lane] : 1;
  return scale;
}

/** Stocks up to twice what an order must cover and a lot more, and any period of the span; of a scenario that ends its own start, which is where it is judged from. */
export function spreadStart({ network, lanes, typicalMean, typicalVariance }: StateView): ResetOptions {
  if (network.scenario.periods !== null) return {};
  const stockUpTo = new Float64Array(network.nodes.length * lanes);
  network.nodes.forEach((node, n) => {
    const arc = node.inbound.length > 0 ? network.arcs[node.inbound[0]] : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const quantity = arc && holding > 0 ? Math.sqrt((2 * arc.fixedCost[lane] * typicalMean[i]) / holding) : 0;
      stockUpTo[i] = Math.ceil(2 * typicalMean[i] + quantity + Math.sqrt(typicalVariance[i]));
    }
  });
  const { phases = 1, periods } = network.scenario;
  return { stockUpTo, phases: periods === null ? phases : Math.min(phases, periods) };
}
