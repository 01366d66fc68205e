import { type LotScale, lotScale } from './lot-scale.ts';
import type { Network } from './network.ts';
import type { Space } from './spaces.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

export type ActionOptions =
  /** The quantity itself, 0 to `max` on every arc. Default: the 0.99 fractile of one period's demand, about mean + 2.7 standard deviations. */
  | { readonly kind: 'quantity'; readonly max?: number }
  /** Nothing, or up to one of `levels` - 1 inventory positions: mean demand over the lead time and the period, plus x lots, x evenly from `from` to `to`. */
  | { readonly kind: 'order-up-to'; readonly levels?: number; readonly from?: number; readonly to?: number };

/** How actions become orders. */
export interface ActionCodec {
  readonly space: Space;
  /** Writes orders [arc][lane] for actions [lane][arc]. */
  decode(view: StateView, actions: ArrayLike<number>, orders: Float64Array): void;
}

/** Makes the codec that the options ask for; each arc is one component of an action. */
export function createActionCodec(view: StateView, options: ActionOptions): ActionCodec {
  return options.kind === 'quantity' ? quantityCodec(view, options) : orderUpToCodec(view, options);
}

function arcSpace(network: Network, counts: readonly number[], starts?: readonly number[]): Space {
  const names = network.arcs.map((arc) => arc.id);
  if (names.length === 1) return { kind: 'discrete', name: names[0], count: counts[0], start: starts?.[0] };
  return { kind: 'multi-discrete', names, counts, starts };
}

function quantityCodec(view: StateView, { max }: { readonly max?: number }): ActionCodec {
  const { network, lanes } = view;
  if (max !== undefined && !(Number.isInteger(max) && max > 0)) throw new UserError(`actions.max: ${max}; expected a whole number above 0`);
  const flow = arcFlow(view);
  const counts = network.arcs.map((_, a) => (max ?? Math.max(1, Math.ceil(flow.mean[a] + 2.7 * flow.deviation[a]))) + 1);
  const starts = network.arcs.map((_, a) => Math.min(flow.mean[a], counts[a] - 1));
  return {
    space: arcSpace(network, counts, starts),
    decode(_view, actions, orders) {
      const arcs = counts.length;
      for (let lane = 0; lane < lanes; lane++) {
        for (let a = 0; a < arcs; a++) orders[a * lanes + lane] = actions[lane * arcs + a];
      }
    },
  };
}

/** Largest mean and standard deviation of demand over lanes that an arc must carry: its node's own and that of all nodes below. */
function arcFlow({ network, lanes, typicalMean, typicalVariance }: StateView): { mean: number[]; deviation: number[] } {
  const mean = new Float64Array(network.nodes.length);
  const variance = new Float64Array(network.nodes.length);
  for (const n of [...network.order].reverse()) {
    const own = Array.from({ length: lanes }, (_, lane) => n * lanes + lane);
    mean[n] += own.reduce((most, i) => Math.max(most, typicalMean[i]), 0);
    variance[n] += own.reduce((most, i) => Math.max(most, typicalVariance[i]), 0);
    for (const a of network.nodes[n].inbound) {
      const { from } = network.arcs[a];
      if (from < 0) continue;
      mean[from] += mean[n] / network.nodes[n].inbound.length;
      variance[from] += variance[n] / network.nodes[n].inbound.length;
    }
  }
  return {
    mean: network.arcs.map((arc) => mean[arc.to] / network.nodes[arc.to].inbound.length),
    deviation: network.arcs.map((arc) => Math.sqrt(variance[arc.to])),
  };
}

function orderUpToCodec(
  view: StateView,
  { levels = 20, from = 0, to = 4.5 }: { readonly levels?: number; readonly from?: number; readonly to?: number },
): ActionCodec {
  const { network, lanes } = view;
  if (!(Number.isInteger(levels) && levels > 1)) throw new UserError(`actions.levels: ${levels}; expected a whole number above 1`);
  const scales: LotScale[] = network.arcs.map((_, a) => lotScale(view, a));
  const step = levels > 2 ? (to - from) / (levels - 2) : 0;
  return {
    space: arcSpace(
      network,
      network.arcs.map(() => levels),
    ),
    decode(now, actions, orders) {
      for (let a = 0; a < scales.length; a++) {
        const scale = scales[a];
        scale.update(now);
        const node = network.arcs[a].to * lanes;
        for (let lane = 0; lane < lanes; lane++) {
          const action = actions[lane * scales.length + a];
          const position = now.onHand[node + lane] + now.onOrder[node + lane] - now.backlog[node + lane];
          const upTo = scale.coverMean[lane] + (from + (action - 1) * step) * scale.lot[lane];
          orders[a * lanes + lane] = action > 0 ? Math.max(0, Math.round(upTo - position)) : 0;
        }
      }
    },
  };
}
