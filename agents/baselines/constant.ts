import type { PerLane } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { LaneParameter, printed, singleSources, whyNotSingleSources } from './single-source.ts';

/** Orders the same quantity in every period, whatever the state. */
export function constantOrder({ r }: { readonly r: PerLane }): Policy {
  const quantity = new LaneParameter(r);
  return {
    name: 'constant',
    parameters: printed({ r }),
    order(view, orders) {
      const order = quantity.over(view.network);
      for (const { arc } of singleSources(view.network)) orders.set(order, arc * view.lanes);
    },
  };
}

export const constantFamily: BaselineFamily = {
  name: 'constant',
  title: 'Constant: order r in every period',
  parameters: [{ name: 'r', help: 'order of every period [units]' }],
  whyNot: whyNotSingleSources,
  boundsStock: false,
  build: ({ r }) => constantOrder({ r }),
  search: {
    axes: [{ name: 'r', step: 1, least: 0, range: (item) => [0, Math.ceil(item.meanDemand) + 1] }],
    parameters: ([r]) => ({ r }),
  },
};
