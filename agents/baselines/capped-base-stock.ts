import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import type { PerNode } from './node-parameter.ts';
import { positionPolicy } from './position-rule.ts';
import { ampleStock, whyNotSingleSources } from './single-source.ts';

/** Orders up to S, but never more than r at once (Xin 2021, "Understanding the performance of capped base-stock policies"). */
export function cappedBaseStock({ S, r }: { readonly S: PerNode; readonly r: PerNode }): Policy {
  return positionPolicy({
    name: 'capped-base-stock',
    numbers: [
      { parameter: 'S', is: 'orderUpTo', value: S },
      { parameter: 'r', is: 'quantity', value: r },
    ],
    quantity: (position, orderUpTo, largest) => Math.min(orderUpTo - position, largest),
  });
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
