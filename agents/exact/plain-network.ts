import { type Arc, isDiscrete, type LaneDistribution, laneDistribution, type Network, type Node } from '../../env/index.ts';

/** What stands in the way of a formula: reasons in words, the first that applies. All of lane 0. */

/** Why an arc is more than a lead time and a price, or undefined where that is all. Fixed costs are looked at elsewhere. */
export function whyNotPlainArc(arc: Arc): string | undefined {
  if (arc.randomLeadTime) return `the lead time of "${arc.id}" is drawn`;
  if (arc.yield) return `part of what "${arc.id}" delivers cannot be used`;
  if (arc.lostOrders) return `orders on "${arc.id}" can be lost`;
  if (arc.disruptions) return `"${arc.id}" can be down`;
  if (arc.initialOrders.length > 0 || arc.orderDelay[0] > 0) return `orders on "${arc.id}" take time to reach their sender`;
  if (arc.priceBreaks) return `"${arc.id}" gives discounts`;
  if (arc.priceIndex >= 0) return `the price of "${arc.id}" moves`;
  if (arc.capacity[0] < Number.POSITIVE_INFINITY) return `"${arc.id}" has a capacity`;
  if (arc.minimumOrder[0] > 0) return `"${arc.id}" has a minimum order`;
  if (arc.batch[0] > 0) return `"${arc.id}" ships in batches`;
  return undefined;
}

export function whyNotUnlimitedRoom({ places }: Network): string | undefined {
  return places.length > 0 ? `"${places[0].id}" has a capacity` : undefined;
}

/** Why orders between locations are more than served or forgotten. */
export function whyNotForgottenOrders({ nodes }: Network): string | undefined {
  const owing = nodes.find(({ chargesShortShipped, outbound }) => chargesShortShipped && outbound.length > 0);
  if (owing) return `"${owing.id}" ${owing.owes ? 'owes' : 'pays for'} what it cannot ship`;
  const limited = nodes.find(({ shipCapacity, outbound }) => shipCapacity && outbound.length > 0);
  return limited ? `"${limited.id}" can ship only so much` : undefined;
}

/** Why there is not just one node, with one demand. */
export function whyNotOneNode({ nodes, scenario }: Network): string | undefined {
  if (nodes.length !== 1) return `it has ${scenario.items.length} items at ${scenario.locations.length} locations`;
  if (nodes[0].demand < 0) return 'it has no demand';
  if (nodes[0].inbound.length === 0) return 'nothing supplies it';
  if (nodes[0].returns) return 'customers send units back';
  return undefined;
}

export function whyNotStationary({ scenario, nodes }: Network): string | undefined {
  const moving = nodes.find(({ demand }) => demand >= 0 && scenario.demand[demand].process.kind !== 'stationary');
  return moving ? `the demand of "${moving.id}" is not the same in every period` : undefined;
}

export function whyNotForEver({ scenario: { periods } }: Network): string | undefined {
  return periods === null ? undefined : `it ends after ${periods} periods`;
}

/** The distribution of a node's demand in any period. */
export function stationaryDemand({ scenario }: Network, { demand }: Node): LaneDistribution {
  const { process } = scenario.demand[demand];
  if (process.kind !== 'stationary') throw new RangeError(`demand of kind "${process.kind}" has no one distribution`);
  return laneDistribution(process.distribution, 0);
}

export function whyNotWholeUnits({ scenario, nodes }: Network): string | undefined {
  for (const { demand, id } of nodes) {
    if (demand < 0) continue;
    const { process } = scenario.demand[demand];
    if (process.kind === 'stationary' && !isDiscrete(process.distribution, 0)) return `the demand of "${id}" does not come in whole units`;
  }
  return undefined;
}

/** What is wrong where waiting demand costs nothing. */
export function whyNothingOrdered({ shortageCost }: Node): string {
  return `shortage.cost ${shortageCost[0]}: an exact solution needs one above 0, or nothing would ever be ordered`;
}

/** The first reason of several. */
export function firstReason(...reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}
