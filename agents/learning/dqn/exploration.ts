import type { RandomStream, Space } from '../../../env/index.ts';
import { createActions } from '../action-distribution.ts';
import type { ListedActions } from '../listed-actions.ts';

/**
 * Random actions: each component even over its choices, or, where the space says where to start, normal around there, so that wandering about does not
 * order more than is needed. What a mask forbids is drawn again among what it allows.
 */
export class Explorer {
  readonly #listed: ListedActions;
  readonly #counts: readonly number[];
  readonly #starts: readonly (number | undefined)[];
  readonly #components: Int32Array | Float64Array;

  constructor(space: Exclude<Space, { readonly kind: 'box' }>, listed: ListedActions) {
    this.#listed = listed;
    this.#counts = space.kind === 'discrete' ? [space.count] : space.counts;
    this.#starts = space.kind === 'discrete' ? [space.start] : space.counts.map((_, c) => space.starts?.[c]);
    this.#components = createActions(space, 1);
  }

  /** The number of a combination; `allowed` holds 1 for those that may be taken, from `at` on. */
  draw(random: RandomStream, allowed?: Uint8Array, at = 0): number {
    for (let c = 0; c < this.#counts.length; c++) this.#components[c] = drawChoice(this.#counts[c], this.#starts[c], random);
    const drawn = this.#listed.read(this.#components, 0);
    return allowed === undefined || allowed[at + drawn] === 1 ? drawn : this.#drawAllowed(random, allowed, at);
  }

  #drawAllowed(random: RandomStream, allowed: Uint8Array, at: number): number {
    let left = 0;
    for (let k = 0; k < this.#listed.count; k++) left += allowed[at + k];
    left = random.integer(Math.max(left, 1));
    for (let k = 0; k < this.#listed.count; k++) if (allowed[at + k] === 1 && left-- === 0) return k;
    return 0;
  }
}

function drawChoice(count: number, start: number | undefined, random: RandomStream): number {
  if (start === undefined) return random.integer(count);
  const drawn = Math.round(start + ((count - 1) / 4) * random.normal());
  return drawn >= 0 && drawn < count ? drawn : random.integer(count);
}
