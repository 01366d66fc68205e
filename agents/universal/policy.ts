import { type Scenario, Simulator, type StateView } from '../../env/index.ts';
import type { Policy, PolicyChoices } from '../policy.ts';
import { chooseNetwork, type Desk, type KnownItem, openDesk, refreshDesk } from './item-desk.ts';
import { factsIn, itemPlace } from './item-facts.ts';
import { orderValues } from './order-scale.ts';
import { whyNotAnyItem } from './structure.ts';
import type { UniversalNetwork } from './universal-network.ts';

export interface UniversalOptions {
  /** Each for the items of its family; an item is ordered for by the first whose family it is of. */
  readonly networks: readonly UniversalNetwork[];
  /** Default: universal. */
  readonly name?: string;
  /** Orders for items outside the families. Default: none, they are refused. */
  readonly fallback?: Policy | null;
  /** Orders for items outside the families too, as far as it can. Default false. */
  readonly force?: boolean;
}

/** The first reason why a scenario's items are outside the families, with the item, and how many of them are; undefined where none is. */
export function outsideReason(
  scenario: Scenario,
  networks: readonly UniversalNetwork[],
  force = false,
): { readonly reason: string; readonly items: number } | undefined {
  const { laneNames } = scenario;
  const { view } = new Simulator({ scenario, lanes: laneNames?.length ?? 1 });
  const { network, lanes } = view;
  const structure = whyNotAnyItem(network);
  if (structure !== undefined) return { reason: structure, items: lanes };
  let reason: string | undefined;
  let items = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const own = network.nodes
      .map((_, n) => chooseNetwork(factsIn(view, itemPlace(network, n, lane)), networks, force))
      .find((chosen) => chosen.network === null);
    if (own?.network !== null) continue;
    items++;
    reason ??= laneNames === undefined ? own.reason : `${laneNames[lane].id}: ${own.reason}`;
  }
  return reason === undefined ? undefined : { reason, items };
}

/** Trained networks as a policy for any item of their families. An item's orders do not depend on the lanes beside it. */
export function universal({ networks, name = 'universal', fallback = null, force = false }: UniversalOptions): Policy {
  const desks = new WeakMap<StateView, Desk>();
  const options = { networks, items: new Map<string, KnownItem>(), name, fallback, force };
  const deskOf = (view: StateView): Desk => {
    const known = desks.get(view);
    if (known !== undefined) {
      refreshDesk(view, known, options);
      return known;
    }
    const opened = openDesk(view, options);
    desks.set(view, opened);
    return opened;
  };
  return {
    name,
    parameters: fallback === null ? {} : { fallback: fallback.name, ...fallback.parameters },
    order(view, orders) {
      const desk = deskOf(view);
      if (desk.outside) fallback?.order(view, orders);
      for (let n = 0; n < view.network.nodes.length; n++) orderFor(view, n, desk, orders);
    },
    explain(view, lane) {
      const desk = deskOf(view);
      const choices = view.network.nodes.flatMap((_, n) => choicesOf(view, n, lane, desk));
      // What the fallback has to say is of the items that it orders for.
      if (choices.length === view.network.nodes.length) return { choices };
      const own = fallback?.explain?.(view, lane) ?? {};
      return choices.length === 0 ? own : { ...own, choices };
    },
  };
}

/** Writes the orders of one stock point in all lanes. */
function orderFor(view: StateView, n: number, desk: Desk, orders: Float64Array): void {
  const { lanes } = view;
  const { items, state } = desk;
  const arc = view.network.nodes[n].inbound[0];
  const width = readStates(view, n, desk);
  for (let lane = 0, at = 0; lane < lanes; lane++, at += width) {
    const item = items[n * lanes + lane];
    if (item?.folded) orders[arc * lanes + lane] = orderOf(item, state, at);
  }
}

/** Writes the states of one stock point in all lanes, [lane][number]; gives how many numbers a lane has. */
function readStates(view: StateView, n: number, { items, state }: Desk): number {
  const { lanes, onHand, backlog } = view;
  const arc = view.network.nodes[n].inbound[0];
  const { randomLeadTime, maxLeadTime } = view.network.arcs[arc];
  const drawn = randomLeadTime !== null;
  const width = state.length / lanes;
  for (let lane = 0; width > 0 && lane < lanes; lane++) state[lane * width] = onHand[n * lanes + lane] - backlog[n * lanes + lane];
  for (let i = 1; i < Math.min(width, maxLeadTime); i++) {
    const arriving = view.arriving(arc, i);
    const outstanding = drawn ? view.outstanding(arc, i) : arriving;
    for (let lane = 0; lane < lanes; lane++) {
      const varies = drawn && (items[n * lanes + lane].folded?.facts.leadTimeVariance ?? 0) > 0;
      state[lane * width + i] = varies ? outstanding[lane] : arriving[lane];
    }
  }
  return width;
}

function orderOf({ network, folded, memory }: KnownItem, state: Float64Array, at: number): number {
  if (network === null || folded === null) return 0;
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
function choicesOf(view: StateView, n: number, lane: number, desk: Desk): PolicyChoices[] {
  const item = desk.items[n * view.lanes + lane];
  if (!item?.folded || item.network === null) return [];
  const { folded, network } = item;
  const arc = view.network.nodes[n].inbound[0];
  const width = readStates(view, n, desk);
  const { orders, values } = orderValues(network.outputs(folded, desk.state, lane * width), network.centre, folded.scale);
  const most = Math.max(...values);
  const weights = values.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const taken = network.order(folded, desk.state, lane * width);
  const options = weights.map((weight, k) => {
    const units = Math.round(orders[k] * folded.unit);
    return { orders: [units], value: weight / sum, taken: units === taken };
  });
  return [{ of: 'probability', arc, options }];
}
