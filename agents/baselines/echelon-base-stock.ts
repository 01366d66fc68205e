import type { Network } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { echelonAmpleStock, echelonPosition, singleSources, whyNotSingleSources } from './single-source.ts';

/**
 * Every stage orders up to its own S what it and all stages below it have, on hand and on the way, less what they owe (Clark and Scarf 1960,
 * "Optimal policies for a multi-echelon inventory problem").
 */
export function echelonBaseStock({ S }: { readonly S: PerNode }): Policy {
  const target = new NodeParameter('S', S);
  return {
    name: 'echelon-base-stock',
    parameters: printed({ S }),
    order(view, orders) {
      const { lanes, network } = view;
      const echelons = echelonsOf(network);
      for (const { node, arc } of singleSources(network)) {
        const level = target.over(network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = level[lane] - echelonPosition(view, node, echelons[node], lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
  };
}

const known = new WeakMap<Network, readonly (readonly number[])[]>();

/** [node] the stock points that a node supplies, directly or not, and itself. */
function echelonsOf(network: Network): readonly (readonly number[])[] {
  let found = known.get(network);
  if (!found) {
    const members: Set<number>[] = network.nodes.map((_, node) => new Set([node]));
    for (const node of [...network.order].reverse()) {
      for (const arc of network.nodes[node].outbound) for (const below of members[network.arcs[arc].to]) members[node].add(below);
    }
    found = members.map((nodes) => [...nodes]);
    known.set(network, found);
  }
  return found;
}

export const echelonBaseStockFamily: BaselineFamily = {
  name: 'echelon-base-stock',
  title: 'Echelon base stock: every stage orders up to S what it and all stages below it have',
  parameters: [{ name: 'S', help: 'order-up-to level of the echelon inventory position [units]' }],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ S }) => echelonBaseStock({ S }),
  search: {
    axes: [{ name: 'S', step: 1, least: 0, range: (item) => [0, echelonAmpleStock(item)] }],
    parameters: ([S]) => ({ S }),
  },
};
