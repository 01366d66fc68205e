import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { ampleStock, inventoryPosition, positionRules, singleSources, whyNotSingleSources } from './single-source.ts';

/** Orders up to S: what the inventory position lacks, in every period. */
export function baseStock({ S }: { readonly S: PerNode }): Policy {
  const target = new NodeParameter('S', S);
  return {
    name: 'base-stock',
    parameters: printed({ S }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const level = target.over(view.network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = level[lane] - inventoryPosition(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
    explain: (view, lane) => positionRules(view, lane, (node) => ({ orderUpTo: target.over(view.network, node)[lane] })),
  };
}

export const baseStockFamily: BaselineFamily = {
  name: 'base-stock',
  title: 'Base stock: order up to S in every period',
  parameters: [{ name: 'S', help: 'order-up-to level of the inventory position [units]' }],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ S }) => baseStock({ S }),
  search: {
    axes: [{ name: 'S', step: 1, least: 0, range: (item) => [0, ampleStock(item)] }],
    parameters: ([S]) => ({ S }),
  },
};
