import type { Arc, Network, Node } from '../../env/index.ts';
import { LinearProgram, type Term } from './linear-program.ts';

/** What a lane's periods bring, whatever is ordered. */
export interface KnownPeriods {
  readonly periods: number;
  /** [period][node] [units] */
  readonly demand: readonly Float64Array[];
  /** [period][arc] 1 where the link takes orders. */
  readonly available: readonly Int32Array[];
  /** [period][arc] what its unit cost is multiplied by. */
  readonly priceLevels: readonly Float64Array[];
  /** First period whose costs count. */
  readonly firstCounted: number;
}

/**
 * The cheapest way to run one lane of a network whose future is known, as a linear or mixed-integer program. Every course that the simulator can take is
 * a feasible point with the cost that the simulator charges, so the least cost is a bound below all policies. It is a relaxation where the simulator
 * leaves no choice or chance decides: who is served first, which units are issued, when drawn lead times end (between their least and largest) and
 * what part of a delivery can be used (all of it), what must be shipped because it was ordered before, and what unfilled orders of other
 * locations cost; of a quantity discount the lowest price is paid for every unit. Of what customers send back it has the mean: where nothing need be whole, the
 * least cost of the mean course is no more than the mean cost of any.
 */
export function clairvoyantProgram(network: Network, lane: number, known: KnownPeriods): LinearProgram {
  const program = new LinearProgram();
  const building: Building = { program, network, lane, known, largest: largestShipments(network, lane, known) };
  const shipments = network.arcs.map((arc, a) => addArc(building, arc, a));
  const stocks = network.nodes.map((node, n) => addNode(building, { node, n, shipments }));
  addShipCapacity(building, shipments);
  addOverflow(building, stocks);
  return program;
}

interface Building {
  readonly program: LinearProgram;
  readonly network: Network;
  readonly lane: number;
  readonly known: KnownPeriods;
  /** [arc][period] [units] more than this is never worth shipping. */
  readonly largest: readonly Float64Array[];
}

/** Columns of an arc. */
interface Shipments {
  /** [period] shipped. */
  readonly sent: readonly number[];
  /** [period] columns of what arrives then. */
  readonly arriving: readonly number[][];
}

function addArc({ program, network, lane, known, largest }: Building, arc: Arc, a: number): Shipments {
  const { periods, available, priceLevels, firstCounted } = known;
  const cost = arc.priceBreaks ? Math.min(arc.unitCost[lane], ...arc.priceBreaks.cost.map((price) => price[lane])) : arc.unitCost[lane];
  const arriving: number[][] = Array.from({ length: periods }, () => []);
  const waits = ordersWait(network, arc);
  const sent = Array.from({ length: periods }, (_, t) => {
    const counted = t >= firstCounted;
    const most = waits ? largest[a][t] : available[t][a] === 0 ? 0 : Math.min(arc.capacity[lane], largest[a][t]);
    const column = program.column({ cost: counted ? cost * priceLevels[t][a] : 0, high: most });
    addLots(program, { arc, lane, column, most, anyLot: waits, fixedCost: counted ? arc.fixedCost[lane] : 0 });
    const parts: Term[] = [[column, -1]];
    const { shortest, longest } = leadTimes(arc, lane);
    for (let leadTime = shortest; leadTime <= longest; leadTime++) {
      const onTheWay = countedPeriods(t, Math.min(leadTime, periods - t), firstCounted);
      const part = program.column({ cost: arc.transitCost[lane] * onTheWay });
      parts.push([part, 1]);
      if (t + leadTime < periods) arriving[t + leadTime].push(part);
    }
    program.row(arc.yield ? Number.NEGATIVE_INFINITY : 0, 0, parts);
    return column;
  });
  if (waits) addFirstOrders(program, { network, lane, known, arc, a, sent });
  arc.initialPipeline.forEach((units, k) => {
    if (k + 1 >= periods) return;
    const cost = arc.transitCost[lane] * countedPeriods(0, k + 1, firstCounted);
    arriving[k + 1].push(program.column({ cost, low: arc.yield ? 0 : units[lane], high: units[lane] }));
  });
  return { sent, arriving };
}

interface FirstOrders extends Pick<Building, 'network' | 'lane' | 'known'> {
  readonly arc: Arc;
  readonly a: number;
  readonly sent: readonly number[];
}

/** Until an order of the lane's own can reach the sender, what was ordered before the start is all that is shipped; and what of it is not shipped is owed. */
function addFirstOrders(
  program: LinearProgram,
  { network, lane, known: { periods, available, firstCounted }, arc, a, sent }: FirstOrders,
): void {
  const first = available.findIndex((row) => row[a] === 1);
  const reached = Math.min(periods, first < 0 ? periods : first + arc.orderDelay[lane]);
  const sender = arc.from < 0 ? null : network.nodes[arc.from];
  const shipsAll = sender === null && !arc.lostOrders && arc.capacity[lane] === Number.POSITIVE_INFINITY;
  const penalty = sender?.owes && sender.chargesShortShipped ? sender.shortageCost[lane] : 0;
  let ordered = 0;
  const shipped: Term[] = [];
  for (let t = 0; t < periods; t++) {
    ordered += arc.initialOrders[t]?.[lane] ?? 0;
    shipped.push([sent[t], 1]);
    if (t < reached) program.row(shipsAll ? ordered : Number.NEGATIVE_INFINITY, ordered, shipped);
    if (penalty > 0 && t >= firstCounted)
      program.row(ordered, Number.POSITIVE_INFINITY, [...shipped, [program.column({ cost: penalty }), 1]]);
  }
}

/** Can what is shipped in a period have been ordered before? Then the link's rules for orders say nothing about it. */
function ordersWait({ nodes }: Network, { from, orderDelay, initialOrders }: Arc): boolean {
  return initialOrders.length > 0 || orderDelay.some((periods) => periods > 0) || (from >= 0 && nodes[from].owes);
}

/** What a location can ship to others in a period. */
function addShipCapacity({ program, network, lane, known }: Building, shipments: readonly Shipments[]): void {
  network.stages.forEach((first) => {
    const { shipCapacity } = network.nodes[first];
    if (!shipCapacity) return;
    const outbound = network.nodes.slice(first, first + network.scenario.items.length).flatMap((node) => node.outbound);
    for (let t = 0; outbound.length > 0 && t < known.periods; t++) {
      program.row(
        Number.NEGATIVE_INFINITY,
        shipCapacity[lane],
        outbound.map((a): Term => [shipments[a].sent[t], 1]),
      );
    }
  });
}

function leadTimes({ randomLeadTime, leadTime }: Arc, lane: number): { readonly shortest: number; readonly longest: number } {
  if (randomLeadTime) return { shortest: randomLeadTime.min, longest: randomLeadTime.max };
  return { shortest: leadTime[lane], longest: leadTime[lane] };
}

function countedPeriods(from: number, length: number, firstCounted: number): number {
  return Math.max(0, from + length - Math.max(from, firstCounted));
}

interface Lots {
  readonly arc: Arc;
  readonly lane: number;
  readonly column: number;
  readonly most: number;
  readonly fixedCost: number;
  /** Do minimum and batch say nothing about a shipment? */
  readonly anyLot: boolean;
}

/** Fixed costs, minimum orders and batches. A location that is short of stock ships less than it was asked, so only the outside source keeps to lots. */
function addLots(program: LinearProgram, { arc, lane, column, most, fixedCost, anyLot }: Lots): void {
  if (most === 0) return;
  const outside = arc.from < 0 && !arc.lostOrders && !anyLot;
  const least = outside ? arc.minimumOrder[lane] : 0;
  const batch = outside ? arc.batch[lane] : 0;
  if (batch > 0) {
    const lots = program.column({ whole: true });
    program.row(0, 0, [
      [column, 1],
      [lots, -batch],
    ]);
  }
  if (fixedCost === 0 && least === 0) return;
  const ships = program.column({ cost: fixedCost, high: 1, whole: true });
  program.row(Number.NEGATIVE_INFINITY, 0, [
    [column, 1],
    [ships, -most],
  ]);
  if (least > 0) {
    program.row(0, Number.POSITIVE_INFINITY, [
      [column, 1],
      [ships, -least],
    ]);
  }
}

interface NodePart {
  readonly node: Node;
  readonly n: number;
  readonly shipments: readonly Shipments[];
}

/** Balances of stock and backlog; returns the columns of stock at the end of each period. */
function addNode({ program, network, lane, known }: Building, { node, n, shipments }: NodePart): readonly number[] {
  const { periods, demand, firstCounted } = known;
  const waits = node.backlogged[lane];
  const stocks: number[] = [];
  /** [period] what goes to customers. */
  const issued: Term[][] = [];
  const inflow: Term[] = [];
  const outflow: Term[] = [];
  let owed = -1;
  for (let t = 0; t < periods; t++) {
    const weight = t >= firstCounted ? 1 : 0;
    const units = demand[t][n];
    const penalty = weight * node.shortageCost[lane];
    const price = weight * node.price[lane] - refundOf(node, lane, t, known);
    const last = network.scenario.periods === periods && t === periods - 1;
    const stock = program.column({ cost: weight * (node.holdingCost[lane] - (last ? node.salvageValue[lane] : 0)) });
    const served = program.column({ high: units, cost: -(1 - waits) * penalty - price });
    program.constant += (1 - waits) * penalty * units;
    const arrivals: Term[] = node.inbound.flatMap((a) => shipments[a].arriving[t].map((part): Term => [part, 1]));
    issued.push([[served, 1]]);
    const leaving: Term[] = [[served, 1], ...node.outbound.map((a): Term => [shipments[a].sent[t], 1])];
    if (waits > 0) {
      const servedLate = program.column({ cost: -price });
      const backlog = program.column({ cost: penalty });
      issued[t].push([servedLate, 1]);
      const before: Term[] = owed < 0 ? [] : [[owed, -1]];
      program.row(waits * units, waits * units, [[backlog, 1], ...before, [servedLate, 1], [served, waits]]);
      leaving.push([servedLate, 1]);
      owed = backlog;
    }
    if (node.life) leaving.push([program.column({ cost: weight * node.disposalCost[lane] }), 1]);
    const initial = t === 0 ? node.initialStock[lane] : 0;
    const before: Term[] = t === 0 ? [] : [[stocks[t - 1], -1]];
    const back = node.returns ? (issued[t - node.returns.after] ?? []) : [];
    const returned = back.map(([c]): Term => [c, -(node.returns?.part[lane] ?? 0)]);
    program.row(initial, initial, [[stock, 1], ...before, ...arrivals.map(([c, f]): Term => [c, -f]), ...returned, ...leaving]);
    stocks.push(stock);
    outflow.push(...leaving);
    if (node.life) addExpiry(program, { node, lane, t, shipments, inflow, outflow });
  }
  return stocks;
}

/** [money/unit] that is to be expected to be given back of what is served in a period. */
function refundOf({ returns }: Node, lane: number, t: number, { periods, firstCounted }: KnownPeriods): number {
  if (returns === null || t + returns.after >= periods || t + returns.after <= firstCounted) return 0;
  return returns.part[lane] * returns.refund[lane];
}

interface Expiry {
  readonly node: Node;
  readonly lane: number;
  readonly t: number;
  readonly shipments: readonly Shipments[];
  /** What came so long ago that it must be gone; grows. */
  readonly inflow: Term[];
  readonly outflow: readonly Term[];
}

/** What was received a life ago or more has left by the end of the period. */
function addExpiry(program: LinearProgram, { node, lane, t, shipments, inflow, outflow }: Expiry): void {
  const life = node.life ? node.life[lane] : Number.POSITIVE_INFINITY;
  const received = t - life + 1;
  if (received < 0) return;
  for (const a of node.inbound) for (const part of shipments[a].arriving[received]) inflow.push([part, -1]);
  program.row(node.initialStock[lane], Number.POSITIVE_INFINITY, [...outflow, ...inflow]);
}

function addOverflow({ program, network, lane, known }: Building, stocks: readonly (readonly number[])[]): void {
  for (const { nodes, capacity, overflowCost, volumes } of network.places) {
    if (overflowCost[lane] === 0) continue;
    for (let t = known.firstCounted; t < known.periods; t++) {
      const beyond = program.column({ cost: overflowCost[lane] });
      const volume = nodes.map((n, k): Term => [stocks[n][t], volumes[k][lane]]);
      program.row(Number.NEGATIVE_INFINITY, capacity[lane], [...volume, [beyond, -1]]);
    }
  }
}

/** More than all demand that is still to be served below, and one lot, is never worth shipping at once. */
function largestShipments({ nodes, arcs, order }: Network, lane: number, { periods, demand }: KnownPeriods): readonly Float64Array[] {
  const needed = nodes.map(() => new Float64Array(periods));
  for (const n of [...order].reverse()) {
    const { backlogged, outbound } = nodes[n];
    let later = 0;
    for (let t = periods - 1; t >= 0; t--) {
      later += demand[t][n];
      needed[n][t] = later;
    }
    if (backlogged[lane] > 0) needed[n].fill(later);
    for (const a of outbound) for (let t = 0; t < periods; t++) needed[n][t] += needed[arcs[a].to][t];
  }
  return arcs.map(({ to, minimumOrder, batch }) => needed[to].map((units) => units + minimumOrder[lane] + batch[lane]));
}
