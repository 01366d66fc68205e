import type { Policy } from '../policy.ts';
import type { BaselineFamily, ItemNumbers } from './family.ts';
import type { PerNode } from './node-parameter.ts';
import { positionPolicy } from './position-rule.ts';
import { ampleStock, economicOrderQuantity, whyNotSingleSources } from './single-source.ts';

/** Orders up to S as soon as the inventory position is at s or below. */
export function sS({ s, S }: { readonly s: PerNode; readonly S: PerNode }): Policy {
  return positionPolicy({
    name: 's-S',
    numbers: [
      { parameter: 's', is: 'reorderPoint', value: s },
      { parameter: 'S', is: 'orderUpTo', value: S },
    ],
    quantity: (position, reorderPoint, orderUpTo) => (position <= reorderPoint ? orderUpTo - position : 0),
  });
}

/** How low a reorder point may be worth a try: with backlog below zero, where an order costs much. */
function lowestReorderPoint(item: ItemNumbers): number {
  const { backlogged, fixedCost, meanDemand, shortageCost } = item;
  return backlogged > 0 && shortageCost > 0 ? -Math.ceil(Math.sqrt((2 * fixedCost * meanDemand) / shortageCost)) - 1 : -1;
}

export const sSFamily: BaselineFamily = {
  name: 's-S',
  title: '(s, S): at s or below, order up to S',
  parameters: [
    { name: 's', help: 'reorder point of the inventory position [units]' },
    { name: 'S', help: 'order-up-to level of the inventory position [units]' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ s, S }) => sS({ s, S }),
  search: {
    axes: [
      { name: 's', step: 1, least: Number.NEGATIVE_INFINITY, range: (item) => [lowestReorderPoint(item), ampleStock(item)] },
      {
        name: 'S - s',
        step: 1,
        least: 1,
        range: (item) => [1, Math.ceil(Math.max(3, 2 * item.meanDemand, 2.5 * economicOrderQuantity(item)))],
      },
    ],
    parameters: ([s, gap]) => ({ s, S: s + gap }),
  },
};
