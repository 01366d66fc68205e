import { createStream, type RandomStream } from '../../../env/index.ts';
import type { TensorBackend } from '../../../neural/index.ts';
import { OUTPUTS } from '../order-scale.ts';
import { StateBatches } from './state-batches.ts';
import { type FamilyTries, type TargetConfig, TargetRows } from './target-rows.ts';
import { TunedNetwork, type TunedShape } from './tuned-network.ts';

export interface HalfConfig extends TargetConfig, TunedShape {
  readonly minibatch: number;
}

export interface HalfOptions {
  readonly tensors: TensorBackend;
  readonly tries: FamilyTries;
  readonly config: HalfConfig;
  readonly seed: number;
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

  constructor({ tensors, tries, config, seed, half, parameters, gradient }: HalfOptions) {
    this.network = new TunedNetwork(tensors, config, parameters, gradient);
    this.#targets = new TargetRows(tries, config);
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
    const { own, ...states } = this.#batches.half(k, this.#half);
    let divergence = 0;
    const gradient = this.network.gradient(states, (outputs, byOutput) => {
      for (let i = 0; i < own.length; i++)
        divergence += this.#targets.compare(own[i], { outputs, byOutput, at: i * OUTPUTS, weight: 1 / own.length });
    });
    return { gradient, divergence: divergence / own.length };
  }
}
