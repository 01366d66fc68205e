import { itemValue, laneValues, ownLanes, type PerItem } from './per-lane.ts';
import { type Link, type Location, type Scenario, SUPPLIER } from './scenario.ts';
import { UserError } from './user-error.ts';

/** A stock point: one item at one location. Numbers are [lane]. */
export interface Node {
  /** The location's id, with `:item` where there are several items. */
  readonly id: string;
  readonly location: string;
  readonly item: string;
  /** [money/unit/period] */
  readonly holdingCost: Float64Array;
  /** [money/unit] lost, [money/unit/period] backlogged. */
  readonly shortageCost: Float64Array;
  /** Part of unmet demand that waits: 0 lost sales, 1 backlog. */
  readonly backlogged: Float64Array;
  /** [units] */
  readonly initialStock: Float64Array;
  /** [money/unit] */
  readonly price: Float64Array;
  /** Arcs that bring this node stock. */
  readonly inbound: readonly number[];
  /** Arcs that take stock from this node. */
  readonly outbound: readonly number[];
  /** Index into the scenario's demand, or -1 where the node faces none of its own. */
  readonly demand: number;
}

/** A link for one item: what an order can be placed on. Numbers are [lane]. */
export interface Arc {
  /** `from>to`, with `:item` where there are several items. */
  readonly id: string;
  /** Sending node, or -1: the outside source. */
  readonly from: number;
  readonly to: number;
  /** [periods] */
  readonly leadTime: Int32Array;
  /** Smallest and largest lead time of any lane [periods]. */
  readonly minLeadTime: number;
  readonly maxLeadTime: number;
  /** [money] per shipment. */
  readonly fixedCost: Float64Array;
  /** [money/unit] */
  readonly unitCost: Float64Array;
  /** [money/unit/period] */
  readonly transitCost: Float64Array;
}

/** A scenario resolved for a number of lanes: locations x items are nodes, links x items are arcs, numbers are arrays. */
export interface Network {
  readonly scenario: Scenario;
  readonly lanes: number;
  /** [lane] the lane of the scenario that each stands for: whose numbers it has. */
  readonly represents: Int32Array;
  readonly nodes: readonly Node[];
  readonly arcs: readonly Arc[];
  /** Nodes from the sources down: a sender comes before its customers. */
  readonly order: readonly number[];
}

/**
 * Resolves a scenario for a number of lanes.
 * @throws UserError naming the field, its value and what was expected
 */
export function compileNetwork(scenario: Scenario, lanes: number, represents: Int32Array = ownLanes(lanes)): Network {
  const { items, locations, links } = scenario;
  const nodeIndex = new Map<string, number>();
  for (const location of locations) {
    for (const item of items) nodeIndex.set(nodeKey(location.id, item.id), nodeIndex.size);
  }
  const arcs = links.flatMap((link) => items.map((item) => compileArc({ scenario, link, item: item.id, represents, nodeIndex })));
  const nodes = locations.flatMap((location) =>
    items.map((item) => compileNode({ scenario, location, item: item.id, represents, nodeIndex, arcs })),
  );
  return { scenario, lanes, represents, nodes, arcs, order: topologicalOrder(nodes, arcs) };
}

interface Part {
  readonly scenario: Scenario;
  readonly item: string;
  readonly represents: Int32Array;
  readonly nodeIndex: ReadonlyMap<string, number>;
}

function compileArc({ scenario, link, item, represents, nodeIndex }: Part & { link: Link }): Arc {
  const id = scenario.items.length > 1 ? `${link.from}>${link.to}:${item}` : `${link.from}>${link.to}`;
  const path = `links.${link.from}>${link.to}`;
  const leadTime = Int32Array.from(numbers(link.leadTime, { path: `${path}.leadTime`, item, represents, whole: true }));
  return {
    id,
    from: link.from === SUPPLIER ? -1 : nodeAt(nodeIndex, link.from, item, `${path}.from`),
    to: nodeAt(nodeIndex, link.to, item, `${path}.to`),
    leadTime,
    minLeadTime: leadTime.reduce((a, b) => Math.min(a, b)),
    maxLeadTime: leadTime.reduce((a, b) => Math.max(a, b)),
    fixedCost: numbers(link.fixedCost ?? 0, { path: `${path}.fixedCost`, item, represents }),
    unitCost: numbers(link.unitCost ?? 0, { path: `${path}.unitCost`, item, represents }),
    transitCost: numbers(link.transitCost ?? 0, { path: `${path}.transitCost`, item, represents }),
  };
}

function compileNode({ scenario, location, item, represents, nodeIndex, arcs }: Part & { location: Location; arcs: readonly Arc[] }): Node {
  const index = nodeAt(nodeIndex, location.id, item, 'locations');
  const path = `locations.${location.id}`;
  const { shortage } = location;
  const waiting = shortage.kind === 'lost' ? 0 : shortage.kind === 'backlog' ? 1 : (shortage.backlogged ?? 0);
  const backlogged = numbers(waiting, { path: `${path}.shortage.backlogged`, item, represents });
  if (backlogged.some((part) => part > 1)) throw new UserError(`${path}.shortage.backlogged: expected a part from 0 to 1`);
  return {
    id: scenario.items.length > 1 ? `${location.id}:${item}` : location.id,
    location: location.id,
    item,
    holdingCost: numbers(location.holdingCost, { path: `${path}.holdingCost`, item, represents }),
    shortageCost: numbers(shortage.cost, { path: `${path}.shortage.cost`, item, represents }),
    backlogged,
    initialStock: numbers(location.initialStock, { path: `${path}.initialStock`, item, represents }),
    price: numbers(location.price ?? 0, { path: `${path}.price`, item, represents }),
    inbound: arcs.flatMap((arc, k) => (arc.to === index ? [k] : [])),
    outbound: arcs.flatMap((arc, k) => (arc.from === index ? [k] : [])),
    demand: scenario.demand.findIndex(
      (demand) => demand.location === location.id && (demand.item === undefined ? scenario.items.length === 1 : demand.item === item),
    ),
  };
}

const nodeKey = (location: string, item: string) => `${location}\n${item}`;

function nodeAt(nodeIndex: ReadonlyMap<string, number>, location: string, item: string, path: string): number {
  const index = nodeIndex.get(nodeKey(location, item));
  if (index === undefined) throw new UserError(`${path}: there is no location "${location}"; name one of locations, or "${SUPPLIER}"`);
  return index;
}

function numbers(
  value: PerItem,
  { path, item, represents, whole = false }: { path: string; item: string; represents: Int32Array; whole?: boolean },
): Float64Array {
  const own = itemValue(value, item);
  if (own === undefined) throw new UserError(`${path}: no value for the item "${item}"`);
  const values = laneValues(own, represents);
  for (const number of values) {
    if (!Number.isFinite(number) || number < 0) throw new UserError(`${path}: ${number}; expected a number of 0 or more`);
    if (whole && !Number.isInteger(number)) throw new UserError(`${path}: ${number}; expected a whole number of periods, 0 or more`);
  }
  return values;
}

function topologicalOrder(nodes: readonly Node[], arcs: readonly Arc[]): number[] {
  const waitingFor = nodes.map((node) => node.inbound.filter((arc) => arcs[arc].from >= 0).length);
  const ready = nodes.flatMap((_, n) => (waitingFor[n] === 0 ? [n] : []));
  const order: number[] = [];
  for (let n = ready.shift(); n !== undefined; n = ready.shift()) {
    order.push(n);
    for (const arc of nodes[n].outbound) {
      if (--waitingFor[arcs[arc].to] === 0) ready.push(arcs[arc].to);
    }
  }
  if (order.length < nodes.length) {
    const stuck = nodes.filter((_, n) => !order.includes(n)).map((node) => node.id);
    throw new UserError(`links: ${stuck.join(', ')} supply each other in a circle; expected every path to lead from the sources down`);
  }
  return order;
}
