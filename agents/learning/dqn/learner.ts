import { createStream, type RandomStream } from '../../../env/index.ts';
import { Adam, clipNorm, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import { checkFinite } from '../finite.ts';
import type { RewardScale } from '../reward-scale.ts';
import { ValueScale } from '../value-scale.ts';
import type { DqnConfig } from './config.ts';
import type { Replay } from './replay.ts';
import { type TargetBatch, TargetBuilder } from './targets.ts';

/** Sums over gradient steps, to be averaged into metrics. */
export interface DqnSums {
  updates: number;
  loss: number;
  norm: number;
  target: number;
}

interface LearnerOptions {
  readonly tensors: TensorBackend;
  readonly config: DqnConfig;
  readonly features: number;
  /** Outcomes kept of every action. */
  readonly outcomes: number;
  readonly actions: number;
  readonly rewardScale: RewardScale;
  readonly seed: number;
}

/** The value network that DQN learns, the slower copy that its targets rely on, and one gradient step. */
export class DqnLearner {
  readonly network: Mlp;
  readonly target: Mlp;
  /** Its steps count the updates. */
  readonly adam: Adam;
  readonly valueScale: ValueScale;
  /** Of the minibatches. */
  readonly random: RandomStream;
  readonly #config: DqnConfig;
  readonly #rewardScale: RewardScale;
  readonly #targets: TargetBuilder;
  readonly #gradient: Float32Array;

  constructor({ tensors, config, features, outcomes, actions, rewardScale, seed }: LearnerOptions) {
    const shape: NetworkShape = { inputs: features, hidden: config.hidden, outputs: actions, activation: config.activation };
    const weights = heWeights(shape, createStream(seed, 'value weights'), { lastGain: 0.1 });
    this.network = new Mlp(tensors, shape, weights);
    this.target = new Mlp(tensors, shape, weights.slice());
    this.adam = new Adam(weights.length, { epsilon: config.adamEpsilon });
    this.valueScale = new ValueScale({ rate: config.statisticsRate });
    this.random = createStream(seed, 'replay');
    this.#config = config;
    this.#rewardScale = rewardScale;
    this.#targets = new TargetBuilder({ rows: config.minibatch, features, outcomes });
    this.#gradient = new Float32Array(weights.length);
  }

  /** One gradient step on a minibatch from the replay; every `targetEvery` steps the target network is renewed. */
  step(
    replay: Replay,
    { learningRate, nStep, steps }: { readonly learningRate: number; readonly nStep: number; readonly steps: number },
    sums: DqnSums,
  ): void {
    const { discount, double, gradientNorm, targetEvery } = this.#config;
    const { network, target, adam } = this;
    const batch = this.#targets.build({
      replay,
      chooser: double ? network : target,
      target,
      rewardScale: this.#rewardScale,
      valueScale: this.valueScale,
      discount,
      nStep,
      random: this.random,
    });
    sums.loss += this.#differentiate(batch);
    const norm = clipNorm(this.#gradient, gradientNorm);
    checkFinite(norm, 'The norm of the gradient', steps);
    adam.step(network.parameters, this.#gradient, learningRate);
    network.refresh();
    if (adam.steps % targetEvery === 0) this.#renewTarget(batch.targets);
    sums.updates++;
    sums.norm += norm;
    sums.target += batch.targets.reduce((sum, value) => sum + value, 0) / batch.rows;
  }

  /** The gradient of the mean Huber loss; returns the loss. */
  #differentiate({ rows, observations, actions, targets }: TargetBatch): number {
    const count = this.network.shape.outputs;
    let loss = 0;
    this.network.gradient(
      observations,
      rows,
      (values, byValue) => {
        for (let row = 0; row < rows; row++) {
          const at = row * count + actions[row];
          const error = values[at] - this.valueScale.toOutput(targets[row]);
          const beyond = Math.abs(error) > 1;
          byValue[at] = (beyond ? Math.sign(error) : error) / rows;
          loss += beyond ? Math.abs(error) - 0.5 : 0.5 * error * error;
        }
      },
      this.#gradient,
    );
    return loss / rows;
  }

  /** Copies the network to the target network, and lets the scale of values follow the targets. */
  #renewTarget(targets: Float64Array): void {
    this.target.parameters.set(this.network.parameters);
    this.valueScale.update(targets, [this.network, this.target]);
  }
}
