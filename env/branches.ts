import { ActionMasks } from './action-masks.ts';
import { type ActionOptions, createActionCodec } from './actions.ts';
import { createObservationEncoder, type ObservationEncoder, type ObservationPart } from './observation.ts';
import type { RandomStream } from './random.ts';
import { Simulator } from './simulator.ts';
import { StockWorth } from './stock-worth.ts';
import type { Lookahead } from './vector-environment.ts';

/** Copies of lanes, for trying a period out. */
export interface Branches {
  readonly draws: number;
  readonly copies: Simulator;
  readonly encoder: ObservationEncoder;
  readonly masks: ActionMasks;
  /** [copy] the lane that each copies. */
  readonly from: Int32Array;
  readonly orders: Float64Array;
  readonly uniforms: Float64Array;
  readonly worth: StockWorth | null;
  readonly result: Lookahead;
}

/** Makes `draws` copies of every lane of a simulator; they stand where they were made until lanes are copied. */
export function createBranches(
  origin: Simulator,
  {
    observation,
    actions,
    draws,
  }: { readonly observation: readonly ObservationPart[]; readonly actions: ActionOptions; readonly draws: number },
): Branches {
  const { scenario } = origin.network;
  const lanes = origin.lanes * draws;
  const from = Int32Array.from({ length: lanes }, (_, i) => Math.floor(i / draws));
  const copies = new Simulator({ scenario, lanes, represents: from.map((lane) => origin.network.represents[lane]) });
  const encoder = createObservationEncoder(copies.view, observation);
  const masks = new ActionMasks(copies.view, createActionCodec(copies.view, actions));
  const worth = StockWorth.of(copies.view);
  return {
    draws,
    worth,
    masks,
    copies,
    encoder,
    from,
    orders: new Float64Array(copies.network.arcs.length * lanes),
    uniforms: new Float64Array(copies.uniformRows * lanes),
    result: {
      draws,
      observations: new Float32Array(lanes * encoder.space.names.length),
      rewards: new Float64Array(lanes),
      ...(worth === null ? {} : { lessons: new Float64Array(lanes) }),
      terminated: new Uint8Array(lanes),
      masks: masks.current(),
    },
  };
}

/** Latin hypercube: for every row and lane one number in each of `draws` equal parts of [0, 1), in an order of its own for each row after the first. */
export function spreadEvenly(
  uniforms: Float64Array,
  { rows, lanes, draws, random }: { rows: number; lanes: number; draws: number; random: RandomStream },
): void {
  for (let row = 0; row < rows; row++) {
    for (let lane = 0; lane < lanes; lane++) {
      const at = (row * lanes + lane) * draws;
      const within = random.next();
      for (let j = 0; j < draws; j++) uniforms[at + j] = (j + within) / draws;
      if (row > 0) shuffle(uniforms, at, draws, random);
    }
  }
}

function shuffle(values: Float64Array, at: number, count: number, random: RandomStream): void {
  for (let j = count - 1; j > 0; j--) {
    const k = random.integer(j + 1);
    const other = values[at + k];
    values[at + k] = values[at + j];
    values[at + j] = other;
  }
}
