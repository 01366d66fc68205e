import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import type { PerNode } from './node-parameter.ts';
import { positionPolicy } from './position-rule.ts';
import { ampleStock, lotRange, whyNotSingleSources } from './single-source.ts';

/** Orders as many lots of Q as lift the inventory position above s. */
export function snQ({ s, Q }: { readonly s: PerNode; readonly Q: PerNode }): Policy {
  return positionPolicy({
    name: 's-nQ',
    numbers: [
      { parameter: 's', is: 'reorderPoint', value: s },
      { parameter: 'Q', is: 'quantity', value: Q },
    ],
    quantity: (position, reorderPoint, lot) => (position <= reorderPoint ? (Math.floor((reorderPoint - position) / lot) + 1) * lot : 0),
  });
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
      { name: 'Q', step: 1, least: 1, range: lotRange },
    ],
    parameters: ([s, Q]) => ({ s, Q }),
  },
};
