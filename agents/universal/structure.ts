import { type DemandProcessSpec, isDiscrete, type Network } from '../../env/index.ts';

/** Lead times, and a period each, that a scenario which ends has to go on for: its end then hardly matters to most orders. */
const FEWEST_COVERS = 4;

/** Why a network of stock points is not what a universal network orders for, whatever its numbers, or undefined where it is. */
export function whyNotAnyItem({ scenario, nodes, arcs, places }: Network): string | undefined {
  const long = FEWEST_COVERS * (1 + arcs.reduce((most, { maxLeadTime }) => Math.max(most, maxLeadTime), 0));
  if (scenario.periods !== null && scenario.periods < long)
    return `it ends after ${scenario.periods} periods; expected periods: null, or ${long} at least`;
  if (places.length > 0) return `"${places[0].id}" has limited room; expected none`;
  for (const node of nodes) {
    const [arc] = node.inbound.map((a) => arcs[a]);
    if (node.inbound.length !== 1 || node.outbound.length > 0 || arc.from >= 0 || node.demand < 0)
      return `"${node.id}" is part of a network; expected stock points that order from the supplier and sell to customers`;
    if (node.returns !== null) return `customers of "${node.id}" send units back; expected none`;
    if (comesInFractions(scenario.demand[node.demand].process))
      return `demand of "${node.id}" is not in whole units; expected a distribution on 0, 1, 2, ...: add rounded: true where it has that`;
    if (node.life !== null) return `units of "${node.id}" age; expected units that keep`;
    const term = Object.entries({
      'price breaks': arc.priceBreaks !== null,
      'a price that moves': arc.priceIndex >= 0,
      'a yield': arc.yield !== null,
      'orders that are lost': arc.lostOrders !== null,
      disruptions: arc.disruptions !== null,
      'a transit cost': arc.transitCost.some((cost) => cost !== 0),
      'a capacity': arc.capacity.some((units) => units < Number.POSITIVE_INFINITY),
      'orders that are on their way to the sender': arc.initialOrders.length > 0 || arc.orderDelay.some((periods) => periods > 0),
    }).find(([, holds]) => holds);
    if (term !== undefined) return `"${arc.id}" has ${term[0]}; expected none`;
  }
  return undefined;
}

function comesInFractions(process: DemandProcessSpec): boolean {
  if ('base' in process) return comesInFractions(process.base);
  if (process.kind === 'stationary') return !isDiscrete(process.distribution, 0);
  return process.kind === 'markov' && process.states.some((state) => !isDiscrete(state, 0));
}
