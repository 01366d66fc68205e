import type { Box, Space } from './spaces.ts';

/** What one step of all lanes gives. The arrays are rewritten by the next step: copy what must be kept. */
export interface VectorStep {
  /** [lane][feature]; of a lane that ended, the first observation of its next episode. */
  readonly observations: Float32Array;
  /** [lane] minus cost (or profit), in money, unscaled. */
  readonly rewards: Float64Array;
  /** [lane] what the period's decision did [money]: adds up to the rewards but for what no decision changes. Left out: the rewards are as good. */
  readonly lessons?: Float64Array;
  /** [lane] 1 where the episode reached an end of its own: nothing follows. */
  readonly terminated: Uint8Array;
  /** [lane] 1 where a time limit cut the episode: its value goes on. */
  readonly truncated: Uint8Array;
  /** [lane][feature] the last observation of the lanes that ended in this step; elsewhere meaningless. */
  readonly finalObservations: Float32Array;
  /** [lane][component][choice] allowed in the last state of the lanes that ended in this step, elsewhere meaningless; where the environment says which actions are. */
  readonly finalMasks?: Uint8Array;
}

/** One period tried out on copies: row lane * draws + j is draw j of a lane. */
export interface Lookahead {
  readonly draws: number;
  /** [lane * draws][feature] */
  readonly observations: Float32Array;
  /** [lane * draws] */
  readonly rewards: Float64Array;
  readonly lessons?: Float64Array;
  /** [lane * draws] */
  readonly terminated: Uint8Array;
  /** [lane * draws][component][choice] allowed in what followed; where the environment says which actions are. */
  readonly masks?: Uint8Array;
}

/** Many independent copies (lanes) of an environment, stepped at once. Gymnasium's vector environment with same-step reset. */
export interface VectorEnvironment {
  readonly lanes: number;
  readonly observationSpace: Box;
  readonly actionSpace: Space;
  /** [lane] a typical size of one period's reward, above 0, by which a learner may divide. */
  readonly rewardScale: Float64Array;
  /** Do episodes come to an end of their own (terminated), not only to that of a time limit? Left out: no. */
  readonly ends?: boolean;
  /** Stock points whose stocks are part of the state. Left out: one. */
  readonly stockPoints?: number;
  /** Lanes in a group that faces the same demand, one group after the other. Left out: every lane faces its own. */
  readonly siblings?: number;
  /** Starts every lane anew; lane i behaves as a single environment seeded with seed + i. Returns [lane][feature]. */
  reset(options?: { readonly seed?: number }): Float32Array;
  /** Actions are [lane][component], flat, each row a value of the action space. */
  step(actions: ArrayLike<number>): VectorStep;
  /**
   * Steps `draws` copies of every lane with its action under demands spread evenly over their distribution, and leaves the lanes themselves
   * where they are. Not every environment can.
   */
  lookahead?(actions: ArrayLike<number>, draws: number): Lookahead;
  /** Which actions are allowed now, [lane][component][choice], 1 where allowed. The array is rewritten by the next call. Not every environment says. */
  actionMasks?(): Uint8Array;
  /** The whole state, random streams included, as plain JSON-able numbers and typed arrays. */
  save(): EnvironmentState;
  restore(state: EnvironmentState): void;
}

/** A saved state: typed arrays by name. */
export type EnvironmentState = Readonly<Record<string, Float64Array | Int32Array>>;
