import { createStream, type RandomStream } from '../../../env/index.ts';
import type { TensorBackend } from '../../../neural/index.ts';
import { OUTPUTS } from '../order-scale.ts';
import { StateBatches } from './state-batches.ts';
import { type FamilyTries, type TargetConfig, TargetRows } from './target-rows.ts';
import { TunedNetwork } from './tuned-network.ts';
import type { TunedWidths } from './tuned-shape.ts';

export interface HalfConfig extends TargetConfig, TunedWidths {
  /** States of a batch, about. */
  readonly minibatch: number;
}

/** What is fitted, and in which order: all that two halves have to agree on. */
export interface FitTask {
  readonly tries: FamilyTries;
  readonly config: HalfConfig;
  readonly seed: number;
}

export interface HalfOptions extends FitTask {
  readonly tensors: TensorBackend;
  /** Those of the tries, where they are known already. */
  readonly targets?: TargetRows;
  readonly half: 0 | 1;
  /** Those that others change between batches. */
  readonly parameters: Float32Array;
  /** Room for what it works out. */
  readonly gradient?: Float32Array;
}

export interface HalfGradient {
  /** By all parameters, mean over the half's states; always in the same array. */
  readonly gradient: Float32Array;
  /** From the targets, mean [nats]. */
  readonly divergence: number;
}

/** Works out the gradients of one half of every batch; a seed says in which order batches come, so that two threads agree without a word. */
export class HalfGradients {
  readonly network: TunedNetwork;
  /** Batches of an epoch. */
  readonly perEpoch: number;
  readonly #targets: TargetRows;
  readonly #batches: StateBatches;
  readonly #random: RandomStream;
  readonly #half: 0 | 1;
  #next = 0;

  constructor({ tensors, tries, targets, config, seed, half, parameters, gradient }: HalfOptions) {
    this.network = new TunedNetwork(tensors, config, parameters, gradient);
    this.#targets = targets ?? new TargetRows(tries, config);
    this.#batches = new StateBatches(tries, this.#targets.rows, config.minibatch);
    this.#random = createStream(seed, 'universal minibatches');
    this.#half = half;
    this.perEpoch = this.#batches.count;
  }

  /** That of the next batch. */
  next(): HalfGradient {
    const k = this.#next % this.perEpoch;
    if (k === 0) this.#batches.shuffle(this.#random);
    this.#next++;
    const states = this.#batches.half(k, this.#half);
    const { rows, tryRows } = states;
    let divergence = 0;
    const gradient = this.network.gradient(states, (outputs, byOutput) => {
      for (let i = 0; i < rows; i++)
        divergence += this.#targets.compare(tryRows[i], { outputs, byOutput, at: i * OUTPUTS, weight: 1 / rows });
    });
    return { gradient, divergence: divergence / rows };
  }
}
