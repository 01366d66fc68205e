import { createStream } from '../../../env/index.ts';
import { Adam, heWeights, Mlp, type NetworkShape, type TensorBackend } from '../../../neural/index.ts';
import { FEATURES } from '../features.ts';
import { OUTPUTS } from '../order-scale.ts';
import { type FamilyTries, type TargetConfig, TargetRows } from './target-rows.ts';

export interface FitConfig extends TargetConfig {
  readonly hidden: readonly [number, number];
  readonly epochs: number;
  readonly minibatch: number;
  /** Falls to a hundredth of it, linearly. */
  readonly learningRate: number;
}

export interface KnotFitOptions {
  readonly tensors: TensorBackend;
  readonly tries: FamilyTries;
  readonly config: FitConfig;
  readonly seed: number;
  /** Told after each epoch: part done, and the mean divergence from the targets [nats]. */
  readonly onEpoch?: (part: number, divergence: number) => void | Promise<void>;
}

export interface KnotFit {
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  /** [nats] of the last epoch. */
  readonly divergence: number;
}

/** Brings a network's values at the knots, as shares of whole orders, to what tries say of them. The same seed gives the same weights. */
export async function fitKnots({ tensors, tries, config, seed, onEpoch }: KnotFitOptions): Promise<KnotFit> {
  const { hidden, epochs, minibatch, learningRate } = config;
  const shape: NetworkShape = { inputs: FEATURES, hidden, outputs: OUTPUTS, activation: 'relu' };
  const network = new Mlp(tensors, shape, heWeights(shape, createStream(seed, 'universal weights'), { lastGain: 0.1 }));
  const adam = new Adam(network.parameters.length);
  const rows = new TargetRows(tries, config);
  const random = createStream(seed, 'universal minibatches');
  const batches = Math.max(1, Math.floor(rows.count / minibatch));
  let divergence = Number.NaN;
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    rows.shuffle(random);
    let sum = 0;
    for (let batch = 0; batch < batches; batch++, step++) {
      sum += fitStep({ network, adam, rows, learningRate: learningRate * (1 - (0.99 * step) / (batches * epochs)) }, batch, minibatch);
    }
    divergence = sum / batches;
    await onEpoch?.((epoch + 1) / epochs, divergence);
  }
  network.dispose();
  return { shape, parameters: network.parameters, divergence };
}

interface Step {
  readonly network: Mlp;
  readonly adam: Adam;
  readonly rows: TargetRows;
  readonly learningRate: number;
}

function fitStep({ network, adam, rows, learningRate }: Step, batch: number, minibatch: number): number {
  const own = rows.order.subarray(batch * minibatch, (batch + 1) * minibatch);
  let divergence = 0;
  const gradient = network.gradient(rows.inputs(own), own.length, (outputs, byOutput) => {
    for (let i = 0; i < own.length; i++) divergence += rows.compare(own[i], { outputs, byOutput, at: i * OUTPUTS, weight: 1 / own.length });
  });
  adam.step(network.parameters, gradient, learningRate);
  network.refresh();
  return divergence / own.length;
}
