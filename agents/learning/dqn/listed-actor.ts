import { type RandomStream, type Space, UserError } from '../../../env/index.ts';
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

  /** The same for what followed a step. Of a lane that was cut, the state that it was cut in is gone: everything counts as allowed there. */
  allowedNext(masks: Uint8Array | undefined, truncated: Uint8Array): Uint8Array | undefined {
    const allowed = this.allowed(masks);
    const { count } = this.listed;
    for (let lane = 0; lane < truncated.length; lane++) if (truncated[lane] === 1) allowed?.fill(1, lane * count, (lane + 1) * count);
    return allowed;
  }
}
