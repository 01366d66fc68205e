import { type ActionCodec, ActionMasks, type StateView } from '../../../env/index.ts';
import { choiceCounts } from './choices.ts';

/** What every choice of every component would order in the states as they stand, and which choices are worth trying. */
export class ChoiceTable {
  /** [component] choices. */
  readonly counts: readonly number[];
  /** Choices of all components. */
  readonly width: number;
  /**
   * [lane][component][choice], 1 where the link takes the order as it is and no smaller choice orders the same. Of choices that do alike only one can be
   * learned to be right; where they are ordered, all of them may be.
   */
  readonly open: Uint8Array;
  readonly #view: StateView;
  readonly #starts: readonly number[] | null;
  readonly #codec: ActionCodec;
  readonly #masks: ActionMasks;
  /** [choice][component][lane] [units] */
  readonly #quantities: Float64Array;

  /** @param starts [component] where a policy begins, of choices that are ordered. @throws UserError for a box */
  constructor(view: StateView, codec: ActionCodec, starts: readonly number[] | null = null) {
    this.#starts = starts;
    this.counts = choiceCounts(codec.space);
    this.width = this.counts.reduce((sum, count) => sum + count, 0);
    this.open = new Uint8Array(view.lanes * this.width);
    this.#view = view;
    this.#codec = codec;
    this.#masks = new ActionMasks(view, codec);
    this.#quantities = new Float64Array(Math.max(...this.counts) * this.counts.length * view.lanes);
  }

  /** Looks at the states as they stand. */
  look(): void {
    const components = this.counts.length;
    const { lanes } = this.#view;
    const actions = new Int32Array(lanes * components);
    const size = components * lanes;
    for (let choice = 0; choice < Math.max(...this.counts); choice++) {
      for (let i = 0; i < actions.length; i++) actions[i] = Math.min(choice, this.counts[i % components] - 1);
      this.#codec.decode(this.#view, actions, this.#quantities.subarray(choice * size, (choice + 1) * size));
    }
    this.open.set(this.#masks.current());
    if (this.#starts !== null) return;
    for (let lane = 0; lane < lanes; lane++) {
      for (let c = 0, at = lane * this.width; c < components; at += this.counts[c], c++) this.#close(lane, c, at);
    }
  }

  /** Closes the choices of a component that order what a smaller one does; where none is left the first stays. */
  #close(lane: number, component: number, at: number): void {
    let any = false;
    for (let choice = 0; choice < this.counts[component]; choice++) {
      if (this.open[at + choice] === 0) continue;
      const quantity = this.quantity(lane, component, choice);
      for (let other = 0; other < choice && this.open[at + choice] === 1; other++) {
        if (this.open[at + other] === 1 && this.quantity(lane, component, other) === quantity) this.open[at + choice] = 0;
      }
      any = true;
    }
    if (!any) this.open[at] = 1;
  }

  /** [units] what a choice orders. */
  quantity(lane: number, component: number, choice: number): number {
    return this.#quantities[(choice * this.counts.length + component) * this.#view.lanes + lane];
  }

  /** The action of every lane, of what is open, whose orders come nearest to those wanted [component][lane], component by component: [lane][component]. Of several alike the smallest, or where they are ordered the one nearest to where a policy begins. */
  nearest(wanted: Float64Array): Int32Array {
    const components = this.counts.length;
    const { lanes } = this.#view;
    const nearest = new Int32Array(lanes * components);
    for (let lane = 0; lane < lanes; lane++) {
      for (let c = 0, at = lane * this.width; c < components; at += this.counts[c], c++) {
        let least = Number.POSITIVE_INFINITY;
        for (let choice = 0; choice < this.counts[c]; choice++) {
          const gap = Math.abs(this.quantity(lane, c, choice) - wanted[c * lanes + lane]);
          const best = nearest[lane * components + c];
          if (this.open[at + choice] === 0 || gap > least || (gap === least && !this.#isNearerStart(c, choice, best))) continue;
          least = gap;
          nearest[lane * components + c] = choice;
        }
      }
    }
    return nearest;
  }

  #isNearerStart(component: number, choice: number, other: number): boolean {
    if (this.#starts === null) return false;
    return Math.abs(choice - this.#starts[component]) < Math.abs(other - this.#starts[component]);
  }

  /** Moves the components of an action from `at` on to the next smaller choices that are open, or else to larger ones. */
  settle(lane: number, actions: Int32Array, at: number): void {
    for (let c = 0, first = lane * this.width; c < this.counts.length; first += this.counts[c], c++) {
      let choice = actions[at + c];
      while (choice > 0 && this.open[first + choice] === 0) choice--;
      while (this.open[first + choice] === 0) choice++;
      actions[at + c] = choice;
    }
  }

  /** Are all components of the action from `at` on open? */
  allows(lane: number, actions: Int32Array, at: number): boolean {
    for (let c = 0, first = lane * this.width; c < this.counts.length; first += this.counts[c], c++) {
      if (this.open[first + actions[at + c]] === 0) return false;
    }
    return true;
  }
}
