import type { Space } from '../../../env/index.ts';
import { type Archive, type ArchiveArray, type NetworkShape, PlainNetwork, type TensorBackend } from '../../../neural/index.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import { headsOf } from '../action-head.ts';
import { savedNumbers } from '../checkpoint.ts';
import { ObservationScaler } from '../observation-scaler.ts';
import { linear } from '../schedule.ts';
import type { Metrics } from '../trainer.ts';
import type { Logits } from './candidates.ts';
import { choiceCounts, orderedStarts } from './choices.ts';
import type { DclConfig } from './config.ts';
import { type FitData, SoftFit } from './fit.ts';
import { componentTargets, type Samples, softTargets } from './samples.ts';

/** Simulated periods that a row of a gradient step counts as: about what it costs. */
const ROW_WORK = 100;
/** Gradient steps made at once. */
const GRADIENT_STEPS = 32;

export interface FittingOptions {
  readonly tensors: TensorBackend;
  readonly config: DclConfig;
  readonly features: number;
  readonly space: Space;
  readonly seed: number;
}

/** Where a fit stands and where it began and ends [steps]: its learning rate falls in between. */
export interface FitSpan {
  readonly steps: number;
  readonly start: number;
  readonly end: number;
}

/** The network that learns from the trials: how its observations are scaled, its fit to what was best, and what acts with its weights. */
export class Fitting {
  readonly scaler: ObservationScaler;
  readonly #config: DclConfig;
  readonly #space: Space;
  /** Does the network say for each component where the best choice lies, in place of judging each by an output of its own? */
  readonly #ordered: boolean;
  readonly #counts: readonly number[];
  readonly #fit: SoftFit;
  #data: FitData | null = null;

  constructor({ tensors, config, features, space, seed }: FittingOptions) {
    const { hidden, activation } = config;
    this.#config = config;
    this.#ordered = orderedStarts(space, config.listed) !== null;
    this.#space = this.#ordered ? space : withoutStart(space);
    this.#counts = choiceCounts(space);
    const heads = headsOf(this.#space);
    const outputs = heads.reduce((sum, head) => sum + head.outputs, 0);
    const shape: NetworkShape = { inputs: features, hidden, outputs, activation };
    this.#fit = new SoftFit({ tensors, shape, heads, seed });
    this.scaler = new ObservationScaler(features);
  }

  /** The weights as they stand. */
  get parameters(): Float32Array {
    return this.#fit.network.parameters;
  }

  /** Goes on from other weights. */
  adopt(parameters: Float32Array): void {
    this.#fit.network.parameters.set(parameters);
    this.#fit.network.refresh();
  }

  begin(samples: Samples): void {
    this.#data = null;
    this.#fit.begin(samples.count);
  }

  /** Some gradient steps towards what was best in the samples. Returns the work done. */
  advance(samples: Samples, { steps, start, end }: FitSpan): { readonly work: number; readonly metrics: Metrics } {
    const { minibatch, learningRate, finalLearningRate } = this.#config;
    this.#data ??= this.#prepare(samples);
    const rows = Math.min(minibatch, this.#data.rows);
    let divergence = 0;
    let rate = 0;
    let work = 0;
    let made = 0;
    for (; made < GRADIENT_STEPS && (made === 0 || steps + work < end); made++) {
      const progress = Math.min(Math.max((steps + work - start) / Math.max(1, end - start), 0), 1);
      rate = learningRate * linear(progress, 1, finalLearningRate);
      divergence += this.#fit.step(this.#data, { minibatch, learningRate: rate, steps: steps + work });
      work += rows * ROW_WORK;
    }
    return { work, metrics: { divergence: divergence / made, learningRate: rate } };
  }

  #prepare(samples: Samples): FitData {
    const { features } = samples.shape;
    const inputs = new Float32Array(samples.count * features);
    this.scaler.apply(samples.observations.subarray(0, inputs.length), samples.count, inputs);
    const targets = (this.#ordered ? componentTargets : softTargets)(samples, this.#counts, this.#config.temperature);
    return { rows: samples.count, inputs, targets };
  }

  /** What acts with these weights, frozen. */
  acting(parameters: Float32Array): ActingNetwork {
    const { shape } = this.#fit.network;
    return createActingNetwork({ actionSpace: this.#space, shape, parameters, scaler: this.scaler.save() });
  }

  /** The logits that these weights give. */
  logits(parameters: Float32Array): Logits {
    const { shape } = this.#fit.network;
    const network = new PlainNetwork(shape, parameters);
    return (observations, lanes) => {
      const scaled = new Float32Array(lanes * shape.inputs);
      this.scaler.apply(observations, lanes, scaled);
      return network.predict(scaled, lanes);
    };
  }

  /** Numbers and arrays to be saved. */
  save(): { readonly data: Record<string, number>; readonly arrays: Record<string, ArchiveArray> } {
    const { data, arrays } = this.#fit.save();
    return { data, arrays: { ...arrays, scaler: this.scaler.save() } };
  }

  /** @throws UserError for a checkpoint of another network */
  restore(checkpoint: Archive): void {
    this.#data = null;
    this.#fit.restore(checkpoint);
    this.scaler.restore(savedNumbers(checkpoint.arrays, 'scaler'));
  }

  /** Frees the tensors. */
  dispose(): void {
    this.#fit.network.dispose();
  }
}

/** The same choices, each to be judged by an output of its own. */
function withoutStart(space: Space): Space {
  if (space.kind === 'discrete') return { kind: 'discrete', name: space.name, count: space.count };
  return space.kind === 'box' ? space : { kind: 'multi-discrete', names: space.names, counts: space.counts };
}
