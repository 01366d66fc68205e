import type { DemandProcessSpec } from './demand/spec.ts';
import { IndexRule, type OutsideIndex } from './outside-index.ts';
import type { Scenario } from './scenario.ts';
import { UserError } from './user-error.ts';

/** Where the outside indices of a scenario stand, in all lanes: moved on once a period. */
export class IndexLevels {
  /** [index][lane] number of the level that each stands at: all that its future depends on besides the period. */
  readonly states: Float64Array;
  /** [index][lane] */
  readonly levels: Float64Array;
  readonly rules: readonly IndexRule[];
  readonly #lanes: number;

  constructor(indices: readonly OutsideIndex[], lanes: number) {
    this.rules = indices.map((index) => new IndexRule(index));
    this.#lanes = lanes;
    this.states = new Float64Array(indices.length * lanes);
    this.levels = new Float64Array(indices.length * lanes).fill(1);
  }

  /** Place of an index among the scenario's. */
  placeOf(id: string): number {
    return this.rules.findIndex(({ index }) => index.id === id);
  }

  start(lane: number, period: number, random: () => number): void {
    for (let k = 0; k < this.rules.length; k++) this.#put(k, lane, this.rules[k].first(period, random));
  }

  /** Goes to the next period, whose number `period` [lane] holds; `draw` gives the row of uniform numbers of an index that is drawn. */
  advance(period: Int32Array, draw: (index: number) => Float64Array): void {
    for (let k = 0; k < this.rules.length; k++) {
      const rule = this.rules[k];
      const uniforms = rule.isDrawn ? draw(k) : null;
      for (let lane = 0; lane < this.#lanes; lane++) {
        this.#put(k, lane, rule.next(this.states[k * this.#lanes + lane], period[lane], uniforms?.[lane] ?? 0));
      }
    }
  }

  #put(k: number, lane: number, state: number): void {
    const i = k * this.#lanes + lane;
    this.states[i] = state;
    this.levels[i] = this.rules[k].levels[state];
  }
}

/**
 * The indices that a scenario's prices and demands follow, each once.
 * @throws UserError where two have the same id
 */
export function indicesOf({ links, demand }: Pick<Scenario, 'links' | 'demand'>): OutsideIndex[] {
  const found = new Map<string, OutsideIndex>();
  for (const index of [...links.flatMap(({ priceIndex }) => priceIndex ?? []), ...demand.flatMap(({ process }) => followed(process))]) {
    const known = found.get(index.id);
    if (known !== undefined && known !== index) throw new UserError(`indices.${index.id}: two different indices; expected different ids`);
    found.set(index.id, index);
  }
  return [...found.values()];
}

function followed(process: DemandProcessSpec): OutsideIndex[] {
  const own = process.kind === 'index' ? [process.index] : [];
  return 'base' in process ? [...own, ...followed(process.base)] : own;
}
