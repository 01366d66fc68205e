import type { RandomStream } from '../../../env/index.ts';
import { drawAround, likeliest, listActions, nearestActions } from './choices.ts';
import type { Collector } from './collector.ts';
import type { Player } from './player.ts';

export interface ChooserOptions {
  /** [component] */
  readonly counts: readonly number[];
  /** Most actions that are all tried. */
  readonly most: number;
  /** Tried where there are more. */
  readonly drawn: number;
  /** Tried where a network tells which are likely; null: all that are listed. */
  readonly finalists: number | null;
}

/** [lane][choice], the components' choices side by side. */
export type Logits = (observations: Float32Array, lanes: number) => Float32Array;

export interface ChoiceSource {
  readonly collector: Collector;
  /** The policy at hand. */
  readonly player: Player;
  /** Its logits for observations [lane][feature], where it is a network. */
  readonly logits: Logits | null;
  readonly random: RandomStream;
}

/** Which actions are tried in a state: all of a short list, the likeliest of them once there is a network, or some drawn around what the policy at hand would do. */
export class CandidateChooser {
  /** Actions tried in each state. */
  readonly candidates: number;
  readonly #options: ChooserOptions;
  readonly #listed: Int32Array | null;

  constructor(options: ChooserOptions) {
    const { counts, most, drawn, finalists } = options;
    this.#options = options;
    this.#listed = listActions(counts, most);
    const total = this.#listed === null ? drawn : this.#listed.length / counts.length;
    this.candidates = Math.max(2, finalists === null || this.#listed === null ? total : Math.min(finalists, total));
  }

  /** [lane][candidate][component] for the states as the collector's lanes stand. */
  choose({ collector, player, logits, random }: ChoiceSource): Int32Array {
    const { counts } = this.#options;
    const { lanes } = collector.simulator;
    const stride = this.candidates * counts.length;
    const actions = new Int32Array(lanes * stride);
    if (this.#listed === null) {
      const centres = this.#centres({ collector, player });
      for (let lane = 0; lane < lanes; lane++) {
        const centre = centres.subarray(lane * counts.length, (lane + 1) * counts.length);
        drawAround(centre, { counts, candidates: this.candidates, random }, actions, lane * stride);
      }
      return actions;
    }
    const finalists = this.candidates < this.#listed.length / counts.length;
    const outputs = finalists ? logits?.(collector.observations, lanes) : undefined;
    if (outputs === undefined) for (let lane = 0; lane < lanes; lane++) actions.set(this.#listed, lane * stride);
    else this.#chooseLikeliest({ outputs, listed: this.#listed, centres: this.#centres({ collector, player }) }, actions);
    return actions;
  }

  /** The network's likeliest, and what the policy at hand would do. */
  #chooseLikeliest(
    { outputs, listed, centres }: { outputs: Float32Array; listed: Int32Array; centres: Int32Array },
    actions: Int32Array,
  ): void {
    const { counts } = this.#options;
    const components = counts.length;
    const stride = this.candidates * components;
    const width = counts.reduce((sum, count) => sum + count, 0);
    for (let lane = 0; lane < centres.length / components; lane++) {
      const centre = centres.subarray(lane * components, (lane + 1) * components);
      likeliest({ listed, counts, finalists: this.candidates, centre }, { outputs, at: lane * width }, actions, lane * stride);
    }
  }

  /** [lane][component] what the policy at hand would do, or nearly so. */
  #centres({ collector: { simulator, codec }, player }: Pick<ChoiceSource, 'collector' | 'player'>): Int32Array {
    const orders = new Float64Array(simulator.network.arcs.length * simulator.lanes);
    player.order(simulator, orders);
    return nearestActions(codec, simulator.view, this.#options.counts, orders);
  }

  /** The candidates as orders, [candidate][arc][lane]. */
  orders({ simulator, codec }: Collector, actions: Int32Array): Float64Array {
    const { lanes, view, network } = simulator;
    const components = network.arcs.length;
    const orders = new Float64Array(this.candidates * components * lanes);
    const row = new Int32Array(lanes * components);
    for (let k = 0; k < this.candidates; k++) {
      for (let lane = 0; lane < lanes; lane++) {
        const from = (lane * this.candidates + k) * components;
        for (let c = 0; c < components; c++) row[lane * components + c] = actions[from + c];
      }
      codec.decode(view, row, orders.subarray(k * components * lanes, (k + 1) * components * lanes));
    }
    return orders;
  }
}
