import { createStream, type RandomStream } from '../../../env/index.ts';
import { Adam, type Archive, type ArchiveArray, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import type { ActionHead } from '../action-head.ts';
import { restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { checkFinite } from '../finite.ts';
import { shuffle } from '../minibatches.ts';

/** Rows to fit: inputs [row][feature] and targets [row][choice], the components' choices side by side; below 0: nothing is known of the choice. */
export interface FitData {
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** A network whose softmax, one per component of the action, is brought to soft targets by cross-entropy. */
export class SoftFit {
  readonly network: Mlp;
  readonly adam: Adam;
  readonly random: RandomStream;
  /** The rows in the order in which they are gone through. */
  order = new Int32Array(0);
  /** Place of the next minibatch in it. */
  next = 0;
  /** Learned numbers of the heads beside the network. */
  readonly free: Float32Array;
  readonly freeAdam: Adam;
  readonly #heads: readonly ActionHead[];
  readonly #gradient: Float32Array;

  constructor({
    tensors,
    shape,
    heads,
    seed,
  }: { tensors: TensorBackend; shape: NetworkShape; heads: readonly ActionHead[]; seed: number }) {
    const weights = heWeights(shape, createStream(seed, 'policy weights'), { lastGain: 0.1 });
    this.network = new Mlp(tensors, shape, weights);
    this.adam = new Adam(weights.length);
    this.random = createStream(seed, 'minibatches');
    this.#heads = heads;
    this.free = Float32Array.from(heads.flatMap((head) => head.free));
    this.freeAdam = new Adam(this.free.length);
    this.#gradient = new Float32Array(weights.length);
  }

  /** Begins a fit to so many rows: new moments, the weights as they are. */
  begin(rows: number): void {
    this.adam.steps = 0;
    this.adam.first.fill(0);
    this.adam.second.fill(0);
    this.freeAdam.steps = 0;
    this.freeAdam.first.fill(0);
    this.freeAdam.second.fill(0);
    this.order = Int32Array.from({ length: rows }, (_, row) => row);
    this.next = rows;
  }

  /** One gradient step; returns how far the network is from the targets: the mean Kullback-Leibler divergence [nats]. */
  step(data: FitData, { minibatch, learningRate, steps }: { minibatch: number; learningRate: number; steps: number }): number {
    if (this.next >= data.rows) {
      shuffle(this.order, this.random);
      this.next = 0;
    }
    const rows = this.order.subarray(this.next, Math.min(this.next + minibatch, data.rows));
    this.next += minibatch;
    const batch = gather(data.inputs, rows, this.network.shape.inputs);
    const targets = gather(data.targets, rows, data.targets.length / data.rows);
    const byFree = new Float32Array(this.free.length);
    let divergence = 0;
    this.network.gradient(
      batch,
      rows.length,
      (outputs, byOutput) => {
        divergence = crossEntropy({ outputs, targets, rows: rows.length, heads: this.#heads, free: this.free }, { byOutput, byFree });
      },
      this.#gradient,
    );
    checkFinite(divergence, 'The divergence from the targets', steps);
    this.adam.step(this.network.parameters, this.#gradient, learningRate);
    this.network.refresh();
    if (byFree.length > 0) this.freeAdam.step(this.free, byFree, learningRate);
    return divergence;
  }

  /** Numbers and arrays to be saved. */
  save(): { readonly data: Record<string, number>; readonly arrays: Record<string, ArchiveArray> } {
    const { network, adam, random, order, next } = this;
    return {
      data: { updates: adam.steps, next },
      arrays: {
        network: network.parameters.slice(),
        first: adam.first.slice(),
        second: adam.second.slice(),
        ...(this.free.length === 0
          ? {}
          : { free: this.free.slice(), freeFirst: this.freeAdam.first.slice(), freeSecond: this.freeAdam.second.slice() }),
        order: order.slice(),
        minibatchStream: random.state(),
      },
    };
  }

  /** @throws UserError for a checkpoint of another network */
  restore(checkpoint: Archive): void {
    const { arrays } = checkpoint;
    restoreInto(this.network.parameters, arrays, 'network');
    restoreInto(this.adam.first, arrays, 'first');
    restoreInto(this.adam.second, arrays, 'second');
    this.network.refresh();
    this.adam.steps = savedNumber(checkpoint, 'updates');
    if (this.free.length > 0) {
      restoreInto(this.free, arrays, 'free');
      restoreInto(this.freeAdam.first, arrays, 'freeFirst');
      restoreInto(this.freeAdam.second, arrays, 'freeSecond');
      this.freeAdam.steps = this.adam.steps;
    }
    this.next = savedNumber(checkpoint, 'next');
    this.random.restore(savedNumbers(arrays, 'minibatchStream'));
    this.order = arrays.order instanceof Int32Array ? arrays.order.slice() : new Int32Array(0);
  }
}

function gather(values: Float32Array, rows: Int32Array, width: number): Float32Array {
  const gathered = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) gathered.set(values.subarray(rows[i] * width, (rows[i] + 1) * width), i * width);
  return gathered;
}

interface CrossEntropyArguments {
  readonly outputs: Float32Array;
  readonly targets: Float32Array;
  readonly rows: number;
  readonly heads: readonly ActionHead[];
  readonly free: Float32Array;
}

/** Adds the derivative of the mean cross-entropy by every output and free number, and returns the mean divergence. Choices of which nothing is known have no part in it. */
function crossEntropy(
  { outputs, targets, rows, heads, free }: CrossEntropyArguments,
  { byOutput, byFree }: { readonly byOutput: Float32Array; readonly byFree: Float32Array },
): number {
  const logits = new Float64Array(heads.reduce((most, { count }) => Math.max(most, count), 0));
  const byLogit = new Float64Array(logits.length);
  let divergence = 0;
  let at = 0;
  let output = 0;
  for (let row = 0; row < rows; row++) {
    let freeAt = 0;
    for (const head of heads) {
      const { count } = head;
      const own = free.subarray(freeAt, freeAt + head.free.length);
      head.logits(outputs, output, own, logits, 0);
      let largest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < count; k++) if (targets[at + k] >= 0 && logits[k] > largest) largest = logits[k];
      let sum = 0;
      for (let k = 0; k < count; k++) if (targets[at + k] >= 0) sum += Math.exp(logits[k] - largest);
      const shift = largest + Math.log(sum);
      for (let k = 0; k < count; k++) {
        const target = targets[at + k];
        const log = logits[k] - shift;
        byLogit[k] = target < 0 ? 0 : (Math.exp(log) - target) / rows;
        if (target > 0) divergence += target * (Math.log(target) - log);
      }
      head.chain({ byLogit, from: 0, outputs, at: output, free: own, byOutput, byFree: byFree.subarray(freeAt, freeAt + own.length) });
      at += count;
      output += head.outputs;
      freeAt += own.length;
    }
  }
  return divergence / rows;
}
