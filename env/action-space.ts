import type { Network } from './network.ts';
import type { Space } from './spaces.ts';
import type { StateView } from './view.ts';

/** How actions become orders. */
export interface ActionCodec {
  readonly space: Space;
  /** Writes orders [arc][lane] for actions [lane][arc]. */
  decode(view: StateView, actions: ArrayLike<number>, orders: Float64Array): void;
}

/** One component for each arc; `starts`: the choice that a policy begins at. */
export function arcSpace(network: Network, counts: readonly number[], starts?: readonly number[]): Space {
  const names = network.arcs.map((arc) => arc.id);
  if (names.length === 1) return { kind: 'discrete', name: names[0], count: counts[0], start: starts?.[0] };
  return { kind: 'multi-discrete', names, counts, starts };
}
