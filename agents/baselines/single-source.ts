import type { Network, StateView } from '../../env/index.ts';
import type { PolicyExplanation, PolicyRule } from '../policy.ts';
import type { ItemNumbers } from './family.ts';

/** A stock point with exactly one arc that brings it stock. */
export interface SingleSource {
  readonly node: number;
  readonly arc: number;
}

const known = new WeakMap<Network, readonly SingleSource[]>();

/** The stock points of a network that have one source each: those that the classic policies order for. */
export function singleSources(network: Network): readonly SingleSource[] {
  let sources = known.get(network);
  if (!sources) {
    sources = network.nodes.flatMap(({ inbound }, node) => (inbound.length === 1 ? [{ node, arc: inbound[0] }] : []));
    known.set(network, sources);
  }
  return sources;
}

/** Why a policy for stock points with one source each does not fit a network. */
export function whyNotSingleSources(network: Network): string | undefined {
  const several = network.nodes.find(({ inbound }) => inbound.length !== 1);
  if (several) return `"${several.id}" has ${several.inbound.length} sources; this policy orders from one`;
  return undefined;
}

/** Stock on hand and on order, shipped or not, less what is owed to customers and other nodes, of one node and lane [units]. */
export function inventoryPosition(view: StateView, node: number, lane: number): number {
  const i = node * view.lanes + lane;
  const shipped = view.onHand[i] + view.onOrder[i] - view.backlog[i];
  return view.ordersWait ? shipped + view.awaited[i] - view.owed[i] : shipped;
}

/** Why a policy orders what it orders that looks at one stock point's position at a time. */
export function positionRules(
  view: StateView,
  lane: number,
  levels: (node: number, arc: number) => Omit<PolicyRule, 'arc' | 'position'>,
  positionOf: (view: StateView, node: number, lane: number) => number = inventoryPosition,
): PolicyExplanation {
  const rules = singleSources(view.network).map(({ node, arc }) => ({
    arc,
    position: positionOf(view, node, lane),
    ...levels(node, arc),
  }));
  return { rules };
}

/**
 * The same of a node with others that only it supplies: stock on hand and on the way of all, less what their customers wait for, and what the node
 * itself has ordered. Orders among them change nothing.
 */
export function echelonPosition(view: StateView, node: number, members: readonly number[], lane: number): number {
  let position = view.awaited[node * view.lanes + lane];
  for (const member of members) {
    const i = member * view.lanes + lane;
    position += view.onHand[i] + view.onOrder[i] - view.backlog[i];
  }
  return position;
}

/** A stock that is hardly ever too small for the demand until the order after the next one arrives [units]. */
export function ampleStock({ meanDemand, demandVariance, leadTime }: ItemNumbers): number {
  return Math.ceil(meanDemand * (leadTime + 1) + 4 * Math.sqrt(demandVariance * (leadTime + 1))) + 1;
}

/** The same for a stock point with all that it supplies, until its next order reaches the customer [units]. */
export function echelonAmpleStock(item: ItemNumbers): number {
  return ampleStock({ ...item, leadTime: item.echelonLeadTime });
}

/** The order quantity that balances ordering against holding (Harris 1913) [units], at least 1. */
export function economicOrderQuantity({ meanDemand, fixedCost, holdingCost }: ItemNumbers): number {
  return Math.max(1, economicQuantity(meanDemand, fixedCost, holdingCost));
}

/** Lots worth a try [units]. */
export function lotRange(item: ItemNumbers): readonly [number, number] {
  return [1, Math.ceil(Math.max(3, 3 * item.meanDemand, 2.5 * economicOrderQuantity(item)))];
}

/** The economic quantity from demand [units/period], cost of an order and holding cost; four periods' demand where holding costs nothing. */
export function economicQuantity(meanDemand: number, fixedCost: number, holdingCost: number): number {
  return holdingCost > 0 ? Math.sqrt((2 * fixedCost * meanDemand) / holdingCost) : 4 * meanDemand;
}
