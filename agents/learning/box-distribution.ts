import type { Box, RandomStream } from '../../env/index.ts';
import type { ActionDistribution, Actions, DrawnAction, LossDerivatives } from './action-distribution.ts';

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);

/**
 * Real quantities, each normal around middle + reach x output with a learned deviation, where middle and reach are those of its bounds. Draws beyond the
 * bounds are kept as they are for learning and cut for the environment.
 */
export class BoxDistribution implements ActionDistribution {
  readonly outputs: number;
  readonly choices = 0;
  readonly initialFree: Float32Array;
  entropy = 0;
  readonly #space: Box;
  readonly #stride: number;
  readonly #middle: Float64Array;
  readonly #reach: Float64Array;

  constructor(space: Box, { stride = space.names.length }: { readonly stride?: number } = {}) {
    this.#space = space;
    this.outputs = space.names.length;
    this.#stride = stride;
    const bounded = space.low.map((low, k) => (Number.isFinite(low) && Number.isFinite(space.high[k]) ? 1 : 0));
    this.#middle = space.low.map((low, k) => (bounded[k] ? (low + space.high[k]) / 2 : 0));
    this.#reach = space.low.map((low, k) => (bounded[k] ? (space.high[k] - low) / 2 : 1));
    this.initialFree = Float32Array.from(this.#reach, (reach) => Math.log(reach / 3));
  }

  sample(outputs: Float32Array, row: number, free: Float32Array, random: RandomStream, actions: Actions): number {
    for (let k = 0; k < this.outputs; k++)
      actions[row * this.outputs + k] = this.#mean(outputs, row, k) + Math.exp(free[k]) * random.normal();
    return this.logProbability(outputs, row, free, actions);
  }

  logProbability(outputs: Float32Array, row: number, free: Float32Array, actions: Actions): number {
    let total = 0;
    this.entropy = 0;
    for (let k = 0; k < this.outputs; k++) {
      const distance = (actions[row * this.outputs + k] - this.#mean(outputs, row, k)) * Math.exp(-free[k]);
      total -= 0.5 * distance * distance + free[k] + HALF_LOG_TAU;
      this.entropy += free[k] + HALF_LOG_TAU + 0.5;
    }
    return total;
  }

  backward(
    { byLogProbability, byEntropy }: LossDerivatives,
    { outputs, row, free, actions }: DrawnAction,
    { byOutput, byFree }: { readonly byOutput: Float32Array; readonly byFree: Float32Array },
  ): void {
    for (let k = 0; k < this.outputs; k++) {
      const precision = Math.exp(-free[k]);
      const distance = (actions[row * this.outputs + k] - this.#mean(outputs, row, k)) * precision;
      byOutput[row * this.#stride + k] += byLogProbability * distance * precision * this.#reach[k];
      byFree[k] += byLogProbability * (distance * distance - 1) + byEntropy;
    }
  }

  greedy(outputs: Float32Array, rows: number, actions: Actions): void {
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < this.outputs; k++) actions[row * this.outputs + k] = this.#cut(this.#mean(outputs, row, k), k);
    }
  }

  bounded(actions: Actions, into: Actions): void {
    for (let i = 0; i < actions.length; i++) into[i] = this.#cut(actions[i], i % this.outputs);
  }

  #mean(outputs: Float32Array, row: number, k: number): number {
    return this.#middle[k] + this.#reach[k] * outputs[row * this.#stride + k];
  }

  #cut(value: number, k: number): number {
    return Math.min(Math.max(value, this.#space.low[k]), this.#space.high[k]);
  }
}
