import type { Network } from '../../env/index.ts';

const known = new WeakMap<Network, readonly (readonly number[])[]>();

/** [node] the stock points that face demand of their own among a node and all that it supplies, directly or not. */
export function facingDemand(network: Network): readonly (readonly number[])[] {
  let found = known.get(network);
  if (!found) {
    const reached: Set<number>[] = network.nodes.map(() => new Set());
    for (const node of [...network.order].reverse()) {
      const { demand, outbound } = network.nodes[node];
      if (demand >= 0) reached[node].add(node);
      for (const arc of outbound) for (const served of reached[network.arcs[arc].to]) reached[node].add(served);
    }
    found = reached.map((nodes) => [...nodes]);
    known.set(network, found);
  }
  return found;
}
