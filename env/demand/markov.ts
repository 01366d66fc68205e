import { laneValue, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import { readVariants } from './distribution.ts';
import type { LaneDistribution } from './lane-distribution.ts';
import type { DemandProcess, Note } from './process.ts';
import { ScaledVariants } from './scaled-variants.ts';
import type { Distribution } from './spec.ts';
import { TransitionMatrix } from './transition-matrix.ts';

export interface MarkovOptions {
  readonly states: readonly Distribution[];
  readonly transition: readonly (readonly PerLane[])[];
  readonly start?: number;
  readonly known: boolean;
}

/**
 * Demand whose distribution depends on a state that moves by a Markov chain after each period (Song and Zipkin 1993). Of a period's uniform number
 * one part chooses the next state, and where it fell within that part is the number for the demand: the two are independent. What a planner knows
 * of the state is kept as probabilities: certain where it is known, else filtered by Bayes' rule from the demands seen.
 */
export class MarkovDemand implements DemandProcess {
  readonly tabled = null;
  readonly stationary = false;
  readonly state: readonly Float64Array[];
  readonly #count: number;
  readonly #known: boolean;
  readonly #first: number | undefined;
  readonly #lanes: number;
  readonly #chains: { readonly all: readonly TransitionMatrix[]; readonly of: Int32Array };
  /** [state] its distributions, and which of them each lane has. */
  readonly #distributions: readonly { readonly scaled: ScaledVariants; readonly of: Int32Array }[];
  /** [lane] */
  readonly #current: Float64Array;
  /** [state][lane] probabilities, as the planner sees them. */
  readonly #belief: Float64Array;
  /** [state] scratch. */
  readonly #weights: Float64Array;
  readonly #moved: Float64Array;

  constructor({ states, transition, start, known }: MarkovOptions, represents: Int32Array, path: string) {
    const count = states.length;
    checkStart(start, count, `${path}.start`);
    this.#count = count;
    this.#known = known;
    this.#first = start;
    this.#lanes = represents.length;
    this.#chains = readChains(transition, count, represents, `${path}.transition`);
    this.#distributions = states.map((distribution, j) => {
      const { all, of } = readVariants(distribution, represents, `${path}.states.${j}`);
      return { scaled: new ScaledVariants(all), of };
    });
    this.#current = new Float64Array(this.#lanes);
    this.#belief = new Float64Array(count * this.#lanes);
    this.#weights = new Float64Array(count);
    this.#moved = new Float64Array(count);
    this.state = [this.#current, this.#belief];
  }

  start(lane: number, _period: number, random: () => number): void {
    const { longRun } = this.#chain(lane);
    const first = this.#first ?? this.#chain(lane).chooseInLongRun(random());
    const certain = this.#known || this.#first !== undefined;
    this.#current[lane] = first;
    for (let j = 0; j < this.#count; j++) this.#belief[j * this.#lanes + lane] = certain ? Number(j === first) : longRun[j];
  }

  draw(_period: Int32Array, uniforms: Float64Array, demand: Float64Array, factors?: Float64Array): void {
    for (let lane = 0; lane < this.#lanes; lane++) {
      const chain = this.#chain(lane);
      const factor = factors ? factors[lane] : 1;
      const from = this.#current[lane];
      const to = chain.choose(from, uniforms[lane]);
      demand[lane] = this.#distribution(from, lane, factor).quantile(chain.within(from, to, uniforms[lane]));
      if (this.#known) {
        this.#belief[from * this.#lanes + lane] = 0;
        this.#belief[to * this.#lanes + lane] = 1;
      } else this.#learn(lane, demand[lane], factor);
      this.#current[lane] = to;
    }
  }

  forecast(_period: Int32Array, ahead: number, mean: Float64Array, variance: Float64Array, factors?: Float64Array): void {
    for (let lane = 0; lane < this.#lanes; lane++) {
      for (let j = 0; j < this.#count; j++) this.#weights[j] = this.#belief[j * this.#lanes + lane];
      this.#mix(lane, this.#chain(lane).after(ahead, this.#weights, this.#moved), mean, variance, factors);
    }
  }

  typical(mean: Float64Array, variance: Float64Array, factors?: Float64Array): void {
    for (let lane = 0; lane < this.#lanes; lane++) this.#mix(lane, this.#chain(lane).longRun, mean, variance, factors);
  }

  notes(): readonly Note[] {
    return [];
  }

  #chain(lane: number): TransitionMatrix {
    return this.#chains.all[this.#chains.of[lane]];
  }

  #distribution(state: number, lane: number, factor: number): LaneDistribution {
    const { scaled, of } = this.#distributions[state];
    return scaled.at(of[lane], factor);
  }

  /** Bayes' rule on what was seen, then one step of the chain. Where no state could have brought it, as far as numbers tell, nothing is learnt. */
  #learn(lane: number, seen: number, factor: number): void {
    const weights = this.#weights;
    let total = 0;
    for (let j = 0; j < this.#count; j++) {
      weights[j] = this.#belief[j * this.#lanes + lane] * this.#distribution(j, lane, factor).likelihood(seen);
      total += weights[j];
    }
    for (let j = 0; j < this.#count; j++) weights[j] = total > 0 ? weights[j] / total : this.#belief[j * this.#lanes + lane];
    this.#chain(lane).after(1, weights, this.#moved);
    for (let j = 0; j < this.#count; j++) this.#belief[j * this.#lanes + lane] = this.#moved[j];
  }

  /** Mean and variance of a mixture of the states. */
  #mix(lane: number, weights: Float64Array, mean: Float64Array, variance: Float64Array, factors?: Float64Array): void {
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < this.#count; j++) {
      const own = this.#distribution(j, lane, factors ? factors[lane] : 1);
      sum += weights[j] * own.mean;
      squares += weights[j] * (own.variance + own.mean * own.mean);
    }
    mean[lane] = sum;
    variance[lane] = Math.max(0, squares - sum * sum);
  }
}

function checkStart(start: number | undefined, count: number, path: string): void {
  if (start === undefined || (Number.isInteger(start) && start >= 0 && start < count)) return;
  throw new UserError(`${path}: ${start}; expected the number of a state, 0 to ${count - 1}`);
}

/** The different chains of the lanes, each made once. */
function readChains(
  transition: readonly (readonly PerLane[])[],
  count: number,
  represents: Int32Array,
  path: string,
): { all: TransitionMatrix[]; of: Int32Array } {
  if (transition.length !== count || transition.some((row) => row.length !== count)) {
    throw new UserError(
      `${path}: ${transition.map((row) => row.length)} numbers in its rows; expected ${count} rows of ${count}: one for each state`,
    );
  }
  const known = new Map<string, number>();
  const all: TransitionMatrix[] = [];
  const of = Int32Array.from(represents, (lane) => {
    const rows = transition.map((row) => row.map((value) => laneValue(value, lane)));
    const key = rows.join(';');
    const place = known.get(key) ?? all.push(new TransitionMatrix(rows, path)) - 1;
    known.set(key, place);
    return place;
  });
  return { all, of };
}
