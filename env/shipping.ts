import { shareStock } from './allocation.ts';
import type { CostParts } from './costs.ts';
import type { Arc, Network } from './network.ts';
import type { ShipCapacity } from './ship-capacity.ts';
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
  readonly owed: Float64Array;
  readonly shipCapacity: ShipCapacity;
  /** [arc][lane] [units], written. */
  readonly shipped: Float64Array;
  readonly shortShipped: Float64Array;
  readonly costs: CostParts;
  /** [index][lane] */
  readonly levels: Float64Array;
  /** [route] */
  readonly charged: readonly RouteCharges[];
}

/** Which costs a link has: those that it has not are not worked out. */
export interface RouteCharges {
  readonly fixed: boolean;
  readonly unit: boolean;
  readonly discounts: boolean;
  readonly transit: boolean;
  /** Can a shipment arrive in the period in which it was sent? */
  readonly atOnce: boolean;
}

/** [route] */
export function routeCharges({ routes, arcs, scenario }: Network): RouteCharges[] {
  const any = (costs: Float64Array) => costs.some((cost) => cost > 0);
  return routes.map(({ arc }) => {
    const own = arcs.slice(arc, arc + scenario.items.length);
    return {
      fixed: own.some(({ fixedCost }) => any(fixedCost)),
      unit: own.some(({ unitCost }) => any(unitCost)),
      discounts: own.some(({ priceBreaks }) => priceBreaks !== null),
      transit: own.some(({ transitCost }) => any(transitCost)),
      atOnce: own[0].minLeadTime === 0,
    };
  });
}

/** Ships what was ordered, from the sources down, and charges for it. What a sender does not have is not owed: it is counted as short-shipped. */
export function shipOrders(shipping: Shipping): void {
  const { network, wanted, shipped, shortShipped } = shipping;
  const { routes, stages, scenario } = network;
  const items = scenario.items.length;
  shipped.set(wanted);
  shortShipped.fill(0);
  for (let r = 0; r < routes.length; r++) {
    if (routes[r].from < 0) dispatch(shipping, r);
  }
  for (let k = 0; k < stages.length; k++) {
    const first = stages[k];
    if (network.nodes[first].outbound.length === 0) continue;
    const limits = shipping.shipCapacity.limits(first, shipping);
    for (let n = first; n < first + items; n++) shareStock(shipping, n, limits?.[n - first]);
    for (let r = 0; r < routes.length; r++) {
      if (routes[r].from === first) dispatch(shipping, r);
    }
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

/** Hot: puts a link's shipments on their way and charges fixed and unit cost, then transit for the period. */
function dispatch(shipping: Shipping, r: number): void {
  const { clock, suppliers, onHand, onOrder, shipped, costs, network } = shipping;
  const { lanes, arcs } = network;
  const { arc: first, to } = network.routes[r];
  const items = network.scenario.items.length;
  const { fixed, unit, discounts, transit, atOnce } = shipping.charged[r];
  const from = first * lanes;
  const at = to * lanes;
  for (let i = 0; i < items * lanes; i++) onOrder[at + i] += shipped[from + i];
  for (let a = first; (fixed || unit || discounts) && a < first + items; a++) {
    if (fixed) chargeFixed(arcs[a], shipped, a * lanes, costs.fixed);
    if (unit && arcs[a].priceIndex >= 0) chargeAtLevel(arcs[a], shipped, a * lanes, costs.unit, shipping.levels);
    else if (unit) chargeUnits(arcs[a], shipped, a * lanes, costs.unit);
    if (discounts) discount(arcs[a], shipped, a * lanes, costs.unit);
  }
  suppliers.dispatch(r, clock, shipped);
  if (atOnce) suppliers.receiveAtOnce(r, clock, onHand, onOrder);
  if (transit) suppliers.chargeTransit(r, costs.transit);
}

function chargeFixed({ fixedCost }: Arc, shipped: Float64Array, at: number, fixed: Float64Array): void {
  for (let lane = 0; lane < fixed.length; lane++) {
    if (shipped[at + lane] > 0) fixed[lane] += fixedCost[lane];
  }
}

function chargeUnits({ unitCost }: Arc, shipped: Float64Array, at: number, unit: Float64Array): void {
  for (let lane = 0; lane < unit.length; lane++) unit[lane] += unitCost[lane] * shipped[at + lane];
}

/** The unit cost times the level of its index. */
function chargeAtLevel({ unitCost, priceIndex }: Arc, shipped: Float64Array, at: number, unit: Float64Array, levels: Float64Array): void {
  const from = priceIndex * unit.length;
  for (let lane = 0; lane < unit.length; lane++) unit[lane] += unitCost[lane] * levels[from + lane] * shipped[at + lane];
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
