import type { Policy } from '../policy.ts';
import {
  dualRules,
  dualSources,
  expeditedAxis,
  expeditedPosition,
  expeditedPositionOf,
  regularGapAxis,
  whyNotDualSources,
} from './dual-source.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { inventoryPosition } from './single-source.ts';

export interface DualIndexOptions {
  readonly Se: PerNode;
  readonly Sr: PerNode;
  /** Largest regular order [units]. Left out: any. */
  readonly r?: PerNode;
}

/**
 * Two sources: expedites up to Se what will be on hand within the expedited lead time, then orders regularly up to Sr all there is and will be
 * (Veeraraghavan and Scheller-Wolf 2008, "Now or later"), at most r at once where r is given (Sun and Van Mieghem 2019, "Robust dual sourcing").
 */
export function dualIndex({ Se, Sr, r }: DualIndexOptions): Policy {
  const fastLevel = new NodeParameter('Se', Se);
  const slowLevel = new NodeParameter('Sr', Sr);
  const cap = r === undefined ? null : new NodeParameter('r', r);
  let near = new Float64Array(0);
  return {
    name: r === undefined ? 'dual-index' : 'capped-dual-index',
    parameters: printed(r === undefined ? { Se, Sr } : { Se, Sr, r }),
    order(view, orders) {
      const { lanes, network } = view;
      if (near.length !== lanes) near = new Float64Array(lanes);
      for (const source of dualSources(network)) {
        const { node, expedited, regular } = source;
        const fast = fastLevel.over(network, node);
        const slow = slowLevel.over(network, node);
        const largest = cap?.over(network, node);
        expeditedPosition(view, source, near);
        for (let lane = 0; lane < lanes; lane++) {
          const urgent = Math.max(0, fast[lane] - near[lane]);
          const lacking = Math.max(0, slow[lane] - inventoryPosition(view, node, lane) - urgent);
          orders[expedited * lanes + lane] = urgent;
          orders[regular * lanes + lane] = largest && lacking > largest[lane] ? largest[lane] : lacking;
        }
      }
    },
    explain: (view, lane) => {
      const { network } = view;
      return dualRules(view, (source) => {
        const position = expeditedPositionOf(view, source, lane);
        const urgent = Math.max(0, fastLevel.over(network, source.node)[lane] - position);
        return {
          expedited: { position, orderUpTo: fastLevel.over(network, source.node)[lane] },
          regular: {
            position: inventoryPosition(view, source.node, lane) + urgent,
            orderUpTo: slowLevel.over(network, source.node)[lane],
            quantity: cap?.over(network, source.node)[lane],
          },
        };
      });
    },
  };
}

const levels = [
  { name: 'Se', help: 'expedited order-up-to level of what will be on hand within the expedited lead time [units]' },
  { name: 'Sr', help: 'regular order-up-to level of the inventory position [units]' },
];

export const dualIndexFamily: BaselineFamily = {
  name: 'dual-index',
  title: 'Dual index: two sources, each up to a level of its own position',
  parameters: levels,
  whyNot: whyNotDualSources,
  boundsStock: true,
  build: ({ Se, Sr }) => dualIndex({ Se, Sr }),
  search: {
    axes: [expeditedAxis, regularGapAxis],
    parameters: ([Se, gap]) => ({ Se, Sr: Se + gap }),
  },
};

export const cappedDualIndexFamily: BaselineFamily = {
  name: 'capped-dual-index',
  title: 'Capped dual index: dual index with regular orders of at most r',
  parameters: [...levels, { name: 'r', help: 'largest regular order [units]' }],
  whyNot: whyNotDualSources,
  boundsStock: true,
  build: ({ Se, Sr, r }) => dualIndex({ Se, Sr, r }),
  search: {
    axes: [
      expeditedAxis,
      regularGapAxis,
      { name: 'r', step: 1, least: 0, range: (item) => [0, Math.ceil(item.meanDemand + 2 * Math.sqrt(item.demandVariance)) + 1] },
    ],
    parameters: ([Se, gap, r]) => ({ Se, Sr: Se + gap, r }),
  },
};
