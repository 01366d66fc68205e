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

/** Orders Q as soon as the inventory position is at r or below: one lot, however far below. */
export function rQ({ r, Q }: { readonly r: PerNode; readonly Q: PerNode }): Policy {
  const reorderPoint = new NodeParameter('r', r);
  const lot = new NodeParameter('Q', Q);
  return {
    name: 'r-Q',
    parameters: printed({ r, Q }),
    order(view, orders) {
      const { lanes } = view;
      for (const { node, arc } of singleSources(view.network)) {
        const low = reorderPoint.over(view.network, node);
        const quantity = lot.over(view.network, node);
        for (let lane = 0; lane < lanes; lane++) {
          if (inventoryPosition(view, node, lane) <= low[lane]) orders[arc * lanes + lane] = quantity[lane];
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

export const rQFamily: BaselineFamily = {
  name: 'r-Q',
  title: '(r, Q): at r or below, order one lot of Q',
  parameters: [
    { name: 'r', help: 'reorder point of the inventory position [units]' },
    { name: 'Q', help: 'lot size [units]' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  boundsBacklog: false,
  build: ({ r, Q }) => rQ({ r, Q }),
  search: {
    axes: [
      { name: 'r', step: 1, least: Number.NEGATIVE_INFINITY, range: (item) => [-1, ampleStock(item)] },
      {
        name: 'Q',
        step: 1,
        least: 1,
        range: (item) => [1, Math.ceil(Math.max(3, 3 * item.meanDemand, 2.5 * economicOrderQuantity(item)))],
      },
    ],
    parameters: ([r, Q]) => ({ r, Q }),
  },
};
