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
  /** [arc] */
  readonly charged: readonly ArcCharges[];
}

/** Which costs an arc has: those that it has not are not worked out. */
export interface ArcCharges {
  readonly fixed: boolean;
  readonly unit: boolean;
  readonly transit: boolean;
}

export function arcCharges({ fixedCost, unitCost, transitCost }: Arc): ArcCharges {
  const any = (costs: Float64Array) => costs.some((cost) => cost > 0);
  return { fixed: any(fixedCost), unit: any(unitCost), transit: any(transitCost) };
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
  const charged = shipping.charged[a];
  const at = a * lanes;
  const to = arc.to * lanes;
  for (let lane = 0; lane < lanes; lane++) onOrder[to + lane] += shipped[at + lane];
  if (charged.fixed) chargeFixed(arc, shipped, at, costs.fixed);
  if (charged.unit) addProducts(costs.unit, arc.unitCost, shipped, at);
  if (arc.priceBreaks) discount(arc, shipped, at, costs.unit);
  suppliers.dispatch(a, clock, shipped);
  if (arc.minLeadTime === 0) suppliers.receiveAtOnce(a, clock, onHand, onOrder);
  if (charged.transit) addProducts(costs.transit, arc.transitCost, suppliers.pipelines[a].inTransit, 0);
}

function chargeFixed({ fixedCost }: Arc, shipped: Float64Array, at: number, fixed: Float64Array): void {
  for (let lane = 0; lane < fixed.length; lane++) {
    if (shipped[at + lane] > 0) fixed[lane] += fixedCost[lane];
  }
}

function addProducts(sums: Float64Array, prices: Float64Array, quantities: Float64Array, at: number): void {
  for (let lane = 0; lane < sums.length; lane++) sums[lane] += prices[lane] * quantities[at + lane];
}

/** Charges the price of the quantity for all units, in place of the unit cost. */
function discount({ priceBreaks, unitCost }: Arc, shipped: Float64Array, at: number, unit: Float64Array): void {
  if (!priceBreaks) return;
  const { from, cost } = priceBreaks;
  for (let lane = 0; lane < unit.length; lane++) {
    const quantity = shipped[at + lane];
    let step = from.length - 1;
    while (step >= 0 && quantity < from[step][lane]) step--;
    if (step >= 0) unit[lane] += (cost[step][lane] - unitCost[lane]) * quantity;
  }
}
