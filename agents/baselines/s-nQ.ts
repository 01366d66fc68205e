import type { PerLane } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import {
  ampleStock,
  economicOrderQuantity,
  inventoryPosition,
  LaneParameter,
  printed,
  singleSources,
  whyNotSingleSources,
} from './single-source.ts';

/** Orders as many lots of Q as lift the inventory position above s. */
export function snQ({ s, Q }: { readonly s: PerLane; readonly Q: PerLane }): Policy {
  const reorderPoint = new LaneParameter(s);
  const lot = new LaneParameter(Q);
  return {
    name: 's-nQ',
    parameters: printed({ s, Q }),
    order(view, orders) {
      const { lanes } = view;
      const low = reorderPoint.over(view.network);
      const quantity = lot.over(view.network);
      for (const { node, arc } of singleSources(view.network)) {
        for (let lane = 0; lane < lanes; lane++) {
          const below = low[lane] - inventoryPosition(view, node, lane);
          if (below >= 0) orders[arc * lanes + lane] = (Math.floor(below / quantity[lane]) + 1) * quantity[lane];
        }
      }
    },
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
