import type { Policy } from '../policy.ts';
import type { BaselineFamily } from './family.ts';
import { NodeParameter, type PerNode, printed } from './node-parameter.ts';
import { ampleStock, singleSources, whyNotSingleSources } from './single-source.ts';

export interface StermanOptions {
  readonly S: PerNode;
  readonly alpha: PerNode;
  readonly beta: PerNode;
  readonly L: PerNode;
}

/**
 * How people order, by anchoring and adjustment: the expected demand L, plus the part alpha of what stock lacks to S, where only the part beta of what
 * is on the way is thought of (Sterman 1989, "Modeling managerial behavior", equations 8 to 12 with theta = 0: L is not revised).
 */
export function sterman({ S, alpha, beta, L }: StermanOptions): Policy {
  const desired = new NodeParameter('S', S);
  const adjustment = new NodeParameter('alpha', alpha);
  const attention = new NodeParameter('beta', beta);
  const anchor = new NodeParameter('L', L);
  return {
    name: 'sterman',
    parameters: printed({ S, alpha, beta, L }),
    order(view, orders) {
      const { lanes, network, onHand, backlog, owed, onOrder, awaited } = view;
      for (const { node, arc } of singleSources(network)) {
        const level = desired.over(network, node);
        const part = adjustment.over(network, node);
        const seen = attention.over(network, node);
        const expected = anchor.over(network, node);
        for (let lane = 0; lane < lanes; lane++) {
          const i = node * lanes + lane;
          const gap = level[lane] - (onHand[i] - backlog[i] - owed[i]) - seen[lane] * (onOrder[i] + awaited[i]);
          orders[arc * lanes + lane] = Math.max(0, Math.round(expected[lane] + part[lane] * gap));
        }
      }
    },
    // The position as it is thought of, without the part of the supply line that is forgotten.
    explain: (view, lane) => {
      const { lanes, network, onHand, backlog, owed, onOrder, awaited } = view;
      const rules = singleSources(network).map(({ node, arc }) => {
        const i = node * lanes + lane;
        const position = onHand[i] - backlog[i] - owed[i] + attention.over(network, node)[lane] * (onOrder[i] + awaited[i]);
        return { arc, position, orderUpTo: desired.over(network, node)[lane] };
      });
      return { rules };
    },
  };
}

export const stermanFamily: BaselineFamily = {
  name: 'sterman',
  title: 'Sterman: anchoring and adjustment, as people order in the beer game',
  parameters: [
    { name: 'S', help: "desired stock with its supply line, Sterman's S' [units]" },
    { name: 'alpha', help: 'part of the gap that is closed in a period, 0 to 1' },
    { name: 'beta', help: 'part of the supply line that is taken into account, 0 to 1' },
    { name: 'L', help: 'expected demand of a period: the anchor [units]' },
  ],
  whyNot: whyNotSingleSources,
  boundsStock: false,
  build: ({ S, alpha, beta, L }) => sterman({ S, alpha, beta, L }),
  // With alpha = 1 the anchor only shifts S.
  search: {
    axes: [
      { name: 'S', step: 1, least: 0, range: (item) => [0, ampleStock(item)] },
      { name: 'beta', step: 0.05, scaleFree: true, least: 0, range: () => [0, 1] },
    ],
    parameters: ([S, beta]) => ({ S, alpha: 1, beta: Math.min(1, beta), L: 0 }),
  },
};
