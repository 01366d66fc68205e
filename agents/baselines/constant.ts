import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { positionRules, singleSources, whyNotSingleSources } from './single-source.ts';

/** Orders the same quantity in every period, whatever the state. */
export function constantOrder({ r }: { readonly r: PerNode }): Policy {
  const quantity = new NodeParameter('r', r);
  return {
    name: 'constant',
    parameters: printed({ r }),
    order(view, orders) {
      for (const { node, arc } of singleSources(view.network)) orders.set(quantity.over(view.network, node), arc * view.lanes);
    },
    explain: (view, lane) => positionRules(view, lane, (node) => ({ quantity: quantity.over(view.network, node)[lane] })),
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
