import type { Arc, Network } from './network.ts';
import type { Pipeline } from './pipeline.ts';
import type { CostParts } from './simulator.ts';

interface Shipping {
  readonly network: Network;
  /** [arc][lane] [units] */
  readonly orders: Float64Array;
  readonly clock: number;
  readonly pipelines: readonly Pipeline[];
  /** [node][lane] [units] */
  readonly onHand: Float64Array;
  readonly onOrder: Float64Array;
  /** [arc][lane] [units], written. */
  readonly shipped: Float64Array;
  readonly shortShipped: Float64Array;
  readonly costs: CostParts;
}

/** Ships what was ordered, from the sources down, and charges for it. What a sender does not have is not owed: it is counted as short-shipped. */
export function shipOrders(shipping: Shipping): void {
  const { network, orders, shipped, shortShipped } = shipping;
  checkOrders(network, orders);
  shipped.set(orders);
  shortShipped.fill(0);
  network.arcs.forEach((arc, a) => {
    if (arc.from < 0) dispatch(shipping, arc, a);
  });
  for (const n of network.order) {
    const { outbound } = network.nodes[n];
    if (outbound.length === 0) continue;
    allocate(shipping, n, outbound);
    for (const a of outbound) dispatch(shipping, network.arcs[a], a);
  }
}

function checkOrders(network: Network, orders: Float64Array): void {
  for (let i = 0; i < orders.length; i++) {
    if (orders[i] >= 0 && orders[i] < Number.POSITIVE_INFINITY) continue;
    const arc = network.arcs[Math.floor(i / network.lanes)];
    throw new RangeError(`order ${orders[i]} on ${arc?.id} in lane ${i % network.lanes}: expected a finite number of 0 or more`);
  }
}

/** Shares a sender's stock in proportion to what its customers ordered. Whole orders are shared in whole units, and no unit twice. */
function allocate(
  { network: { lanes }, orders, onHand, shipped, shortShipped }: Shipping,
  sender: number,
  outbound: readonly number[],
): void {
  for (let lane = 0; lane < lanes; lane++) {
    let asked = 0;
    let whole = true;
    for (const a of outbound) {
      const order = orders[a * lanes + lane];
      asked += order;
      whole &&= Number.isInteger(order);
    }
    let stock = onHand[sender * lanes + lane];
    if (asked > stock) {
      for (const a of outbound) {
        const i = a * lanes + lane;
        const share = asked > 0 ? (stock * orders[i]) / asked : 0;
        const sent = Math.min(orders[i], stock, whole ? Math.round(share) : share);
        asked -= orders[i];
        stock -= sent;
        shipped[i] = sent;
        shortShipped[i] = orders[i] - sent;
      }
      onHand[sender * lanes + lane] = stock;
    } else {
      onHand[sender * lanes + lane] = stock - asked;
    }
  }
}

/** Hot: puts an arc's shipments on their way and charges fixed and unit cost, then transit for the period. */
function dispatch({ network: { lanes }, clock, pipelines, onHand, onOrder, shipped, costs }: Shipping, arc: Arc, a: number): void {
  const { fixedCost, unitCost } = arc;
  const row = shipped.subarray(a * lanes, (a + 1) * lanes);
  const to = arc.to * lanes;
  for (let lane = 0; lane < lanes; lane++) {
    const quantity = row[lane];
    onOrder[to + lane] += quantity;
    costs.unit[lane] += unitCost[lane] * quantity;
    if (quantity > 0) costs.fixed[lane] += fixedCost[lane];
  }
  const pipeline = pipelines[a];
  pipeline.ship(clock, row);
  if (arc.minLeadTime === 0) pipeline.receive(clock, onHand, onOrder, to);
  const { transitCost } = arc;
  for (let lane = 0; lane < lanes; lane++) costs.transit[lane] += transitCost[lane] * pipeline.inTransit[lane];
}
