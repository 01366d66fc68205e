import { distributionKey, type StateView, UserError } from '../../env/index.ts';
import type { Policy, PolicyChoices } from '../policy.ts';
import { beyondReach, outsideFamily, whyNotLostSales } from './bounds.ts';
import { stateLength } from './features.ts';
import { type ItemPlace, itemFacts } from './item-facts.ts';
import { OrderMemory } from './order-memory.ts';
import { largestOrder, orderValues } from './order-scale.ts';
import { centreOf, type FoldedItem, type UniversalNetwork } from './universal-network.ts';

export interface UniversalOptions {
  readonly network: UniversalNetwork;
  /** Default: universal. */
  readonly name?: string;
  /** Orders for items outside the family. Default: none, they are refused. */
  readonly fallback?: Policy | null;
  /** Orders for items outside the family too, as far as it can. Default false. */
  readonly force?: boolean;
}

/** An item that lanes have: the network made ready for it, or why it is another's business. */
interface KnownItem {
  readonly folded: FoldedItem | null;
  readonly memory: OrderMemory | null;
}

interface Desk {
  /** [node][lane] */
  readonly items: readonly KnownItem[];
  /** Does any item need the fallback? */
  readonly outside: boolean;
  /** [place][lane of the state] */
  readonly state: Float64Array;
}

/** Fewer lanes of an item than this hardly ever meet a state twice. */
const LANES_TO_REMEMBER = 8;

/** Why an item of a lane is outside the family, or undefined; forced, why nothing can be done for it at all. */
export function whyNotItem(place: ItemPlace, network: UniversalNetwork, force = false): string | undefined {
  const facts = itemFacts(place);
  return beyondReach(facts) ?? (force ? undefined : outsideFamily(facts, network.parts.bounds));
}

/** Where each stock point of a view gets its stock, and what it is there, lane by lane. */
function itemPlace({ network }: Pick<StateView, 'network'>, n: number, lane: number): ItemPlace {
  const node = network.nodes[n];
  return { scenario: network.scenario, node, arc: network.arcs[node.inbound[0]], lane, represents: network.represents[lane] };
}

/** The first reason why a network's items are outside the family, with the item, and how many lanes' items are; undefined where none is. */
export function outsideReason(
  network: StateView['network'],
  universalNetwork: UniversalNetwork,
  force = false,
): { readonly reason: string; readonly lanes: number } | undefined {
  const structure = whyNotLostSales(network);
  if (structure !== undefined) return { reason: structure, lanes: network.lanes };
  let reason: string | undefined;
  let lanes = 0;
  for (let lane = 0; lane < network.lanes; lane++) {
    const own = network.nodes
      .map((_, n) => whyNotItem(itemPlace({ network }, n, lane), universalNetwork, force))
      .find((why) => why !== undefined);
    if (own === undefined) continue;
    lanes++;
    const { laneNames } = network.scenario;
    reason ??= laneNames === undefined ? own : `${laneNames[lane].id}: ${own}`;
  }
  return reason === undefined ? undefined : { reason, lanes };
}

/** One trained network as a policy for any item of its family. An item's orders do not depend on the lanes beside it. */
export function universal({ network, name = 'universal', fallback = null, force = false }: UniversalOptions): Policy {
  const desks = new WeakMap<StateView, Desk>();
  const items = new Map<string, KnownItem>();
  const deskOf = (view: StateView): Desk => {
    const known = desks.get(view) ?? openDesk(view, { network, items, name, fallback, force });
    desks.set(view, known);
    return known;
  };
  return {
    name,
    parameters: fallback === null ? {} : { fallback: fallback.name, ...fallback.parameters },
    order(view, orders) {
      const desk = deskOf(view);
      if (desk.outside) fallback?.order(view, orders);
      for (let n = 0; n < view.network.nodes.length; n++) orderFor(view, n, { desk, network, orders });
    },
    explain(view, lane) {
      const desk = deskOf(view);
      const own = desk.outside ? (fallback?.explain?.(view, lane) ?? {}) : {};
      const choices = view.network.nodes.flatMap((_, n) => choicesOf(view, n, { lane, desk, network }));
      return choices.length === 0 ? own : { ...own, choices };
    },
  };
}

interface DeskOptions {
  readonly network: UniversalNetwork;
  readonly items: Map<string, KnownItem>;
  readonly name: string;
  readonly fallback: Policy | null;
  readonly force: boolean;
}

function openDesk(view: StateView, options: DeskOptions): Desk {
  const { name, fallback } = options;
  const { lanes, network } = view;
  const structure = whyNotLostSales(network);
  if (structure !== undefined) {
    if (fallback === null) throw new UserError(`policy "${name}" cannot be used in "${network.scenario.id}": ${structure}`);
    return { items: [], outside: true, state: new Float64Array(0) };
  }
  const items = network.nodes.flatMap((_, n) =>
    Array.from({ length: lanes }, (_lane, lane) => findItem(itemPlace(view, n, lane), options)),
  );
  const longest = items.reduce((most, { folded }) => Math.max(most, folded?.length ?? 0), 0);
  return { items, outside: items.some(({ folded }) => folded === null), state: new Float64Array(longest * lanes) };
}

/** Lanes with the same numbers share an item. */
function findItem(place: ItemPlace, { network, items, name, fallback, force }: DeskOptions): KnownItem {
  const { scenario, node, arc, lane, represents } = place;
  const { process } = scenario.demand[node.demand];
  const demand = process.kind === 'stationary' ? `${process.distribution.name} ${distributionKey(process.distribution, represents)}` : '';
  const costs = [node.holdingCost[lane], node.shortageCost[lane], node.price[lane], arc.unitCost[lane], arc.leadTime[lane]];
  const key = `${costs.join(' ')} ${demand}`;
  const known = items.get(key);
  if (known !== undefined) return known;
  const reason = whyNotItem(place, network, force);
  if (reason !== undefined && fallback === null) throw new UserError(`policy "${name}" cannot be used in "${scenario.id}": ${reason}`);
  const folded = reason === undefined ? network.fold(itemFacts(place)) : null;
  const remembers =
    folded !== null && folded.facts.unit === 1 && node.holdingCost.length >= LANES_TO_REMEMBER * (scenario.laneNames?.length ?? 1);
  const made = { folded, memory: remembers ? new OrderMemory(largestOrder(folded.facts)) : null };
  items.set(key, made);
  return made;
}

interface OrderFor {
  readonly desk: Desk;
  readonly network: UniversalNetwork;
  readonly orders: Float64Array;
}

/** Writes the orders of one stock point in all lanes. */
function orderFor(view: StateView, n: number, { desk, network, orders }: OrderFor): void {
  const { lanes, onHand } = view;
  const { items, state } = desk;
  const arc = view.network.nodes[n].inbound[0];
  const width = state.length / lanes;
  for (let lane = 0; lane < lanes; lane++) state[lane * width] = onHand[n * lanes + lane];
  for (let i = 1; i < width; i++) {
    const arriving = view.arriving(arc, i);
    for (let lane = 0; lane < lanes; lane++) state[lane * width + i] = arriving[lane];
  }
  for (let lane = 0, at = 0; lane < lanes; lane++, at += width) {
    const item = items[n * lanes + lane];
    if (item?.folded) orders[arc * lanes + lane] = orderOf(item.folded, item.memory, { network, state, at });
  }
}

function orderOf(
  folded: FoldedItem,
  memory: OrderMemory | null,
  { network, state, at }: { readonly network: UniversalNetwork; readonly state: Float64Array; readonly at: number },
): number {
  if (memory === null) return network.order(folded, state, at);
  const key = memory.key(state, at, folded.length);
  if (key < 0) return network.order(folded, state, at);
  const known = memory.recall(key);
  if (known >= 0) return known;
  const order = network.order(folded, state, at);
  memory.keep(key, order);
  return order;
}

/** What the network holds of the orders of one stock point: their probabilities. */
function choicesOf(
  view: StateView,
  n: number,
  { lane, desk, network }: { readonly lane: number; readonly desk: Desk; readonly network: UniversalNetwork },
): PolicyChoices[] {
  const folded = desk.items[n * view.lanes + lane]?.folded;
  if (!folded) return [];
  const arc = view.network.nodes[n].inbound[0];
  const { leadTime, unit } = folded.facts;
  const state = Float64Array.from({ length: stateLength(leadTime) }, (_, i) =>
    i === 0 ? view.onHand[n * view.lanes + lane] : view.arriving(arc, i)[lane],
  );
  const { orders, values } = orderValues(network.outputs(folded, state, 0), centreOf(folded, state, 0), folded.step);
  const most = Math.max(...values);
  const weights = values.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const taken = network.order(folded, state, 0);
  const options = weights.map((weight, k) => {
    const units = Math.round(orders[k] * unit);
    return { orders: [units], value: weight / sum, taken: units === taken };
  });
  return [{ of: 'probability', arc, options }];
}
