import type { Arc, Network } from '../../env/index.ts';

/**
 * What a state of a single stock point consists of, in one row of numbers: its net stock (on hand less backlog), or where units age the stock by
 * the periods that it can still serve and then the backlog; for each arc what is on the way, by the periods until it arrives or, where lead times are
 * drawn, by age; for each link that can be down whether it works. It is all that the future depends on when demand is stationary.
 */
export interface StateLayout {
  readonly width: number;
  /** Components of stock; one, which may be negative, where units keep. */
  readonly ages: number;
  /** Component of the backlog where units age and demand waits, or -1. */
  readonly backlog: number;
  /** [arc] first component of what is on the way. */
  readonly pipeline: readonly number[];
  /** [arc] components of what is on the way. */
  readonly pipelineLength: readonly number[];
  /** [arc] component that says whether the link works, or -1 where it always does. */
  readonly available: readonly number[];
}

const known = new WeakMap<Network, StateLayout>();

export function stateLayout(network: Network): StateLayout {
  let layout = known.get(network);
  if (!layout) {
    layout = layOut(network);
    known.set(network, layout);
  }
  return layout;
}

function layOut({ nodes: [node], arcs }: Network): StateLayout {
  const ages = node.life?.[0] ?? 1;
  let width = ages;
  const backlog = node.life !== null && node.backlogged[0] > 0 ? width++ : -1;
  const pipelineLength = arcs.map(({ maxLeadTime }) => Math.max(0, maxLeadTime - 1));
  const pipeline = pipelineLength.map((length) => {
    width += length;
    return width - length;
  });
  const available = arcs.map(({ disruptions }: Arc) => (disruptions ? width++ : -1));
  return { width, ages, backlog, pipeline, pipelineLength, available };
}

/** Stock on hand [units] of the state that starts at `at`: negative where backlog is counted with it. */
export function stockOf({ ages }: StateLayout, rows: ArrayLike<number>, at = 0): number {
  let stock = 0;
  for (let k = 0; k < ages; k++) stock += rows[at + k];
  return stock;
}

/** Stock on hand and on the way less backlog [units] of the state that starts at `at`. */
export function positionOf(layout: StateLayout, rows: ArrayLike<number>, at = 0): number {
  const { backlog, pipeline, pipelineLength } = layout;
  let position = stockOf(layout, rows, at) - (backlog < 0 ? 0 : rows[at + backlog]);
  for (let arc = 0; arc < pipeline.length; arc++) {
    for (let k = 0; k < pipelineLength[arc]; k++) position += rows[at + pipeline[arc] + k];
  }
  return position;
}
