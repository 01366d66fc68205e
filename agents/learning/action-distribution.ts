import type { RandomStream, Space } from '../../env/index.ts';
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

/**
 * A policy's distribution over actions, its components independent of one another, given a network's outputs [row][output]. Actions are
 * [row][component]. The methods that take a row keep its probabilities until the next row.
 */
export class ActionDistribution {
  /** Network outputs per row. */
  readonly outputs: number;
  /** First values of the learned numbers beside the network. */
  readonly initialFree: Float32Array;
  /** Sum of the components' entropies [nats] of the row looked at last. */
  entropy = 0;
  readonly #components: readonly Component[];
  readonly #probabilities: Float64Array;
  readonly #logProbabilities: Float64Array;
  readonly #byLogit: Float64Array;

  constructor(space: Space) {
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
    this.initialFree = Float32Array.from(free);
    this.#probabilities = new Float64Array(scratch);
    this.#logProbabilities = new Float64Array(scratch);
    this.#byLogit = new Float64Array(scratch);
  }

  /** Draws a row's action and returns its log-probability. */
  sample(outputs: Float32Array, row: number, free: Float32Array, random: RandomStream, actions: Int32Array): number {
    this.#look(outputs, row, free);
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

  /** Log-probability of a row's action; then `entropy` is that row's, and `backward` goes on from it. */
  logProbability(outputs: Float32Array, row: number, free: Float32Array, actions: Int32Array): number {
    this.#look(outputs, row, free);
    let total = 0;
    for (let c = 0; c < this.#components.length; c++) {
      total += this.#logProbabilities[this.#components[c].scratch + actions[row * this.#components.length + c]];
    }
    return total;
  }

  /** Adds to the gradients by outputs and free numbers, for the row looked at last, given a loss's derivatives by its log-probability and its entropy. */
  backward(
    { byLogProbability, byEntropy }: { readonly byLogProbability: number; readonly byEntropy: number },
    {
      outputs,
      row,
      free,
      actions,
    }: { readonly outputs: Float32Array; readonly row: number; readonly free: Float32Array; readonly actions: Int32Array },
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
        at: row * this.outputs + output,
        free: free.subarray(freeAt, freeEnd),
        byOutput,
        byFree: byFree.subarray(freeAt, freeEnd),
      });
    }
  }

  /** Writes the likeliest action of every row. */
  greedy(outputs: Float32Array, rows: number, actions: Int32Array): void {
    for (let row = 0; row < rows; row++) {
      for (let c = 0; c < this.#components.length; c++) {
        const { head, output } = this.#components[c];
        actions[row * this.#components.length + c] = head.greedy(outputs, row * this.outputs + output);
      }
    }
  }

  #look(outputs: Float32Array, row: number, free: Float32Array): void {
    this.entropy = 0;
    for (const { head, output, free: freeAt, scratch } of this.#components) {
      head.logits(outputs, row * this.outputs + output, free.subarray(freeAt, freeAt + head.free.length), this.#logProbabilities, scratch);
      this.#normalise(scratch, head.count);
      this.entropy += this.#entropyOf(scratch, head.count);
    }
  }

  /** Turns logits in place into log-probabilities, and fills in the probabilities. */
  #normalise(from: number, count: number): void {
    const logs = this.#logProbabilities;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = from; k < from + count; k++) if (logs[k] > largest) largest = logs[k];
    let sum = 0;
    for (let k = from; k < from + count; k++) sum += Math.exp(logs[k] - largest);
    const shift = largest + Math.log(sum);
    for (let k = from; k < from + count; k++) {
      logs[k] -= shift;
      this.#probabilities[k] = Math.exp(logs[k]);
    }
  }

  #entropyOf(from: number, count: number): number {
    let entropy = 0;
    for (let k = from; k < from + count; k++) if (this.#probabilities[k] > 0) entropy -= this.#probabilities[k] * this.#logProbabilities[k];
    return entropy;
  }
}
