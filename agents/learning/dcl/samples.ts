import type { ArchiveArray } from '../../../neural/index.ts';
import { restoreInto } from '../checkpoint.ts';

interface SampleShape {
  readonly features: number;
  /** Actions tried in each state. */
  readonly candidates: number;
  /** Numbers of an action. */
  readonly components: number;
}

/** States with what was found out about them: what each action tried there costs over the horizon, followed by the policy at hand. */
export class Samples {
  readonly shape: SampleShape;
  count = 0;
  /** [state][feature] */
  observations = new Float32Array(0);
  /** [state][candidate][component] */
  actions = new Int32Array(0);
  /** [state][candidate] [money] mean over paths; infinite where a candidate was not tried. */
  costs = new Float64Array(0);
  /** [state] [money] standard error of the difference between the cheapest candidate and its neighbours. */
  noise = new Float64Array(0);

  constructor(shape: SampleShape) {
    this.shape = shape;
  }

  /** Makes room for more states and returns the first of them, to be written by the caller. */
  extend(states: number): number {
    const first = this.count;
    this.count += states;
    if (this.noise.length < this.count) this.#allocate(Math.max(this.count, 2 * this.noise.length, 1024));
    return first;
  }

  #allocate(states: number): void {
    const { features, candidates, components } = this.shape;
    const grown = <T extends Float32Array | Float64Array | Int32Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.observations = grown(new Float32Array(states * features), this.observations);
    this.actions = grown(new Int32Array(states * candidates * components), this.actions);
    this.costs = grown(new Float64Array(states * candidates), this.costs);
    this.noise = grown(new Float64Array(states), this.noise);
  }

  /** [money] the noise of a comparison: its median over the first states. */
  typicalNoise(states = this.count): number {
    const sorted = this.noise.slice(0, states).sort();
    return states > 0 ? sorted[states >> 1] : 0;
  }

  /** [money] the same as a root mean square over all states. */
  rootMeanSquareNoise(): number {
    let squares = 0;
    for (let state = 0; state < this.count; state++) squares += this.noise[state] ** 2;
    return Math.sqrt(squares / Math.max(1, this.count));
  }

  arrays(): Record<string, ArchiveArray> {
    const { features, candidates, components } = this.shape;
    return {
      observations: this.observations.slice(0, this.count * features),
      actions: this.actions.slice(0, this.count * candidates * components),
      costs: this.costs.slice(0, this.count * candidates),
      noise: this.noise.slice(0, this.count),
    };
  }

  /** @throws UserError for arrays of another size */
  restore(arrays: Readonly<Record<string, ArchiveArray>>, count: number): void {
    const { features, candidates, components } = this.shape;
    this.count = 0;
    this.extend(count);
    restoreInto(this.observations.subarray(0, count * features), arrays, 'observations');
    restoreInto(this.actions.subarray(0, count * candidates * components), arrays, 'actions');
    restoreInto(this.costs.subarray(0, count * candidates), arrays, 'costs');
    restoreInto(this.noise.subarray(0, count), arrays, 'noise');
  }
}

/** Of the typical noise: what a state's may fall to. Where all actions do alike none is much better than another. */
const LEAST_NOISE = 0.5;

/**
 * Targets of the fit, [state][component][choice] with the components' choices side by side: softmax(-(cost - least cost) / temperature) over the candidates, summed over the
 * candidates that agree in a component. The temperature is `sharpness` times the noise of the state's own comparisons, and not far below what is typical.
 */
export function softTargets(samples: Samples, counts: readonly number[], sharpness: number): Float32Array {
  const { candidates, components } = samples.shape;
  const width = counts.reduce((sum, count) => sum + count, 0);
  const targets = new Float32Array(samples.count * width);
  const weights = new Float64Array(candidates);
  const least = LEAST_NOISE * samples.typicalNoise();
  for (let state = 0; state < samples.count; state++) {
    const temperature = Math.max(Number.MIN_VALUE, sharpness * Math.max(samples.noise[state], least));
    softmax(samples.costs.subarray(state * candidates, (state + 1) * candidates), temperature, weights);
    for (let k = 0; k < candidates; k++) {
      let at = state * width;
      for (let c = 0; c < components; c++) {
        targets[at + samples.actions[(state * candidates + k) * components + c]] += weights[k];
        at += counts[c];
      }
    }
  }
  return targets;
}

/** Of a choice that was not tried. */
export const UNTRIED = -1;

/**
 * The same where each candidate moves one component of the first, and nothing is known of the other choices: softmax over those that were tried of a component with all others as
 * the first candidate has them; UNTRIED elsewhere.
 */
export function componentTargets(samples: Samples, counts: readonly number[], sharpness: number): Float32Array {
  const { candidates, components } = samples.shape;
  const width = counts.reduce((sum, count) => sum + count, 0);
  const targets = new Float32Array(samples.count * width).fill(UNTRIED);
  const temperature = Math.max(Number.MIN_VALUE, sharpness * samples.rootMeanSquareNoise());
  const costs = new Float64Array(Math.max(...counts));
  for (let state = 0; state < samples.count; state++) {
    const first = state * candidates;
    let at = state * width;
    for (let c = 0; c < components; c++) {
      costs.fill(Number.NaN);
      const centre = samples.actions[first * components + c];
      for (let k = 0; k < candidates; k++) {
        const choice = samples.actions[(first + k) * components + c];
        if ((k === 0 || choice !== centre) && Number.isFinite(samples.costs[first + k])) costs[choice] = samples.costs[first + k];
      }
      const tried = Array.from(costs.keys()).filter((choice) => !Number.isNaN(costs[choice]));
      const weights = new Float64Array(tried.length);
      softmax(
        Float64Array.from(tried, (choice) => costs[choice]),
        temperature,
        weights,
      );
      tried.forEach((choice, k) => {
        targets[at + choice] = weights[k];
      });
      at += counts[c];
    }
  }
  return targets;
}

function softmax(costs: Float64Array, temperature: number, weights: Float64Array): void {
  let least = Number.POSITIVE_INFINITY;
  for (const cost of costs) if (cost < least) least = cost;
  let sum = 0;
  for (let k = 0; k < costs.length; k++) {
    weights[k] = Math.exp((least - costs[k]) / temperature);
    sum += weights[k];
  }
  for (let k = 0; k < costs.length; k++) weights[k] /= sum;
}
