import type { ActionCodec } from './actions.ts';
import { quantityTaken, takesAnyOrder } from './link-rules.ts';
import type { Space } from './spaces.ts';
import type { StateView } from './view.ts';

/** Rounding errors that do not make an order another one [units]. */
const NEARLY = 1e-9;

/**
 * Which choices are allowed now: those whose order the link takes as it is. An order of nothing always is. Written for all lanes as
 * [lane][component][choice], 1 where allowed; a box has no choices, and no masks.
 */
export class ActionMasks {
  readonly #view: StateView;
  readonly #codec: ActionCodec;
  readonly #counts: readonly number[];
  readonly #masks: Uint8Array;
  readonly #actions: Float64Array;
  readonly #orders: Float64Array;
  readonly #restricted: readonly number[];

  constructor(view: StateView, codec: ActionCodec) {
    const { arcs } = view.network;
    this.#view = view;
    this.#codec = codec;
    this.#counts = choiceCounts(codec.space);
    this.#masks = new Uint8Array(view.lanes * this.#counts.reduce((sum, count) => sum + count, 0)).fill(1);
    this.#actions = new Float64Array(view.lanes * arcs.length);
    this.#orders = new Float64Array(view.lanes * arcs.length);
    this.#restricted = this.#counts.length === 0 ? [] : arcs.flatMap((arc, a) => (takesAnyOrder(arc) ? [] : [a]));
  }

  /** The masks for the state as the view shows it. The array is rewritten by the next call. */
  current(): Uint8Array {
    const { lanes, network, available } = this.#view;
    if (this.#restricted.length === 0) return this.#masks;
    const counts = this.#counts;
    const width = this.#masks.length / lanes;
    const most = this.#restricted.reduce((largest, a) => Math.max(largest, counts[a]), 0);
    for (let choice = 0; choice < most; choice++) {
      for (let i = 0; i < this.#actions.length; i++) this.#actions[i] = Math.min(choice, counts[i % counts.length] - 1);
      this.#codec.decode(this.#view, this.#actions, this.#orders);
      for (const a of this.#restricted) {
        if (choice >= counts[a]) continue;
        const offset = sumOf(counts, a) + choice;
        for (let lane = 0; lane < lanes; lane++) {
          const order = this.#orders[a * lanes + lane];
          const taken = available[a * lanes + lane] === 0 ? 0 : quantityTaken(network.arcs[a], lane, order);
          this.#masks[lane * width + offset] = order - taken < NEARLY ? 1 : 0;
        }
      }
    }
    return this.#masks;
  }
}

/** [component] number of choices; none for a box. */
export function choiceCounts(space: Space): readonly number[] {
  if (space.kind === 'box') return [];
  return space.kind === 'discrete' ? [space.count] : space.counts;
}

function sumOf(counts: readonly number[], before: number): number {
  let sum = 0;
  for (let k = 0; k < before; k++) sum += counts[k];
  return sum;
}
