import { createStream } from '../../../env/index.ts';
import { Adam, type TensorBackend } from '../../../neural/index.ts';
import type { UniversalParts } from '../universal-network.ts';
import { type FitTask, type HalfConfig, type HalfGradient, HalfGradients } from './half-gradients.ts';
import { TargetRows } from './target-rows.ts';
import { firstParameters, tunedParameterCount } from './tuned-shape.ts';

export interface FitConfig extends HalfConfig {
  readonly epochs: number;
  /** Falls to a hundredth of it, linearly. */
  readonly learningRate: number;
}

/** Whoever works out the gradients of each batch's second half meanwhile. */
export interface OtherHalf {
  /** Which it sees change; of length tunedParameterCount. */
  readonly parameters: Float32Array;
  /** That of the next batch, with the parameters as they are. */
  begin(): void;
  /** Waits for it. */
  finish(): Promise<HalfGradient>;
}

export interface KnotFitOptions extends FitTask {
  readonly tensors: TensorBackend;
  readonly config: FitConfig;
  /** Left out: both halves are worked out here, with the same outcome. */
  readonly beside?: (task: FitTask) => OtherHalf;
  /** Told after each epoch: part done, and the mean divergence from the targets [nats]. */
  readonly onEpoch?: (part: number, divergence: number) => void | Promise<void>;
}

export interface KnotFit extends Pick<UniversalParts, 'shape' | 'parameters' | 'item'> {
  /** [nats] of the last epoch. */
  readonly divergence: number;
}

/** Brings a network's values at the knots, as shares of whole orders, to what tries say of them. The same seed gives the same weights. */
export async function fitKnots({ tensors, tries, config, seed, beside, onEpoch }: KnotFitOptions): Promise<KnotFit> {
  const { epochs, learningRate } = config;
  const task = { tries, config, seed };
  const divided = beside?.(task);
  const parameters = divided?.parameters ?? new Float32Array(tunedParameterCount(config));
  parameters.set(firstParameters(config, createStream(seed, 'universal weights')));
  const half = { ...task, tensors, parameters, targets: new TargetRows(tries, config) };
  const own = new HalfGradients({ ...half, half: 0 });
  const other = divided ?? inTurn(new HalfGradients({ ...half, half: 1 }));
  const adam = new Adam(parameters.length);
  const gradient = new Float32Array(parameters.length);
  const steps = own.perEpoch * epochs;
  let divergence = Number.NaN;
  for (let epoch = 0, step = 0; epoch < epochs; epoch++) {
    let sum = 0;
    for (let k = 0; k < own.perEpoch; k++, step++) {
      other.begin();
      const first = own.next();
      const second = await other.finish();
      for (let i = 0; i < gradient.length; i++) gradient[i] = (first.gradient[i] + second.gradient[i]) / 2;
      adam.step(parameters, gradient, learningRate * (1 - (0.99 * step) / steps));
      sum += (first.divergence + second.divergence) / 2;
    }
    divergence = sum / own.perEpoch;
    await onEpoch?.((epoch + 1) / epochs, divergence);
  }
  return { ...own.network.parts(), divergence };
}

function inTurn(half: HalfGradients): Omit<OtherHalf, 'parameters'> {
  return { begin: () => {}, finish: async () => half.next() };
}
