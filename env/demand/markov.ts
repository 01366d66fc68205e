import { laneValue, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import { readVariants } from './distribution.ts';
import type { DemandProcess } from './process.ts';
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
export function markovDemand({ states, transition, start, known }: MarkovOptions, represents: Int32Array, path: string): DemandProcess {
  const lanes = represents.length;
  const count = states.length;
  checkStart(start, count, `${path}.start`);
  const chains = readChains(transition, count, represents, `${path}.transition`);
  const perState = states.map((distribution, j) => readVariants(distribution, represents, `${path}.states.${j}`));
  const scaled = perState.map(({ all }) => new ScaledVariants(all));
  const state = new Float64Array(lanes);
  const belief = new Float64Array(count * lanes);
  const mixed = new Float64Array(count);
  const at = (j: number, lane: number, factors?: Float64Array) => scaled[j].at(perState[j].of[lane], factors ? factors[lane] : 1);

  const become = (lane: number, next: number) => {
    state[lane] = next;
    if (!known) return;
    for (let j = 0; j < count; j++) belief[j * lanes + lane] = j === next ? 1 : 0;
  };

  /** Bayes' rule on what was seen, then one step of the chain. Where no state could have brought it, as far as numbers tell, the belief stays. */
  const learn = (lane: number, seen: number, factors?: Float64Array) => {
    let total = 0;
    for (let j = 0; j < count; j++) {
      mixed[j] = belief[j * lanes + lane] * at(j, lane, factors).likelihood(seen);
      total += mixed[j];
    }
    const chain = chains.all[chains.of[lane]];
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (total > 0 ? mixed[i] / total : belief[i * lanes + lane]) * chain.probability(i, j);
      next[j] = sum;
    }
    for (let j = 0; j < count; j++) belief[j * lanes + lane] = next[j];
  };
  const next = new Float64Array(count);

  const mix = (lane: number, weights: Float64Array, mean: Float64Array, variance: Float64Array, factors?: Float64Array) => {
    let sum = 0;
    let squares = 0;
    for (let j = 0; j < count; j++) {
      const own = at(j, lane, factors);
      sum += weights[j] * own.mean;
      squares += weights[j] * (own.variance + own.mean * own.mean);
    }
    mean[lane] = sum;
    variance[lane] = Math.max(0, squares - sum * sum);
  };

  return {
    state: [state, belief],
    stationary: false,
    notes: () => [],
    start(lane, _period, random) {
      const chain = chains.all[chains.of[lane]];
      for (let j = 0; j < count; j++) belief[j * lanes + lane] = start === undefined ? chain.longRun[j] : j === start ? 1 : 0;
      become(lane, start ?? chain.chooseInLongRun(random()));
    },
    draw(_period, uniforms, demand, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        const chain = chains.all[chains.of[lane]];
        const from = state[lane];
        const to = chain.choose(from, uniforms[lane]);
        const seen = at(from, lane, factors).quantile(chain.within(from, to, uniforms[lane]));
        demand[lane] = seen;
        if (!known) learn(lane, seen, factors);
        become(lane, to);
      }
    },
    forecast(_period, ahead, mean, variance, factors) {
      for (let lane = 0; lane < lanes; lane++) {
        const chain = chains.all[chains.of[lane]];
        for (let j = 0; j < count; j++) mixed[j] = belief[j * lanes + lane];
        mix(lane, chain.after(ahead, mixed, next), mean, variance, factors);
      }
    },
    typical(mean, variance, factors) {
      for (let lane = 0; lane < lanes; lane++) mix(lane, chains.all[chains.of[lane]].longRun, mean, variance, factors);
    },
  };
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
