import type { Policy } from '../policy.ts';
import { dualRules, dualSources, whyNotDualSources } from './dual-source.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { ampleStock, inventoryPosition } from './single-source.ts';

/**
 * Two sources, one inventory position, with all that is on the way: expedites up to Se, then orders regularly up to Sr (Scheller-Wolf, Veeraraghavan and
 * van Houtum 2007, "Effective dual sourcing with a single index policy").
 */
export function singleIndex({ Se, Sr }: { readonly Se: PerNode; readonly Sr: PerNode }): Policy {
  const fastLevel = new NodeParameter('Se', Se);
  const slowLevel = new NodeParameter('Sr', Sr);
  return {
    name: 'single-index',
    parameters: printed({ Se, Sr }),
    order(view, orders) {
      const { lanes, network } = view;
      for (const { node, expedited, regular } of dualSources(network)) {
        const fast = fastLevel.over(network, node);
        const slow = slowLevel.over(network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const position = inventoryPosition(view, node, lane);
          const urgent = Math.max(0, fast[lane] - position);
          orders[expedited * lanes + lane] = urgent;
          orders[regular * lanes + lane] = Math.max(0, slow[lane] - position - urgent);
        }
      }
    },
    explain: (view, lane) =>
      dualRules(view, ({ node }) => {
        const position = inventoryPosition(view, node, lane);
        const orderUpTo = fastLevel.over(view.network, node)[lane];
        const after = Math.max(position, orderUpTo);
        return { expedited: { position, orderUpTo }, regular: { position: after, orderUpTo: slowLevel.over(view.network, node)[lane] } };
      }),
  };
}

export const singleIndexFamily: BaselineFamily = {
  name: 'single-index',
  title: 'Single index: two sources, both by the whole inventory position',
  parameters: [
    { name: 'Se', help: 'expedited order-up-to level of the inventory position [units]' },
    { name: 'Sr', help: 'regular order-up-to level of the inventory position [units]' },
  ],
  whyNot: whyNotDualSources,
  boundsStock: true,
  build: ({ Se, Sr }) => singleIndex({ Se, Sr }),
  search: {
    axes: [
      { name: 'Sr', step: 1, least: Number.NEGATIVE_INFINITY, range: (item) => [0, ampleStock(item)] },
      { name: 'Sr - Se', step: 1, least: 0, range: (item) => [0, ampleStock(item)] },
    ],
    parameters: ([Sr, gap]) => ({ Se: Sr - gap, Sr }),
  },
};
