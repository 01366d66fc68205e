import type { Network } from '../../env/index.ts';

type Members = readonly (readonly number[])[];

const suppliedBy = new WeakMap<Network, Members>();
const facedBy = new WeakMap<Network, Members>();

/** [node] the stock points that a node supplies, directly or not, and itself. */
export function suppliedNodes(network: Network): Members {
  let found = suppliedBy.get(network);
  if (!found) {
    const members: Set<number>[] = network.nodes.map((_, node) => new Set([node]));
    for (const node of [...network.order].reverse()) {
      for (const arc of network.nodes[node].outbound) for (const below of members[network.arcs[arc].to]) members[node].add(below);
    }
    found = members.map((nodes) => [...nodes]);
    suppliedBy.set(network, found);
  }
  return found;
}

/** [node] those of them that face demand of their own. */
export function facingDemand(network: Network): Members {
  let found = facedBy.get(network);
  if (!found) {
    found = suppliedNodes(network).map((members) => members.filter((node) => network.nodes[node].demand >= 0));
    facedBy.set(network, found);
  }
  return found;
}
