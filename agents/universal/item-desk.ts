import { distributionKey, type StateView, UserError } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { beyondReach, outsideFamily } from './bounds.ts';
import { AHEAD } from './demand-facts.ts';
import { factsIn, type ItemFacts, type ItemPlace, itemPlace } from './item-facts.ts';
import { OrderMemory } from './order-memory.ts';
import { largestOrder } from './order-scale.ts';
import { whyNotAnyItem } from './structure.ts';
import type { FoldedItem, UniversalNetwork } from './universal-network.ts';

/** A network that orders for an item, or why none does. */
export type Chosen = { readonly network: UniversalNetwork } | { readonly network: null; readonly reason: string };

/** The first network that an item is of the family of; by force, the one whose family it is nearest to. */
export function chooseNetwork(facts: ItemFacts, networks: readonly UniversalNetwork[], force: boolean): Chosen {
  const unreachable = beyondReach(facts);
  if (unreachable !== undefined) return { network: null, reason: unreachable };
  let nearest: { network: UniversalNetwork; reason: string; count: number } | undefined;
  for (const network of networks) {
    const outside = outsideFamily(facts, network.parts.bounds);
    if (outside === undefined) return { network };
    if (nearest === undefined || outside.count < nearest.count) nearest = { network, ...outside };
  }
  if (nearest === undefined) return { network: null, reason: 'there is no network' };
  return force ? { network: nearest.network } : { network: null, reason: nearest.reason };
}

/** An item that lanes have: the network made ready for it, or nothing where it is another's business. */
export interface KnownItem {
  readonly network: UniversalNetwork | null;
  readonly folded: FoldedItem | null;
  readonly memory: OrderMemory | null;
}

/** The items of a view's stock points in all lanes. */
export interface Desk {
  /** [node][lane]; where demand moves, as they are in the present period. */
  readonly items: KnownItem[];
  /** Does any item need the fallback? */
  readonly outside: boolean;
  /** [lane][place] of the state */
  readonly state: Float64Array;
  /** [node] the forecasts that the items were made ready with. */
  readonly versions: Float64Array;
}

export interface DeskOptions {
  readonly networks: readonly UniversalNetwork[];
  readonly items: Map<string, KnownItem>;
  readonly name: string;
  readonly fallback: Policy | null;
  readonly force: boolean;
}

/** Fewer lanes of an item than this hardly ever meet a state twice. */
const LANES_TO_REMEMBER = 8;
/** [units] More that is owed than this is never remembered. */
const MOST_OWED = 1_000;
/** Items made ready that are kept; where demand moves there is one for each period. */
const MOST_KNOWN = 20_000;

/** @throws UserError for items outside the families where there is no fallback */
export function openDesk(view: StateView, options: DeskOptions): Desk {
  const { name, fallback } = options;
  const { lanes, network } = view;
  const structure = whyNotAnyItem(network);
  const versions = Float64Array.from(network.nodes, (_, n) => view.forecastVersion(n));
  if (structure !== undefined) {
    if (fallback === null) throw new UserError(`policy "${name}" cannot be used in "${network.scenario.id}": ${structure}`);
    return { items: [], outside: true, state: new Float64Array(0), versions };
  }
  const items = network.nodes.flatMap((_, n) => Array.from({ length: lanes }, (_lane, lane) => findItem(view, n, lane, options)));
  const longest = items.reduce((most, { folded }) => Math.max(most, folded?.length ?? 0), 0);
  return { items, outside: items.some(({ folded }) => folded === null), state: new Float64Array(longest * lanes), versions };
}

/** Makes the items ready for the forecasts of the present period, where these may have changed. Whose business an item is stays as it was. */
export function refreshDesk(view: StateView, { items, versions }: Desk, options: DeskOptions): void {
  const { lanes, network } = view;
  if (items.length === 0) return;
  network.nodes.forEach((_, n) => {
    const version = view.forecastVersion(n);
    if (version === versions[n]) return;
    versions[n] = version;
    for (let lane = 0; lane < lanes; lane++) {
      const at = n * lanes + lane;
      if (items[at].network !== null) items[at] = findItem(view, n, lane, options, items[at].network);
    }
  });
}

/** Lanes with the same numbers share an item. */
function findItem(view: StateView, n: number, lane: number, options: DeskOptions, own?: UniversalNetwork): KnownItem {
  const { networks, items, name, fallback, force } = options;
  const place = itemPlace(view.network, n, lane);
  const key = itemKey(view, n, place);
  const known = items.get(key);
  if (known !== undefined && (own === undefined || known.network === own)) return known;
  const facts = factsIn(view, place);
  const chosen = own === undefined ? chooseNetwork(facts, networks, force) : { network: own };
  if (chosen.network === null && fallback === null)
    throw new UserError(`policy "${name}" cannot be used in "${view.network.scenario.id}": ${chosen.reason}`);
  const folded = chosen.network?.fold(facts) ?? null;
  const made = { network: chosen.network, folded, memory: folded === null ? null : memoryFor(folded, place) };
  if (items.size >= MOST_KNOWN) items.clear();
  items.set(key, made);
  return made;
}

function memoryFor({ facts, unit, scale, levels }: FoldedItem, { node, network }: ItemPlace): OrderMemory | null {
  const many = node.holdingCost.length >= LANES_TO_REMEMBER * (network.scenario.laneNames?.length ?? 1);
  if (!many || unit > 1 || facts.moves) return null;
  return new OrderMemory({ largestOrder: largestOrder(scale, levels), lowest: facts.waits > 0 ? -MOST_OWED : 0 });
}

/** Everything that an item's facts are made of. */
function itemKey(view: StateView, n: number, { network, node, arc, lane }: ItemPlace): string {
  const { process } = network.scenario.demand[node.demand];
  const { leadTime, randomLeadTime } = arc;
  const numbers = [
    node.holdingCost[lane],
    node.shortageCost[lane],
    node.backlogged[lane],
    node.price[lane],
    arc.unitCost[lane],
    arc.fixedCost[lane],
    arc.minimumOrder[lane],
    arc.batch[lane],
    leadTime[lane],
  ];
  for (let age = 0; randomLeadTime !== null && age <= randomLeadTime.max; age++)
    numbers.push(randomLeadTime.hazard[age * leadTime.length + lane]);
  if (process.kind === 'stationary')
    return `${numbers.join(' ')} ${process.distribution.name} ${distributionKey(process.distribution, network.represents[lane])}`;
  numbers.push(view.typicalMean[n * view.lanes + lane], view.typicalVariance[n * view.lanes + lane], view.typicalIsPast(n) ? 1 : 0);
  for (let ahead = 0; ahead < AHEAD; ahead++) numbers.push(view.forecastMean(n, ahead)[lane], view.forecastVariance(n, ahead)[lane]);
  return numbers.join(' ');
}
