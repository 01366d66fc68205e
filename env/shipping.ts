import { shareStock } from './allocation.ts';
import type { CostParts } from './costs.ts';
import type { Arc, Network } from './network.ts';
import type { Suppliers } from './suppliers.ts';

export interface Shipping {
  readonly network: Network;
  /** [arc][lane] [units] orders that the arcs take. */
  readonly wanted: Float64Array;
  readonly clock: number;
  readonly suppliers: Suppliers;
  /** [node][lane] [units] */
  readonly onHand: Float64Array;
  readonly onOrder: Float64Array;
  readonly backlog: Float64Array;
  /** [arc][lane] [units], written. */
  readonly shipped: Float64Array;
  readonly shortShipped: Float64Array;
  readonly costs: CostParts;
}

/** Ships what was ordered, from the sources down, and charges for it. What a sender does not have is not owed: it is counted as short-shipped. */
export function shipOrders(shipping: Shipping): void {
  const { network, wanted, shipped, shortShipped } = shipping;
  shipped.set(wanted);
  shortShipped.fill(0);
  for (let a = 0; a < network.arcs.length; a++) {
    if (network.arcs[a].from < 0) dispatch(shipping, network.arcs[a], a);
  }
  for (let k = 0; k < network.order.length; k++) {
    const { outbound } = network.nodes[network.order[k]];
    if (outbound.length === 0) continue;
    shareStock(shipping, network.order[k]);
    for (let j = 0; j < outbound.length; j++) dispatch(shipping, network.arcs[outbound[j]], outbound[j]);
  }
}

/** @throws RangeError on an order that is negative or not a number */
export function checkOrders({ arcs, lanes }: Network, orders: Float64Array): void {
  for (let i = 0; i < orders.length; i++) {
    if (orders[i] >= 0 && orders[i] < Number.POSITIVE_INFINITY) continue;
    const arc = arcs[Math.floor(i / lanes)];
    throw new RangeError(`order ${orders[i]} on ${arc?.id} in lane ${i % lanes}: expected a finite number of 0 or more`);
  }
}

/** Hot: puts an arc's shipments on their way and charges fixed and unit cost, then transit for the period. */
function dispatch(shipping: Shipping, arc: Arc, a: number): void {
  const { clock, suppliers, onHand, onOrder, shipped, costs } = shipping;
  const { lanes } = shipping.network;
  const { fixedCost, unitCost, transitCost } = arc;
  const { unit, fixed, transit } = costs;
  const at = a * lanes;
  const to = arc.to * lanes;
  for (let lane = 0; lane < lanes; lane++) {
    const quantity = shipped[at + lane];
    onOrder[to + lane] += quantity;
    unit[lane] += unitCost[lane] * quantity;
    if (quantity > 0) fixed[lane] += fixedCost[lane];
  }
  if (arc.priceBreaks) discount(arc, shipped.subarray(at, at + lanes), unit);
  suppliers.dispatch(a, clock, shipped);
  if (arc.minLeadTime === 0) suppliers.receiveAtOnce(a, clock, onHand, onOrder);
  const inTransit = suppliers.pipelines[a].inTransit;
  for (let lane = 0; lane < lanes; lane++) transit[lane] += transitCost[lane] * inTransit[lane];
}

/** Charges the price of the quantity for all units, in place of the unit cost. */
function discount({ priceBreaks, unitCost }: Arc, shipped: Float64Array, unit: Float64Array): void {
  if (!priceBreaks) return;
  const { from, cost } = priceBreaks;
  for (let lane = 0; lane < shipped.length; lane++) {
    let step = from.length - 1;
    while (step >= 0 && shipped[lane] < from[step][lane]) step--;
    if (step >= 0) unit[lane] += (cost[step][lane] - unitCost[lane]) * shipped[lane];
  }
}
