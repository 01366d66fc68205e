import type { Mlp } from '../../neural/index.ts';
import { layersOf } from '../../neural/index.ts';
import { RunningMoments } from './running-moments.ts';

/** A network whose last layer can be rescaled. */
export type Rescaled = Pick<Mlp, 'shape' | 'parameters' | 'refresh'>;

/**
 * Value = mean + deviation x output: a network learns values of any size at one size, and as the running mean and deviation move, its last
 * layer is rescaled so that every value stays what it was (van Hasselt et al. 2016, "Learning values across many orders of magnitude").
 */
export class ValueScale {
  readonly moments: RunningMoments;

  constructor({ rate }: { readonly rate: number }) {
    this.moments = new RunningMoments({ rate });
  }

  /** Values from outputs, in place. */
  toValues(outputs: Float32Array): Float32Array {
    const { mean, deviation } = this.moments;
    for (let i = 0; i < outputs.length; i++) outputs[i] = mean + deviation * outputs[i];
    return outputs;
  }

  toValue(output: number): number {
    return this.moments.mean + this.moments.deviation * output;
  }

  /** What the network is to put out for a value. */
  toOutput(value: number): number {
    return (value - this.moments.mean) / this.moments.deviation;
  }

  /**
   * Takes new target values into the statistics and rescales the networks' outputs from `firstOutput` on, which are values; their tensors are
   * refreshed.
   */
  update(targets: ArrayLike<number>, networks: readonly Rescaled[], { firstOutput = 0 }: { readonly firstOutput?: number } = {}): void {
    const before = { mean: this.moments.mean, deviation: this.moments.deviation };
    this.moments.update(targets);
    const { mean, deviation } = this.moments;
    for (const network of networks) {
      const last = layersOf(network.shape)[network.shape.hidden.length];
      const { parameters } = network;
      for (let i = last.weights; i < last.biases; i++) {
        if ((i - last.weights) % last.outputs >= firstOutput) parameters[i] *= before.deviation / deviation;
      }
      for (let i = last.biases + firstOutput; i < last.end; i++) {
        parameters[i] = (before.deviation * parameters[i] + before.mean - mean) / deviation;
      }
      network.refresh();
    }
  }
}
