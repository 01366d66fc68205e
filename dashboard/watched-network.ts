import { linkIds, type Network, partsInUse } from '../env/index.ts';
import type { WatchedNetwork } from './protocol.ts';

/** A network as it is shown: which stock points make up a location, and which arcs a link. */
export interface ShownNetwork {
  readonly watched: WatchedNetwork;
  /** [location] indices of its stock points, those of the item that is shown. */
  readonly nodes: readonly (readonly number[])[];
  /** [link] indices of its arcs, likewise. */
  readonly arcs: readonly (readonly number[])[];
  /** Do its sums say all that there is? */
  readonly plain: boolean;
}

interface Shown {
  /** Index of the item that is shown; null: the sum of all. */
  readonly item: number | null;
  readonly lane: number;
}

export function showNetwork(network: Network, { item, lane }: Shown): ShownNetwork {
  const { scenario, nodes, arcs, stages } = network;
  const shownItem = item === null ? null : scenario.items[item % scenario.items.length].id;
  const counts = (node: number) => shownItem === null || nodes[node].item === shownItem;
  const places = stages.map((first) => nodes[first].location);
  const ranks = ranksOf(network);
  const nodesOf = places.map((id) => indices(nodes, (node, n) => node.location === id && counts(n)));
  const links = [...new Set(arcs.map(({ link }) => link))];
  const ids = linkIds(scenario.links);
  const watched: WatchedNetwork = {
    locations: places.map((id, k) => ({
      id,
      rank: ranks.get(id) ?? 1,
      demand: nodesOf[k].some((n) => nodes[n].demand >= 0),
      costs: costsOf(network, nodesOf[k], lane),
    })),
    links: links.map((link) => {
      const { from, to } = scenario.links[link];
      const arc = arcs.find((candidate) => candidate.link === link);
      return { id: ids[link], from, to, leadTime: arc?.leadTime[lane] ?? 0 };
    }),
    items: scenario.laneNames === undefined ? scenario.items.map(({ id, description }) => ({ id, description })) : [],
  };
  return {
    watched,
    nodes: nodesOf,
    arcs: links.map((link) => indices(arcs, (arc) => arc.link === link && counts(arc.to))),
    plain: places.length === 1 && links.length === 1,
  };
}

/** What all stock points of a location cost alike. */
function costsOf({ nodes }: Network, own: readonly number[], lane: number): WatchedNetwork['locations'][number]['costs'] {
  const [first, ...others] = own.map((n) => ({
    holding: nodes[n].holdingCost[lane],
    shortage: nodes[n].shortageCost[lane],
    backlogged: nodes[n].backlogged[lane],
  }));
  if (first === undefined) return null;
  const alike = others.every(
    ({ holding, shortage, backlogged }) => holding === first.holding && shortage === first.shortage && backlogged === first.backlogged,
  );
  return alike ? first : null;
}

/** Names of the cost parts that can differ from 0 in a network. */
export function costPartsOf(network: Network): readonly ReturnType<typeof partsInUse>[number][] {
  return partsInUse(network);
}

/** Links on the longest way from the outside source. */
function ranksOf({ nodes, arcs, order }: Network): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const node of order) {
    const above = nodes[node].inbound.map((arc) => (arcs[arc].from < 0 ? 0 : (ranks.get(nodes[arcs[arc].from].location) ?? 0)));
    ranks.set(nodes[node].location, Math.max(ranks.get(nodes[node].location) ?? 0, 1 + Math.max(0, ...above)));
  }
  return ranks;
}

function indices<T>(values: readonly T[], holds: (value: T, index: number) => boolean): number[] {
  return values.flatMap((value, index) => (holds(value, index) ? [index] : []));
}
