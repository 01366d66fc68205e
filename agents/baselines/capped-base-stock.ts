import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { ampleStock, inventoryPosition, positionRules, singleSources, whyNotSingleSources } from './single-source.ts';

/** Orders up to S, but never more than r at once (Xin 2021, "Understanding the performance of capped base-stock policies"). */
export function cappedBaseStock({ S, r }: { readonly S: PerNode; readonly r: PerNode }): Policy {
  const target = new NodeParameter('S', S);
  const cap = new NodeParameter('r', r);
  return {
    name: 'capped-base-stock',
    parameters: printed({ S, r }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const level = target.over(view.network, node);
        const largest = cap.over(view.network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = level[lane] - inventoryPosition(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = Math.min(lacking, largest[lane]);
        }
      }
    },
    explain: (view, lane) =>
      positionRules(view, lane, (node) => ({
        orderUpTo: target.over(view.network, node)[lane],
        quantity: cap.over(view.network, node)[lane],
      })),
  };
}

export const cappedBaseStockFamily: BaselineFamily = {
  name: 'capped-base-stock',
  title: 'Capped base stock: order up to S, at most r at once',
  parameters: [
    { name: 'S', help: 'order-up-to level of the inventory position [units]' },
    { name: 'r', help: 'largest order [units]' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  boundsBacklog: false,
  build: ({ S, r }) => cappedBaseStock({ S, r }),
  search: {
    axes: [
      { name: 'S', step: 1, least: 0, range: (item) => [0, ampleStock(item)] },
      { name: 'r', step: 1, least: 0, range: (item) => [0, Math.ceil(item.meanDemand + 4 * Math.sqrt(item.demandVariance)) + 1] },
    ],
    parameters: ([S, r]) => ({ S, r }),
  },
};
