import { createStream, type RandomStream } from '../../../env/index.ts';
import { Adam, type Archive, type ArchiveArray, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import { restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { checkFinite } from '../finite.ts';
import { shuffle } from '../minibatches.ts';

/** Rows to fit: inputs [row][feature] and targets [row][choice], the components' choices side by side. */
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
  readonly #counts: readonly number[];
  readonly #gradient: Float32Array;

  constructor({ tensors, shape, counts, seed }: { tensors: TensorBackend; shape: NetworkShape; counts: readonly number[]; seed: number }) {
    const weights = heWeights(shape, createStream(seed, 'policy weights'), { lastGain: 0.1 });
    this.network = new Mlp(tensors, shape, weights);
    this.adam = new Adam(weights.length);
    this.random = createStream(seed, 'minibatches');
    this.#counts = counts;
    this.#gradient = new Float32Array(weights.length);
  }

  /** Begins a fit to so many rows: new moments, the weights as they are. */
  begin(rows: number): void {
    this.adam.steps = 0;
    this.adam.first.fill(0);
    this.adam.second.fill(0);
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
    const { inputs, outputs } = this.network.shape;
    const batch = gather(data.inputs, rows, inputs);
    const targets = gather(data.targets, rows, outputs);
    let divergence = 0;
    this.network.gradient(
      batch,
      rows.length,
      (logits, byLogit) => {
        divergence = crossEntropy({ logits, targets, rows: rows.length, counts: this.#counts }, byLogit);
      },
      this.#gradient,
    );
    checkFinite(divergence, 'The divergence from the targets', steps);
    this.adam.step(this.network.parameters, this.#gradient, learningRate);
    this.network.refresh();
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
  readonly logits: Float32Array;
  readonly targets: Float32Array;
  readonly rows: number;
  readonly counts: readonly number[];
}

/** Writes the derivative of the mean cross-entropy by every logit, and returns the mean divergence. */
function crossEntropy({ logits, targets, rows, counts }: CrossEntropyArguments, byLogit: Float32Array): number {
  let divergence = 0;
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const count of counts) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let k = at; k < at + count; k++) if (logits[k] > largest) largest = logits[k];
      let sum = 0;
      for (let k = at; k < at + count; k++) sum += Math.exp(logits[k] - largest);
      const shift = largest + Math.log(sum);
      for (let k = at; k < at + count; k++) {
        const target = targets[k];
        const log = logits[k] - shift;
        byLogit[k] = (Math.exp(log) - target) / rows;
        if (target > 0) divergence += target * (Math.log(target) - log);
      }
      at += count;
    }
  }
  return divergence / rows;
}
