import { createStream, type RandomStream } from '../../../env/index.ts';
import { Adam, clipNorm, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import { checkFinite } from '../finite.ts';
import type { RewardScale } from '../reward-scale.ts';
import { ValueScale } from '../value-scale.ts';
import type { DqnConfig } from './config.ts';
import type { Replay } from './replay.ts';
import { type TargetBatch, TargetBuilder } from './targets.ts';
import { ValueHead } from './value-head.ts';

/** Added to an error before it becomes a priority, so that no row is lost from sight. */
const LEAST_PRIORITY = 1e-3;

/** Sums over gradient steps, to be averaged into metrics. */
export interface DqnSums {
  updates: number;
  loss: number;
  norm: number;
  target: number;
}

export interface DqnRates {
  readonly learningRate: number;
  readonly nStep: number;
  /** How far the bias of prioritised draws is undone, 0 to 1. */
  readonly importance: number;
  /** For messages. */
  readonly steps: number;
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
  /** Running mean of the network's weights, which acts for good; null where there is none. */
  readonly average: Float32Array | null;
  readonly head: ValueHead;
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
    this.head = new ValueHead({ count: actions, dueling: config.dueling });
    const shape: NetworkShape = { inputs: features, hidden: config.hidden, outputs: this.head.outputs, activation: config.activation };
    const weights = heWeights(shape, createStream(seed, 'value weights'), { lastGain: 0.1 });
    this.network = new Mlp(tensors, shape, weights);
    this.target = new Mlp(tensors, shape, weights.slice());
    this.average = config.averaging > 0 ? weights.slice() : null;
    this.adam = new Adam(weights.length, { epsilon: config.adamEpsilon });
    this.valueScale = new ValueScale({ rate: config.statisticsRate });
    this.random = createStream(seed, 'replay');
    this.#config = config;
    this.#rewardScale = rewardScale;
    this.#targets = new TargetBuilder({ rows: config.minibatch, features, outcomes });
    this.#gradient = new Float32Array(weights.length);
  }

  /** Values [row][action] as the network learns them, in units of its scale. */
  predict(observations: Float32Array, rows: number): Float32Array {
    return this.head.values(this.network.predict(observations, rows), rows);
  }

  /** What is to act: the averaged weights where there are any, one output an action. */
  acting(): { readonly shape: NetworkShape; readonly parameters: Float32Array } {
    return this.head.fold(this.network.shape, this.average ?? this.network.parameters);
  }

  /** One gradient step on a minibatch from the replay; every `targetEvery` steps the target network is renewed. */
  step(replay: Replay, { learningRate, nStep, importance, steps }: DqnRates, sums: DqnSums): void {
    const { discount, double, gradientNorm, targetEvery } = this.#config;
    const { network, target, adam } = this;
    const chooser = { predict: (observations: Float32Array, rows: number) => this.predict(observations, rows) };
    const valuer = {
      predict: (observations: Float32Array, rows: number) => this.head.values(target.predict(observations, rows), rows),
    };
    const batch = this.#targets.build({
      replay,
      chooser: double ? chooser : valuer,
      target: valuer,
      rewardScale: this.#rewardScale,
      valueScale: this.valueScale,
      discount,
      nStep,
      random: this.random,
    });
    sums.loss += this.#differentiate(batch, replay, importance);
    const norm = clipNorm(this.#gradient, gradientNorm);
    checkFinite(norm, 'The norm of the gradient', steps);
    adam.step(network.parameters, this.#gradient, learningRate);
    network.refresh();
    this.#followAverage();
    if (adam.steps % targetEvery === 0) this.#renewTarget(batch.targets);
    sums.updates++;
    sums.norm += norm;
    sums.target += batch.targets.reduce((sum, value) => sum + value, 0) / batch.rows;
  }

  /** The gradient of the mean Huber loss; returns the loss. Rows that were drawn for their priority count less, and get a new one. */
  #differentiate({ rows, observations, actions, targets, places, weights }: TargetBatch, replay: Replay, importance: number): number {
    const { head } = this;
    const { priorities } = replay;
    const largest = priorities === null ? 1 : weights.reduce((most, weight) => Math.max(most, weight), 0);
    let loss = 0;
    this.network.gradient(
      observations,
      rows,
      (outputs, byOutput) => {
        const values = head.values(outputs, rows);
        for (let row = 0; row < rows; row++) {
          const error = values[row * head.count + actions[row]] - this.valueScale.toOutput(targets[row]);
          const weight = priorities === null ? 1 : (weights[row] / largest) ** importance;
          const beyond = Math.abs(error) > 1;
          head.chain((weight * (beyond ? Math.sign(error) : error)) / rows, row, actions[row], byOutput);
          loss += weight * (beyond ? Math.abs(error) - 0.5 : 0.5 * error * error);
          if (Number.isFinite(error)) priorities?.set(places[row], (Math.abs(error) + LEAST_PRIORITY) ** this.#config.priority);
        }
      },
      this.#gradient,
    );
    return loss / rows;
  }

  #followAverage(): void {
    const { average } = this;
    if (average === null) return;
    const { parameters } = this.network;
    const share = 1 / Math.max(1, Math.min(this.adam.steps / 5, this.#config.averaging));
    for (let i = 0; i < average.length; i++) average[i] += share * (parameters[i] - average[i]);
  }

  /** Copies the network to the target network, and lets the scale of values follow the targets. */
  #renewTarget(targets: Float64Array): void {
    this.target.parameters.set(this.network.parameters);
    const { shape } = this.network;
    const averaged = this.average === null ? [] : [{ shape, parameters: this.average, refresh: () => {} }];
    this.valueScale.update(targets, [this.network, this.target, ...averaged]);
  }
}
