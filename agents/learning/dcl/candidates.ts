import type { RandomStream } from '../../../env/index.ts';
import type { ChoiceTable } from './choice-table.ts';
import { drawAround, likeliest, listActions, moveEach, movesPlanned } from './choices.ts';
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
  /** Where actions are drawn: is each component moved by itself? For choices that are ordered. Default false. */
  readonly ordered?: boolean;
}

/** [lane][choice], the components' choices side by side. */
export type Logits = (observations: Float32Array, lanes: number) => Float32Array;

export interface ChoiceSource {
  readonly collector: Collector;
  /** Looked at in the states as the collector's lanes stand. */
  readonly table: ChoiceTable;
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
    const { counts, most, finalists, ordered } = options;
    const drawn = ordered ? movesPlanned(counts.length, options.drawn) : options.drawn;
    this.#options = options;
    this.#listed = listActions(counts, most);
    const total = this.#listed === null ? drawn : this.#listed.length / counts.length;
    this.candidates = Math.max(2, finalists === null || this.#listed === null ? total : Math.min(finalists, total));
  }

  /** [lane][candidate][component] for the states as the collector's lanes stand; there may be some that are not to be tried among them. */
  choose(source: ChoiceSource): Int32Array {
    const { lanes } = source.collector.simulator;
    const actions = new Int32Array(lanes * this.candidates * this.#options.counts.length);
    if (this.#listed === null) this.#draw(source, actions);
    else if (source.logits !== null && this.#options.finalists !== null)
      this.#chooseLikeliest(source, source.logits, this.#listed, actions);
    else for (let lane = 0; lane < lanes; lane++) actions.set(this.#listed, lane * this.#listed.length);
    return actions;
  }

  #draw(source: ChoiceSource, actions: Int32Array): void {
    const { table, random } = source;
    const { counts, ordered } = this.#options;
    const components = counts.length;
    const centres = centresOf(source);
    for (let lane = 0; lane < centres.length / components; lane++) {
      const centre = centres.subarray(lane * components, (lane + 1) * components);
      const first = lane * this.candidates * components;
      if (ordered) {
        moveEach(centre, { counts, candidates: this.candidates, random }, actions, first);
        continue;
      }
      drawAround(centre, { counts, candidates: this.candidates, random }, actions, first);
      for (let k = 0; k < this.candidates; k++) table.settle(lane, actions, first + k * components);
    }
  }

  /** The network's likeliest, and what the policy at hand would do. */
  #chooseLikeliest(source: ChoiceSource, logits: Logits, listed: Int32Array, actions: Int32Array): void {
    const { collector, table } = source;
    const { counts } = this.#options;
    const components = counts.length;
    const outputs = logits(collector.observations, collector.simulator.lanes);
    const centres = centresOf(source);
    for (let lane = 0; lane < centres.length / components; lane++) {
      const centre = centres.subarray(lane * components, (lane + 1) * components);
      const row = { outputs, open: table.open, at: lane * table.width };
      likeliest({ listed, counts, finalists: this.candidates, centre }, row, actions, lane * this.candidates * components);
    }
  }
}

/** [lane][component] what the policy at hand would do, or nearly so. */
function centresOf({ collector: { simulator }, table, player }: ChoiceSource): Int32Array {
  const orders = new Float64Array(simulator.network.arcs.length * simulator.lanes);
  player.order(simulator, orders);
  return table.nearest(orders);
}

/** Writes the costs that comparisons start from, [lane][candidate]: 0, or infinity for what is not to be tried because it is not open or another candidate is the same. */
export function startCosts(
  { actions, table, candidates }: { actions: Int32Array; table: ChoiceTable; candidates: number },
  costs: Float64Array,
): void {
  const components = table.counts.length;
  for (let i = 0; i < costs.length; i++) {
    const first = i - (i % candidates);
    const open = table.allows(first / candidates, actions, i * components);
    costs[i] = open && !isRepeated(actions, components, first, i) ? 0 : Number.POSITIVE_INFINITY;
  }
}

/** Is an action the same as one before it in its state? */
function isRepeated(actions: Int32Array, components: number, first: number, i: number): boolean {
  for (let other = first; other < i; other++) {
    let c = 0;
    while (c < components && actions[other * components + c] === actions[i * components + c]) c++;
    if (c === components) return true;
  }
  return false;
}

/** Candidates [lane][candidate][component] as orders, [candidate][component][lane]. */
export function candidateOrders({
  actions,
  table,
  candidates,
}: {
  actions: Int32Array;
  table: ChoiceTable;
  candidates: number;
}): Float64Array {
  const components = table.counts.length;
  const lanes = actions.length / (candidates * components);
  const orders = new Float64Array(actions.length);
  for (let lane = 0, at = 0; lane < lanes; lane++) {
    for (let k = 0; k < candidates; k++) {
      for (let c = 0; c < components; c++, at++) orders[(k * components + c) * lanes + lane] = table.quantity(lane, c, actions[at]);
    }
  }
  return orders;
}
