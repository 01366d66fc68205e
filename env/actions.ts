import { type ActionCodec, arcSpace } from './action-space.ts';
import { arcFlow } from './flow.ts';
import { type OrderUpToOptions, orderUpToCodec } from './order-up-to-actions.ts';
import { type PositionOptions, positionCodec } from './position-actions.ts';
import { UserError } from './user-error.ts';
import type { StateView } from './view.ts';

export type ActionOptions =
  /** The quantity itself, 0 to `max` on every arc. Default: the 0.99 fractile of one period's demand, about mean + 2.7 standard deviations. */
  | { readonly kind: 'quantity'; readonly max?: number }
  /** The quantity as a real number, 0 to `max`; rounded to the nearest whole number where `whole`. */
  | { readonly kind: 'continuous'; readonly max?: number; readonly whole?: boolean }
  /** Nothing, or up to one of `levels` - 1 inventory positions, spread over what demand and ordering cost make of interest. */
  | ({ readonly kind: 'order-up-to' } & OrderUpToOptions)
  /** Nothing, or up to a position near that of base stock, in units. */
  | ({ readonly kind: 'position' } & PositionOptions)
  /**
   * A multiple of expected demand, rounded: 0, `step`, 2 `step`, ... `max`; of the mean over all periods, or of the forecast for the period in which
   * the order serves. Default: of the mean, by quarters, up to 3.
   */
  | { readonly kind: 'multiple'; readonly of?: 'mean' | 'forecast'; readonly step?: number; readonly max?: number };

export type { ActionCodec } from './action-space.ts';

/** Makes the codec that the options ask for; each arc is one component of an action. */
export function createActionCodec(view: StateView, options: ActionOptions): ActionCodec {
  switch (options.kind) {
    case 'quantity':
      return quantityCodec(view, options);
    case 'continuous':
      return continuousCodec(view, options);
    case 'order-up-to':
      return orderUpToCodec(view, options);
    case 'position':
      return positionCodec(view, options);
    case 'multiple':
      return multipleCodec(view, options);
  }
}

function quantityCodec(view: StateView, { max }: { readonly max?: number }): ActionCodec {
  const { network, lanes } = view;
  if (max !== undefined && !(Number.isInteger(max) && max > 0)) throw new UserError(`actions.max: ${max}; expected a whole number above 0`);
  const flow = arcFlow(view);
  const counts = network.arcs.map((_, a) => (max ?? ampleOrder(flow, a)) + 1);
  const starts = network.arcs.map((_, a) => Math.min(flow.mean[a], counts[a] - 1));
  return {
    space: arcSpace(network, counts, starts),
    decode(_view, actions, orders) {
      const arcs = counts.length;
      for (let a = 0; a < arcs; a++) {
        const at = a * lanes;
        for (let lane = 0, from = a; lane < lanes; lane++, from += arcs) orders[at + lane] = actions[from];
      }
    },
  };
}

/** [units] hardly ever less than one period's demand. */
function ampleOrder({ mean, deviation }: { mean: readonly number[]; deviation: readonly number[] }, a: number): number {
  return Math.max(1, Math.ceil(mean[a] + 2.7 * deviation[a]));
}

function continuousCodec(view: StateView, { max, whole = false }: { readonly max?: number; readonly whole?: boolean }): ActionCodec {
  const { network, lanes } = view;
  if (max !== undefined && !(max > 0 && max < Number.POSITIVE_INFINITY))
    throw new UserError(`actions.max: ${max}; expected a number above 0`);
  const flow = arcFlow(view);
  const arcs = network.arcs.length;
  return {
    space: {
      kind: 'box',
      names: network.arcs.map((arc) => arc.id),
      low: new Float64Array(arcs),
      high: Float64Array.from(network.arcs, (_, a) => max ?? ampleOrder(flow, a)),
    },
    decode(_view, actions, orders) {
      for (let lane = 0; lane < lanes; lane++) {
        for (let a = 0; a < arcs; a++) orders[a * lanes + lane] = whole ? Math.round(actions[lane * arcs + a]) : actions[lane * arcs + a];
      }
    },
  };
}

function multipleCodec(
  view: StateView,
  { of = 'mean', step = 0.25, max = 3 }: { readonly of?: 'mean' | 'forecast'; readonly step?: number; readonly max?: number },
): ActionCodec {
  const { network, lanes } = view;
  if (!(step > 0 && step < Number.POSITIVE_INFINITY)) throw new UserError(`actions.step: ${step}; expected a number above 0`);
  if (!(max >= step && max < Number.POSITIVE_INFINITY)) throw new UserError(`actions.max: ${max}; expected at least one step, ${step}`);
  const flow = arcFlow(view);
  const arcs = network.arcs.length;
  const count = Math.floor(max / step + 1e-9) + 1;
  return {
    space: arcSpace(
      network,
      network.arcs.map(() => count),
      network.arcs.map(() => Math.min(1 / step, count - 1)),
    ),
    decode(now, actions, orders) {
      for (let a = 0; a < arcs; a++) {
        const { to, maxLeadTime } = network.arcs[a];
        const own = network.nodes[to].demand >= 0;
        const forecast = of === 'forecast' && own ? now.forecastMean(to, maxLeadTime) : null;
        for (let lane = 0; lane < lanes; lane++) {
          const mean = forecast ? forecast[lane] : own ? now.typicalMean[to * lanes + lane] : flow.mean[a];
          orders[a * lanes + lane] = Math.round(actions[lane * arcs + a] * step * mean);
        }
      }
    },
  };
}
