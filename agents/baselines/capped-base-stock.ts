import type { PerLane } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { ampleStock, inventoryPosition, LaneParameter, printed, singleSources, whyNotSingleSources } from './single-source.ts';

/** Orders up to S, but never more than r at once (Xin 2021, "Understanding the performance of capped base-stock policies"). */
export function cappedBaseStock({ S, r }: { readonly S: PerLane; readonly r: PerLane }): Policy {
  const target = new LaneParameter(S);
  const cap = new LaneParameter(r);
  return {
    name: 'capped-base-stock',
    parameters: printed({ S, r }),
    order(view, orders) {
      const { lanes } = view;
      const level = target.over(view.network);
      const largest = cap.over(view.network);
      for (const { node, arc } of singleSources(view.network)) {
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = level[lane] - inventoryPosition(view, node, lane);
          if (lacking > 0) orders[arc * lanes + lane] = Math.min(lacking, largest[lane]);
        }
      }
    },
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
  build: ({ S, r }) => cappedBaseStock({ S, r }),
  search: {
    axes: [
      { name: 'S', step: 1, least: 0, range: (item) => [0, ampleStock(item)] },
      { name: 'r', step: 1, least: 0, range: (item) => [0, Math.ceil(item.meanDemand + 4 * Math.sqrt(item.demandVariance)) + 1] },
    ],
    parameters: ([S, r]) => ({ S, r }),
  },
};
