import type { RandomStream, Space } from '../../env/index.ts';
import type { ActionDistribution, Actions, DrawnAction, LossDerivatives } from './action-distribution.ts';
import { type ActionHead, headsOf } from './action-head.ts';

interface Component {
  readonly head: ActionHead;
  /** First network output that it reads. */
  readonly output: number;
  /** First of its free numbers. */
  readonly free: number;
  /** First of its places in the scratch arrays. */
  readonly scratch: number;
}

/** Whole numbers, one per component, each with a head of its own. A choice that is masked has probability 0. */
export class ChoiceDistribution implements ActionDistribution {
  readonly outputs: number;
  readonly choices: number;
  readonly initialFree: Float32Array;
  entropy = 0;
  readonly #stride: number;
  readonly #components: readonly Component[];
  readonly #probabilities: Float64Array;
  readonly #logProbabilities: Float64Array;
  readonly #byLogit: Float64Array;

  constructor(space: Space, { stride }: { readonly stride?: number } = {}) {
    let output = 0;
    let scratch = 0;
    const free: number[] = [];
    this.#components = headsOf(space).map((head) => {
      const component = { head, output, free: free.length, scratch };
      output += head.outputs;
      scratch += head.count;
      free.push(...head.free);
      return component;
    });
    this.outputs = output;
    this.choices = scratch;
    this.#stride = stride ?? output;
    this.initialFree = Float32Array.from(free);
    this.#probabilities = new Float64Array(scratch);
    this.#logProbabilities = new Float64Array(scratch);
    this.#byLogit = new Float64Array(scratch);
  }

  sample(outputs: Float32Array, row: number, free: Float32Array, random: RandomStream, actions: Actions, masks?: Uint8Array): number {
    this.#look(outputs, row, free, masks);
    let total = 0;
    for (let c = 0; c < this.#components.length; c++) {
      const { head, scratch } = this.#components[c];
      let left = random.next();
      let action = 0;
      while (action < head.count - 1) {
        left -= this.#probabilities[scratch + action];
        if (left < 0) break;
        action++;
      }
      // Rounding may leave the last action with probability 0.
      while (action > 0 && this.#probabilities[scratch + action] === 0) action--;
      actions[row * this.#components.length + c] = action;
      total += this.#logProbabilities[scratch + action];
    }
    return total;
  }

  logProbability(outputs: Float32Array, row: number, free: Float32Array, actions: Actions, masks?: Uint8Array): number {
    this.#look(outputs, row, free, masks);
    let total = 0;
    for (let c = 0; c < this.#components.length; c++) {
      total += this.#logProbabilities[this.#components[c].scratch + actions[row * this.#components.length + c]];
    }
    return total;
  }

  backward(
    { byLogProbability, byEntropy }: LossDerivatives,
    { outputs, row, free, actions }: DrawnAction,
    { byOutput, byFree }: { readonly byOutput: Float32Array; readonly byFree: Float32Array },
  ): void {
    const byLogit = this.#byLogit;
    for (let c = 0; c < this.#components.length; c++) {
      const { head, output, free: freeAt, scratch } = this.#components[c];
      const entropy = this.#entropyOf(scratch, head.count);
      const chosen = scratch + actions[row * this.#components.length + c];
      for (let k = scratch; k < scratch + head.count; k++) {
        const p = this.#probabilities[k];
        const spread = p > 0 ? p * (this.#logProbabilities[k] + entropy) : 0;
        byLogit[k] = byLogProbability * ((k === chosen ? 1 : 0) - p) - byEntropy * spread;
      }
      const freeEnd = freeAt + head.free.length;
      head.chain({
        byLogit,
        from: scratch,
        outputs,
        at: row * this.#stride + output,
        free: free.subarray(freeAt, freeEnd),
        byOutput,
        byFree: byFree.subarray(freeAt, freeEnd),
      });
    }
  }

  greedy(outputs: Float32Array, rows: number, actions: Actions, masks?: Uint8Array): void {
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < this.#components.length; c++) {
        const { head, output, scratch } = this.#components[c];
        actions[row * this.#components.length + c] = head.greedy(outputs, row * this.#stride + output, masks, row * this.choices + scratch);
      }
    }
  }

  bounded(actions: Actions, into: Actions): void {
    into.set(actions);
  }

  #look(outputs: Float32Array, row: number, free: Float32Array, masks: Uint8Array | undefined): void {
    const logs = this.#logProbabilities;
    this.entropy = 0;
    for (const { head, output, free: freeAt, scratch } of this.#components) {
      head.logits(outputs, row * this.#stride + output, free.subarray(freeAt, freeAt + head.free.length), logs, scratch);
      if (masks !== undefined) {
        const at = row * this.choices;
        for (let k = scratch; k < scratch + head.count; k++) if (masks[at + k] === 0) logs[k] = Number.NEGATIVE_INFINITY;
      }
      this.#normalise(scratch, head.count);
      this.entropy += this.#entropyOf(scratch, head.count);
    }
  }

  /** Turns logits in place into log-probabilities, and fills in the probabilities. */
  #normalise(from: number, count: number): void {
    const logs = this.#logProbabilities;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = from; k < from + count; k++) if (logs[k] > largest) largest = logs[k];
    const probabilities = this.#probabilities;
    let sum = 0;
    for (let k = from; k < from + count; k++) {
      const weight = Math.exp(logs[k] - largest);
      probabilities[k] = weight;
      sum += weight;
    }
    const shift = largest + Math.log(sum);
    for (let k = from; k < from + count; k++) {
      logs[k] -= shift;
      probabilities[k] /= sum;
    }
  }

  #entropyOf(from: number, count: number): number {
    let entropy = 0;
    for (let k = from; k < from + count; k++) if (this.#probabilities[k] > 0) entropy -= this.#probabilities[k] * this.#logProbabilities[k];
    return entropy;
  }
}
