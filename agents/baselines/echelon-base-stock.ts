import type { Policy } from '../policy.ts';
import { suppliedNodes } from './downstream.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { echelonAmpleStock, echelonPosition, singleSources, whyNotSingleSources } from './single-source.ts';

/**
 * Every stage orders up to its own S what it and all stages below it have, on hand and on the way, less what they owe (Clark and Scarf 1960,
 * "Optimal policies for a multi-echelon inventory problem").
 */
export function echelonBaseStock({ S }: { readonly S: PerNode }): Policy {
  const target = new NodeParameter('S', S);
  return {
    name: 'echelon-base-stock',
    parameters: printed({ S }),
    order(view, orders) {
      const { lanes, network } = view;
      const echelons = suppliedNodes(network);
      for (const { node, arc } of singleSources(network)) {
        const level = target.over(network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const lacking = level[lane] - echelonPosition(view, node, echelons[node], lane);
          if (lacking > 0) orders[arc * lanes + lane] = lacking;
        }
      }
    },
    explain: (view, lane) => {
      const echelons = suppliedNodes(view.network);
      const rules = singleSources(view.network).map(({ node, arc }) => ({
        arc,
        position: echelonPosition(view, node, echelons[node], lane),
        orderUpTo: target.over(view.network, node)[lane],
      }));
      return { rules };
    },
  };
}

export const echelonBaseStockFamily: BaselineFamily = {
  name: 'echelon-base-stock',
  title: 'Echelon base stock: every stage orders up to S what it and all stages below it have',
  parameters: [{ name: 'S', help: 'order-up-to level of the echelon inventory position [units]' }],
  whyNot: whyNotSingleSources,
  boundsStock: true,
  build: ({ S }) => echelonBaseStock({ S }),
  search: {
    axes: [{ name: 'S', step: 1, least: 0, range: (item) => [0, echelonAmpleStock(item)] }],
    parameters: ([S]) => ({ S }),
  },
  // Levels that do what installation levels do where stages stand in line (Axsater and Rosling 1993): their sums.
  startsFrom: {
    family: 'base-stock',
    point: (found, supplied) => supplied.map((points) => [points.reduce((sum, point) => sum + found[point][0], 0)]),
  },
};
