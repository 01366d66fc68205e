import type { Network } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { ampleStock, inventoryPosition } from './single-source.ts';

/** Orders up to S wherever there is a source: what the inventory position lacks, the same from each source of a stock point, in whole units. */
export function sharedBaseStock({ S }: { readonly S: PerNode }): Policy {
  const target = new NodeParameter('S', S);
  return {
    name: 'shared-base-stock',
    parameters: printed({ S }),
    order(view, orders) {
      const { lanes, network } = view;
      for (let node = 0; node < network.nodes.length; node++) {
        const { inbound } = network.nodes[node];
        if (inbound.length === 0) continue;
        const level = target.over(network, node);
        for (let lane = 0; lane < lanes; lane++) {
          let lacking = level[lane] - inventoryPosition(view, node, lane);
          for (let k = 0; k < inbound.length && lacking > 0; k++) {
            const last = k === inbound.length - 1;
            const part = last ? lacking : Math.ceil(lacking / (inbound.length - k));
            orders[inbound[k] * lanes + lane] = part;
            lacking -= part;
          }
        }
      }
    },
    explain: (view, lane) => ({
      rules: view.network.nodes.flatMap(({ inbound }, node) =>
        inbound.map((arc) => ({ arc, position: inventoryPosition(view, node, lane), orderUpTo: target.over(view.network, node)[lane] })),
      ),
    }),
  };
}

function whyNot({ nodes }: Network): string | undefined {
  return nodes.every(({ inbound }) => inbound.length <= 1) ? 'no stock point has several sources: base-stock does the same' : undefined;
}

export const sharedBaseStockFamily: BaselineFamily = {
  name: 'shared-base-stock',
  title: 'Base stock for any network: up to S at every stock point, the same from each of its sources',
  parameters: [{ name: 'S', help: 'order-up-to level of the inventory position [units]' }],
  whyNot,
  boundsStock: true,
  build: ({ S }) => sharedBaseStock({ S }),
  search: {
    axes: [{ name: 'S', step: 1, least: 0, range: (item) => [0, ampleStock(item)] }],
    parameters: ([S]) => ({ S }),
  },
};
