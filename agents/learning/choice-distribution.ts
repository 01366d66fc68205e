import type { RandomStream, Space } from '../../env/index.ts';
import type { ActionDistribution, Actions, DrawnAction, LossDerivatives } from './action-distribution.ts';
import { type ActionHead, headsOf, type Weighed } from './action-head.ts';

interface Component {
  readonly head: ActionHead;
  /** First network output that it reads. */
  readonly output: number;
  /** First of its free numbers. */
  readonly free: number;
  /** First of its places in the scratch arrays. */
  readonly scratch: number;
}

interface FreeViews {
  readonly of: Float32Array;
  /** [component] */
  readonly views: readonly Float32Array[];
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
  /** The same two arrays, as heads fill them. */
  readonly #weighed: Weighed;
  readonly #byLogit: Float64Array;
  /** [component] Entropies [nats] of the row looked at last. */
  readonly #entropies: Float64Array;
  /** [component] Views of the free numbers given last, and of the gradients by them: made once for many rows. */
  #freeViews: FreeViews = { of: new Float32Array(0), views: [] };
  #byFreeViews: FreeViews = { of: new Float32Array(0), views: [] };

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
    this.#weighed = { logits: this.#logProbabilities, weights: this.#probabilities };
    this.#byLogit = new Float64Array(scratch);
    this.#entropies = new Float64Array(this.#components.length);
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
    const probabilities = this.#probabilities;
    const logs = this.#logProbabilities;
    this.#freeViews = this.#viewsOf(free, this.#freeViews);
    this.#byFreeViews = this.#viewsOf(byFree, this.#byFreeViews);
    for (let c = 0; c < this.#components.length; c++) {
      const { head, output, scratch } = this.#components[c];
      const entropy = this.#entropies[c];
      const end = scratch + head.count;
      for (let k = scratch; k < end; k++) {
        const p = probabilities[k];
        const spread = p > 0 ? p * (logs[k] + entropy) : 0;
        byLogit[k] = -byLogProbability * p - byEntropy * spread;
      }
      byLogit[scratch + actions[row * this.#components.length + c]] += byLogProbability;
      head.chain({
        byLogit,
        from: scratch,
        outputs,
        at: row * this.#stride + output,
        free: this.#freeViews.views[c],
        byOutput,
        byFree: this.#byFreeViews.views[c],
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
    this.#freeViews = this.#viewsOf(free, this.#freeViews);
    this.entropy = 0;
    for (let c = 0; c < this.#components.length; c++) {
      const { head, output, scratch } = this.#components[c];
      const at = row * this.#stride + output;
      if (masks === undefined) head.weigh(outputs, at, this.#freeViews.views[c], this.#weighed, scratch);
      else {
        head.logits(outputs, at, this.#freeViews.views[c], this.#logProbabilities, scratch);
        this.#weighAllowed(this.#components[c], masks, row * this.choices);
      }
      const entropy = this.#normalise(scratch, head.count);
      this.#entropies[c] = entropy;
      this.entropy += entropy;
    }
  }

  /** As a head's `weigh`, of the choices that masks allow from `maskAt` on. */
  #weighAllowed({ head, scratch }: Component, masks: Uint8Array, maskAt: number): void {
    const { logits, weights } = this.#weighed;
    const end = scratch + head.count;
    let largest = Number.NEGATIVE_INFINITY;
    for (let k = scratch; k < end; k++) {
      if (masks[maskAt + k] === 0) logits[k] = Number.NEGATIVE_INFINITY;
      if (logits[k] > largest) largest = logits[k];
    }
    for (let k = scratch; k < end; k++) {
      logits[k] -= largest;
      weights[k] = Math.exp(logits[k]);
    }
  }

  /** Turns logits less the largest in place into log-probabilities, and weights into probabilities. Returns their entropy. A hot loop. */
  #normalise(from: number, count: number): number {
    const { logits, weights } = this.#weighed;
    const end = from + count;
    let sum = 0;
    for (let k = from; k < end; k++) sum += weights[k];
    const shift = Math.log(sum);
    const scale = 1 / sum;
    let entropy = 0;
    for (let k = from; k < end; k++) {
      const p = weights[k] * scale;
      logits[k] -= shift;
      weights[k] = p;
      if (p > 0) entropy -= p * logits[k];
    }
    return entropy;
  }

  #viewsOf(of: Float32Array, last: FreeViews): FreeViews {
    if (last.of === of) return last;
    return { of, views: this.#components.map(({ head, free }) => of.subarray(free, free + head.free.length)) };
  }
}
