import type { Network, StateView } from '../../env/index.ts';
import type { PolicyExplanation, PolicyRule } from '../policy.ts';
import type { ItemNumbers, SearchAxis } from './family.ts';

/** A stock point with two arcs that bring it stock: a fast one and a slow one. */
export interface DualSource {
  readonly node: number;
  readonly expedited: number;
  readonly regular: number;
}

const known = new WeakMap<Network, readonly DualSource[]>();

/** The stock points of a network that have two sources. The one with the shorter lead time is the expedited one; of two alike, the dearer. */
export function dualSources(network: Network): readonly DualSource[] {
  let sources = known.get(network);
  if (!sources) {
    sources = network.nodes.flatMap(({ inbound }, node) => {
      if (inbound.length !== 2) return [];
      const [first, second] = inbound.map((arc) => network.arcs[arc]);
      const ahead = first.leadTime[0] - second.leadTime[0] || second.unitCost[0] - first.unitCost[0];
      const [expedited, regular] = ahead <= 0 ? inbound : [inbound[1], inbound[0]];
      return [{ node, expedited, regular }];
    });
    known.set(network, sources);
  }
  return sources;
}

/** Why a policy for stock points with two sources each does not fit a network. */
export function whyNotDualSources(network: Network): string | undefined {
  const other = network.nodes.find(({ inbound }) => inbound.length !== 2);
  if (other) return `"${other.id}" has ${other.inbound.length} source${other.inbound.length === 1 ? '' : 's'}; this policy orders from two`;
  const { arcs } = network;
  const mixed = dualSources(network).find(({ expedited, regular }) =>
    arcs[expedited].leadTime.some((leadTime, lane) => leadTime > arcs[regular].leadTime[lane]),
  );
  return mixed ? `which source of "${network.nodes[mixed.node].id}" is the faster one differs by lane` : undefined;
}

/** Stock on hand less what is owed, and of what is on the way all that is expedited and what will be received within the expedited lead time [units]. */
export function expeditedPosition(view: StateView, { node, expedited, regular }: DualSource, position: Float64Array): void {
  const { lanes, network } = view;
  const { leadTime, maxLeadTime } = network.arcs[expedited];
  for (let lane = 0; lane < lanes; lane++) position[lane] = view.onHand[node * lanes + lane] - view.backlog[node * lanes + lane];
  for (let ahead = 1; ahead <= maxLeadTime; ahead++) {
    const fast = view.arriving(expedited, ahead);
    const slow = view.arriving(regular, ahead);
    for (let lane = 0; lane < lanes; lane++) if (ahead <= leadTime[lane]) position[lane] += fast[lane] + slow[lane];
  }
}

/** The same of one lane. */
export function expeditedPositionOf(view: StateView, source: DualSource, lane: number): number {
  const position = new Float64Array(view.lanes);
  expeditedPosition(view, source, position);
  return position[lane];
}

type SourceRule = Omit<PolicyRule, 'arc'>;

/** Why a policy orders what it orders from two sources each. */
export function dualRules(
  view: StateView,
  rules: (source: DualSource) => { readonly expedited: SourceRule; readonly regular: SourceRule },
): PolicyExplanation {
  return {
    rules: dualSources(view.network).flatMap((source) => {
      const { expedited, regular } = rules(source);
      return [
        { arc: source.expedited, ...expedited },
        { arc: source.regular, ...regular },
      ];
    }),
  };
}

/** Where to look for the expedited order-up-to level. */
export const expeditedAxis: SearchAxis = {
  name: 'Se',
  step: 1,
  least: Number.NEGATIVE_INFINITY,
  range: ({ meanDemand, demandVariance, shortestLeadTime, backlogged }) => {
    const periods = shortestLeadTime + 1;
    return [backlogged > 0 ? -Math.ceil(meanDemand) : 0, Math.ceil(meanDemand * periods + 3 * Math.sqrt(demandVariance * periods)) + 1];
  },
};

/** How far the regular order-up-to level may lie above the expedited one. */
export const regularGapAxis: SearchAxis = {
  name: 'Sr - Se',
  step: 1,
  least: 0,
  range: (item) => [0, Math.ceil(regularGap(item) + 3 * Math.sqrt(item.demandVariance * (item.leadTime - item.shortestLeadTime + 1))) + 1],
};

function regularGap({ meanDemand, leadTime, shortestLeadTime }: ItemNumbers): number {
  return meanDemand * (leadTime - shortestLeadTime + 1);
}
