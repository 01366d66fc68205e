import { UserError } from './user-error.ts';
import type { EnvironmentState } from './vector-environment.ts';

/** A part of the state of all lanes: rows of [lane]. */
export type Block = Float64Array | Int32Array;

interface LaneMap {
  readonly lanes: number;
  readonly sourceLanes: number;
  /** [lane] the lane of the source that each takes over. */
  readonly from: Int32Array;
}

/** Copies lanes from blocks of the same rows. */
export function copyLanes(blocks: readonly Block[], source: readonly Block[], { lanes, sourceLanes, from }: LaneMap): void {
  blocks.forEach((target, k) => {
    const origin = source[k];
    for (let to = 0, at = 0; to < target.length; to += lanes, at += sourceLanes) {
      for (let lane = 0; lane < lanes; lane++) target[to + lane] = origin[at + from[lane]];
    }
  });
}

export function saveBlocks(blocks: readonly Block[]): EnvironmentState {
  return Object.fromEntries(blocks.map((block, k) => [`block${k}`, block.slice()]));
}

/** @throws UserError where the state was saved by a simulator of another scenario or number of lanes; nothing is changed then */
export function restoreBlocks(blocks: readonly Block[], state: EnvironmentState): void {
  const misfit = blocks.findIndex((block, k) => state[`block${k}`]?.length !== block.length);
  if (misfit >= 0) {
    const size = state[`block${misfit}`]?.length ?? 'nothing';
    throw new UserError(
      `saved state: ${size} in place of ${blocks[misfit].length} numbers; expected one of the same scenario and number of lanes`,
    );
  }
  blocks.forEach((block, k) => {
    block.set(state[`block${k}`]);
  });
}
