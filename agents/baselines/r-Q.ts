import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import type { PerNode } from './node-parameter.ts';
import { positionPolicy } from './position-rule.ts';
import { ampleStock, lotRange, whyNotSingleSources } from './single-source.ts';

/** Orders Q as soon as the inventory position is at r or below: one lot, however far below. */
export function rQ({ r, Q }: { readonly r: PerNode; readonly Q: PerNode }): Policy {
  return positionPolicy({
    name: 'r-Q',
    numbers: [
      { parameter: 'r', is: 'reorderPoint', value: r },
      { parameter: 'Q', is: 'quantity', value: Q },
    ],
    quantity: (position, reorderPoint, lot) => (position <= reorderPoint ? lot : 0),
  });
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
      { name: 'Q', step: 1, least: 1, range: lotRange },
    ],
    parameters: ([r, Q]) => ({ r, Q }),
  },
};
