import { type RandomStream, type Space, UserError, type VectorStep } from '../../../env/index.ts';
import { type Actions, createActions } from '../action-distribution.ts';
import { largestAllowed } from '../action-head.ts';
import { ListedActions } from '../listed-actions.ts';
import { Explorer } from './exploration.ts';

/** Chooses a combination for every lane: at random, or the one of the largest value, among those that are allowed. */
export class ListedActor {
  readonly listed: ListedActions;
  /** [lane] the number of each lane's combination. */
  readonly choices: Int32Array;
  /** [lane][component] the same as the environment takes it. */
  readonly actions: Actions;
  readonly #explorer: Explorer;

  /** @throws UserError for a space that cannot be listed */
  constructor(space: Space, lanes: number) {
    this.listed = new ListedActions(space);
    if (space.kind === 'box') throw new UserError('Quantities cannot be listed.');
    this.#explorer = new Explorer(space, this.listed);
    this.choices = new Int32Array(lanes);
    this.actions = createActions(space, lanes);
  }

  /** Writes `choices` and `actions` from values [lane][combination]. */
  act(
    values: Float32Array,
    { exploration, random, masks }: { readonly exploration: number; readonly random: RandomStream; readonly masks?: Uint8Array },
  ): void {
    const { count, components } = this.listed;
    const allowed = this.allowed(masks);
    for (let lane = 0; lane < this.choices.length; lane++) {
      const at = lane * count;
      const choice =
        random.next() < exploration ? this.#explorer.draw(random, allowed, at) : largestAllowed(values, at, count, allowed, at);
      this.choices[lane] = choice;
      this.listed.write(choice, this.actions, lane * components);
    }
  }

  /** [row][combination] 1 where allowed, from masks [row][component][choice]; undefined where everything is. */
  allowed(masks: Uint8Array | undefined): Uint8Array | undefined {
    if (!masks?.includes(0)) return undefined;
    const rows = masks.length / this.listed.choices;
    const allowed = new Uint8Array(rows * this.listed.count);
    this.listed.allowed(masks, rows, allowed);
    return allowed;
  }

  /** The same for what followed a step; of a lane that a time limit cut, for the state that it was cut in. */
  allowedNext(
    masks: Uint8Array | undefined,
    { truncated, finalMasks }: Pick<VectorStep, 'truncated' | 'finalMasks'>,
  ): Uint8Array | undefined {
    if (masks === undefined || !truncated.includes(1)) return this.allowed(masks);
    const following = masks.slice();
    const { choices } = this.listed;
    for (let lane = 0; lane < truncated.length; lane++) {
      const at = lane * choices;
      if (truncated[lane] === 0) continue;
      if (finalMasks === undefined) following.fill(1, at, at + choices);
      else following.set(finalMasks.subarray(at, at + choices), at);
    }
    return this.allowed(following);
  }
}
