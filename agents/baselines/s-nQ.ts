import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import {
  ampleStock,
  economicOrderQuantity,
  inventoryPosition,
  positionRules,
  singleSources,
  whyNotSingleSources,
} from './single-source.ts';

/** Orders as many lots of Q as lift the inventory position above s. */
export function snQ({ s, Q }: { readonly s: PerNode; readonly Q: PerNode }): Policy {
  const reorderPoint = new NodeParameter('s', s);
  const lot = new NodeParameter('Q', Q);
  return {
    name: 's-nQ',
    parameters: printed({ s, Q }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const low = reorderPoint.over(view.network, node);
        const quantity = lot.over(view.network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const below = low[lane] - inventoryPosition(view, node, lane);
          if (below >= 0) orders[arc * lanes + lane] = (Math.floor(below / quantity[lane]) + 1) * quantity[lane];
        }
      }
    },
    explain: (view, lane) =>
      positionRules(view, lane, (node) => ({
        reorderPoint: reorderPoint.over(view.network, node)[lane],
        quantity: lot.over(view.network, node)[lane],
      })),
  };
}

export const snQFamily: BaselineFamily = {
  name: 's-nQ',
  title: '(s, nQ): at s or below, order as many lots of Q as it takes to get above s',
  parameters: [
    { name: 's', help: 'reorder point of the inventory position [units]' },
    { name: 'Q', help: 'lot size [units], above 0' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ s, Q }) => snQ({ s, Q }),
  search: {
    axes: [
      { name: 's', step: 1, least: Number.NEGATIVE_INFINITY, range: (item) => [-1, ampleStock(item)] },
      {
        name: 'Q',
        step: 1,
        least: 1,
        range: (item) => [1, Math.ceil(Math.max(3, 3 * item.meanDemand, 2.5 * economicOrderQuantity(item)))],
      },
    ],
    parameters: ([s, Q]) => ({ s, Q }),
  },
};
