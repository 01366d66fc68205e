import type { Policy } from '../policy.ts';
import { dualRules, dualSources, expeditedAxis, expeditedPosition, expeditedPositionOf, whyNotDualSources } from './dual-source.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition } from './single-source.ts';

/**
 * Two sources: the regular one delivers the same quantity r in every period, the expedited one what is lacking up to S when demand surges
 * (Allon and Van Mieghem 2010, "Global dual sourcing: tailored base-surge allocation").
 */
export function tailoredBaseSurge({ r, S }: { readonly r: PerNode; readonly S: PerNode }): Policy {
  const base = new NodeParameter('r', r);
  const surge = new NodeParameter('S', S);
  let near = new Float64Array(0);
  return {
    name: 'tailored-base-surge',
    parameters: printed({ r, S }),
    order(view, orders) {
      const { lanes, network } = view;
      if (near.length !== lanes) near = new Float64Array(lanes);
      for (const source of dualSources(network)) {
        const level = surge.over(network, source.node);
        expeditedPosition(view, source, near);
        for (let lane = 0; lane < lanes; lane++) orders[source.expedited * lanes + lane] = Math.max(0, level[lane] - near[lane]);
        orders.set(base.over(network, source.node), source.regular * lanes);
      }
    },
    explain: (view, lane) =>
      dualRules(view, (source) => ({
        expedited: { position: expeditedPositionOf(view, source, lane), orderUpTo: surge.over(view.network, source.node)[lane] },
        regular: { position: inventoryPosition(view, source.node, lane), quantity: base.over(view.network, source.node)[lane] },
      })),
  };
}

export const tailoredBaseSurgeFamily: BaselineFamily = {
  name: 'tailored-base-surge',
  title: 'Tailored base-surge: a constant regular order, and expediting up to S',
  parameters: [
    { name: 'r', help: 'regular order of every period [units]' },
    { name: 'S', help: 'expedited order-up-to level of what will be on hand within the expedited lead time [units]' },
  ],
  whyNot: whyNotDualSources,
  boundsStock: false,
  build: ({ r, S }) => tailoredBaseSurge({ r, S }),
  search: {
    axes: [
      { name: 'r', step: 1, least: 0, range: ({ meanDemand }) => [0, Math.ceil(meanDemand)] },
      { ...expeditedAxis, name: 'S' },
    ],
    parameters: ([r, S]) => ({ r, S }),
  },
};
