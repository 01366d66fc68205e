import { type Space, UserError } from '../../env/index.ts';
import type { Actions } from './action-distribution.ts';
import { largestAllowed } from './action-head.ts';

/** Combinations of choices that are listed at most: a network has an output for each. */
export const MOST_COMBINATIONS = 1024;

/** Every combination of the components' choices, numbered: the last component counts fastest. */
export class ListedActions {
  /** Combinations. */
  readonly count: number;
  /** Choices of all components together, the width of the environment's masks. */
  readonly choices: number;
  readonly components: number;
  readonly #counts: readonly number[];

  /** @throws UserError for a box, and where there are too many combinations */
  constructor(space: Space) {
    if (space.kind === 'box') {
      throw new UserError(
        `The actions are quantities (${space.names.join(', ')}), which dqn cannot list: use ppo, or actions of whole numbers.`,
      );
    }
    this.#counts = space.kind === 'discrete' ? [space.count] : space.counts;
    this.components = this.#counts.length;
    this.choices = this.#counts.reduce((sum, count) => sum + count, 0);
    this.count = this.#counts.reduce((product, count) => product * count, 1);
    if (this.count > MOST_COMBINATIONS) {
      throw new UserError(
        `The actions have ${this.#counts.join(' x ')} = ${this.count} combinations, and dqn lists ${MOST_COMBINATIONS} at most: use ppo, or fewer choices.`,
      );
    }
  }

  /** Writes the components of a combination from `at` on. */
  write(combination: number, actions: Actions, at: number): void {
    let left = combination;
    for (let c = this.components - 1; c >= 0; c--) {
      actions[at + c] = left % this.#counts[c];
      left = Math.floor(left / this.#counts[c]);
    }
  }

  /** The number of the combination whose components stand from `at` on. */
  read(actions: ArrayLike<number>, at: number): number {
    let combination = 0;
    for (let c = 0; c < this.components; c++) combination = combination * this.#counts[c] + actions[at + c];
    return combination;
  }

  /** Writes which combinations are allowed, [row][combination], from the environment's masks [row][component][choice]. */
  allowed(masks: Uint8Array, rows: number, into: Uint8Array): void {
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < this.count; k++) into[row * this.count + k] = this.#allows(masks, row * this.choices, k);
    }
  }

  /** Writes the combination of the largest value for every row of values [row][combination]. */
  greedy(values: Float32Array, rows: number, actions: Actions, masks?: Uint8Array): void {
    let allowed: Uint8Array | undefined;
    if (masks !== undefined) {
      allowed = new Uint8Array(rows * this.count);
      this.allowed(masks, rows, allowed);
    }
    for (let row = 0; row < rows; row++) {
      const at = row * this.count;
      this.write(largestAllowed(values, at, this.count, allowed, at), actions, row * this.components);
    }
  }

  #allows(masks: Uint8Array, at: number, combination: number): 0 | 1 {
    let left = combination;
    let end = at + this.choices;
    for (let c = this.components - 1; c >= 0; c--) {
      const count = this.#counts[c];
      end -= count;
      if (masks[end + (left % count)] === 0) return 0;
      left = Math.floor(left / count);
    }
    return 1;
  }
}
