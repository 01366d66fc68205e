import { componentCount, type RandomStream, type Space } from '../../env/index.ts';
import { BoxDistribution } from './box-distribution.ts';
import { ChoiceDistribution } from './choice-distribution.ts';

/** Actions [row][component]: whole numbers of choices, or quantities of a box. */
export type Actions = Int32Array | Float64Array;

/** A loss's derivatives by an action's log-probability and by the distribution's entropy. */
export interface LossDerivatives {
  readonly byLogProbability: number;
  readonly byEntropy: number;
}

/** Where a row's action was drawn: the network's outputs and the distribution's own free numbers. */
export interface DrawnAction {
  readonly outputs: Float32Array;
  readonly row: number;
  readonly free: Float32Array;
  readonly actions: Actions;
}

/**
 * A policy's distribution over actions, its components independent of one another, given a network's outputs [row][output]. Masks are [row][choice], all
 * components' choices one after the other, 1 where allowed; without them everything is. The methods that take a row keep its probabilities until the next.
 */
export interface ActionDistribution {
  /** Network outputs per row that it reads; a row may hold more, as `stride` says. */
  readonly outputs: number;
  /** Choices of all components together, the width of a mask; 0 of a box. */
  readonly choices: number;
  /** First values of the learned numbers beside the network. */
  readonly initialFree: Float32Array;
  /** Sum of the components' entropies [nats] of the row looked at last. */
  readonly entropy: number;
  /** Draws a row's action and returns its log-probability. */
  sample(outputs: Float32Array, row: number, free: Float32Array, random: RandomStream, actions: Actions, masks?: Uint8Array): number;
  /** Log-probability of a row's action; then `entropy` is that row's, and `backward` goes on from it. */
  logProbability(outputs: Float32Array, row: number, free: Float32Array, actions: Actions, masks?: Uint8Array): number;
  /** Adds to the gradients by outputs and free numbers, for the row looked at last. */
  backward(
    derivatives: LossDerivatives,
    place: DrawnAction,
    gradients: { readonly byOutput: Float32Array; readonly byFree: Float32Array },
  ): void;
  /** Writes the likeliest action of every row. */
  greedy(outputs: Float32Array, rows: number, actions: Actions, masks?: Uint8Array): void;
  /** Writes the actions as the environment takes them: a box's cut to its bounds. */
  bounded(actions: Actions, into: Actions): void;
}

/** The distribution that fits a space. @param stride outputs from one row to the next, where the network puts out more than the distribution reads. */
export function createActionDistribution(space: Space, { stride }: { readonly stride?: number } = {}): ActionDistribution {
  return space.kind === 'box' ? new BoxDistribution(space, { stride }) : new ChoiceDistribution(space, { stride });
}

/** Room for the actions of so many rows. */
export function createActions(space: Space, rows: number): Actions {
  const length = rows * componentCount(space);
  return space.kind === 'box' ? new Float64Array(length) : new Int32Array(length);
}
