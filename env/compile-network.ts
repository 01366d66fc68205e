import { indicesOf } from './index-levels.ts';
import { compileDisruptions, compilePriceBreaks, compileYield } from './link-terms.ts';
import type { Arc, Network, Node, Place } from './network.ts';
import { checkShape, linkIds, topologicalOrder } from './network-shape.ts';
import { readInitialOrders, readOrderDelay } from './order-terms.ts';
import type { OutsideIndex } from './outside-index.ts';
import { ownLanes } from './per-lane.ts';
import { leadTimeHazard } from './random-lead-time.ts';
import { readItemNumbers, readNumbers } from './read-numbers.ts';
import { compileReturns } from './returns.ts';
import { type Item, type Link, type Location, type Scenario, SUPPLIER } from './scenario.ts';
import type { RandomLeadTime } from './supply-spec.ts';
import { UserError } from './user-error.ts';

/**
 * Resolves a scenario for a number of lanes.
 * @throws UserError naming the field, its value and what was expected
 */
export function compileNetwork(scenario: Scenario, lanes: number, represents: Int32Array = ownLanes(lanes)): Network {
  checkShape(scenario);
  const { items, locations, links } = scenario;
  const nodeIndex = new Map<string, number>();
  for (const location of locations) {
    for (const item of items) nodeIndex.set(nodeKey(location.id, item.id), nodeIndex.size);
  }
  const ids = linkIds(links);
  const indices = indicesOf(scenario);
  const arcs = links.flatMap((link, k) => compileLink({ link, index: k, id: ids[k], items, represents, nodeIndex, indices }));
  const ends = arcEnds(arcs, nodeIndex.size);
  const demands = demandIndex(scenario, nodeIndex);
  const nodes = locations.flatMap((location) =>
    items.map((item) => {
      const n = nodeIndex.get(nodeKey(location.id, item.id)) ?? -1;
      return { ...compileNode({ location, item, several: items.length > 1, represents }), ...ends[n], demand: demands[n] };
    }),
  );
  const order = topologicalOrder(nodes, arcs);
  return {
    scenario,
    lanes,
    represents,
    nodes,
    arcs,
    order,
    routes: links.map((_, k) => ({ arc: k * items.length, from: arcs[k * items.length].from, to: arcs[k * items.length].to })),
    stages: order.filter((n) => n % items.length === 0),
    indices,
    places: locations.flatMap((location) => compilePlace({ location, items, represents, nodeIndex })),
  };
}

interface LinkPart {
  readonly link: Link;
  readonly index: number;
  readonly id: string;
  readonly items: readonly Item[];
  readonly represents: Int32Array;
  readonly nodeIndex: ReadonlyMap<string, number>;
  readonly indices: readonly OutsideIndex[];
}

function compileLink({ link, index, id, items, represents, nodeIndex, indices }: LinkPart): Arc[] {
  const path = `links.${id}`;
  const { orderDelay, fullLeadTime } = readOrderDelay(link, { path, represents });
  const leadTime = compileLeadTime(fullLeadTime, { path: `${path}.leadTime`, represents });
  const shared = {
    link: index,
    ...leadTime,
    orderDelay,
    priceIndex: link.priceIndex === undefined ? -1 : indices.indexOf(link.priceIndex),
    priceBreaks: compilePriceBreaks(link.priceBreaks, { path: `${path}.priceBreaks`, represents }),
    yield: compileYield(link.yield, { path: `${path}.yield.mean`, represents }),
    lostOrders: link.lostOrders === undefined ? null : readNumbers(link.lostOrders, { path: `${path}.lostOrders`, represents, most: 1 }),
    disruptions: compileDisruptions(link.disruptions, { path: `${path}.disruptions`, represents }),
  };
  if (link.priceIndex && shared.priceBreaks)
    throw new UserError(`${path}.priceIndex: "${link.priceIndex.id}" beside discounts; expected one of the two: leave one out`);
  return items.map(({ id: item }) => {
    const read = (field: 'fixedCost' | 'unitCost' | 'transitCost' | 'minimumOrder' | 'batch') =>
      readItemNumbers(link[field] ?? 0, { path: `${path}.${field}`, item, represents });
    return {
      ...shared,
      id: items.length > 1 ? `${id}:${item}` : id,
      from: link.from === SUPPLIER ? -1 : (nodeIndex.get(nodeKey(link.from, item)) ?? -1),
      to: nodeIndex.get(nodeKey(link.to, item)) ?? -1,
      fixedCost: read('fixedCost'),
      unitCost: read('unitCost'),
      transitCost: read('transitCost'),
      ...readInitialOrders(link, { path, item, represents, leadTime }),
      minimumOrder: read('minimumOrder'),
      batch: read('batch'),
      capacity:
        link.capacity === undefined
          ? new Float64Array(represents.length).fill(Number.POSITIVE_INFINITY)
          : readItemNumbers(link.capacity, { path: `${path}.capacity`, item, represents }),
    };
  });
}

function compileLeadTime(
  leadTime: Link['leadTime'],
  { path, represents }: { path: string; represents: Int32Array },
): Pick<Arc, 'leadTime' | 'minLeadTime' | 'maxLeadTime' | 'randomLeadTime'> {
  if (isRandom(leadTime)) {
    const randomLeadTime = leadTimeHazard(leadTime, { path, represents });
    const { min, max, mean } = randomLeadTime;
    return { leadTime: Int32Array.from(mean, Math.round), minLeadTime: min, maxLeadTime: max, randomLeadTime };
  }
  const expected = 'a whole number of periods, 0 or more';
  const own = Int32Array.from(readNumbers(leadTime, { path, represents, whole: true, expected }));
  return {
    leadTime: own,
    minLeadTime: own.reduce((a, b) => Math.min(a, b)),
    maxLeadTime: own.reduce((a, b) => Math.max(a, b)),
    randomLeadTime: null,
  };
}

function isRandom(leadTime: Link['leadTime']): leadTime is RandomLeadTime {
  return typeof leadTime === 'object' && 'probabilities' in leadTime;
}

interface NodePart {
  readonly location: Location;
  readonly item: Item;
  readonly several: boolean;
  readonly represents: Int32Array;
}

function compileNode({ location, item: { id: item, life }, several, represents }: NodePart): Omit<Node, 'inbound' | 'outbound' | 'demand'> {
  const path = `locations.${location.id}`;
  const { shortage, allocation = 'proportional', issuing = 'fifo' } = location;
  const waiting = shortage.kind === 'lost' ? 0 : shortage.kind === 'backlog' ? 1 : (shortage.backlogged ?? 0);
  const read = (field: 'holdingCost' | 'initialStock' | 'price' | 'salvageValue' | 'disposalCost') =>
    readItemNumbers(location[field] ?? 0, { path: `${path}.${field}`, item, represents });
  return {
    id: several ? `${location.id}:${item}` : location.id,
    location: location.id,
    item,
    holdingCost: read('holdingCost'),
    shortageCost: readItemNumbers(shortage.cost, { path: `${path}.shortage.cost`, item, represents }),
    backlogged: readItemNumbers(waiting, { path: `${path}.shortage.backlogged`, item, represents, most: 1 }),
    initialStock: read('initialStock'),
    price: read('price'),
    salvageValue: read('salvageValue'),
    disposalCost: read('disposalCost'),
    returns: compileReturns(location, { item, ages: life !== undefined, represents }),
    life: life === undefined ? null : compileLife(life, { path: `items.${item}.life`, represents }),
    issuing,
    allocation,
    owes: location.shortShipped === 'owed',
    chargesShortShipped: location.shortShipped === 'owed' || location.shortShipped === 'lost-at-cost',
    shipCapacity:
      location.shipCapacity === undefined ? null : readNumbers(location.shipCapacity, { path: `${path}.shipCapacity`, represents }),
  };
}

function compileLife(life: NonNullable<Item['life']>, rules: { path: string; represents: Int32Array }): Int32Array {
  return Int32Array.from(readNumbers(life, { ...rules, least: 1, whole: true, expected: 'a whole number of periods, 1 or more' }));
}

interface PlacePart {
  readonly location: Location;
  readonly items: readonly Item[];
  readonly represents: Int32Array;
  readonly nodeIndex: ReadonlyMap<string, number>;
}

function compilePlace({ location, items, represents, nodeIndex }: PlacePart): Place[] {
  const { id, capacity, overflowCost = 0 } = location;
  if (capacity === undefined) return [];
  return [
    {
      id,
      nodes: items.map((item) => nodeIndex.get(nodeKey(id, item.id)) ?? -1),
      capacity: readNumbers(capacity, { path: `locations.${id}.capacity`, represents }),
      overflowCost: readNumbers(overflowCost, { path: `locations.${id}.overflowCost`, represents }),
      volumes: items.map((item) => readNumbers(item.volume ?? 1, { path: `items.${item.id}.volume`, represents })),
    },
  ];
}

function arcEnds(arcs: readonly Arc[], nodes: number): { inbound: number[]; outbound: number[] }[] {
  const ends = Array.from({ length: nodes }, (): { inbound: number[]; outbound: number[] } => ({ inbound: [], outbound: [] }));
  arcs.forEach(({ from, to }, a) => {
    ends[to].inbound.push(a);
    if (from >= 0) ends[from].outbound.push(a);
  });
  return ends;
}

function demandIndex({ demand, items }: Scenario, nodeIndex: ReadonlyMap<string, number>): Int32Array {
  const indices = new Int32Array(nodeIndex.size).fill(-1);
  demand.forEach(({ location, item }, k) => {
    indices[nodeIndex.get(nodeKey(location, item ?? items[0].id)) ?? -1] = k;
  });
  return indices;
}

const nodeKey = (location: string, item: string) => `${location}\n${item}`;
