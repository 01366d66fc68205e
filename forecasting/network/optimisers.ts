/** Moves parameters against a gradient. */
export interface Optimiser {
  step(parameters: Float64Array, gradient: Float64Array): void;
}

export interface OptimiserOptions {
  readonly kind?: 'adamw' | 'sgd';
  /** Default: 0.003 for AdamW, 0.05 for SGD. */
  readonly learningRate?: number;
  /** Part of each parameter taken off per step and unit of learning rate. Default: 0.01. */
  readonly decay?: number;
}

const MOMENTUM = 0.9;
const BETA = 0.999;
const EPSILON = 1e-8;

/** AdamW (Loshchilov and Hutter 2019, algorithm 2), or stochastic gradient descent with momentum 0.9 and the same decoupled decay. */
export function createOptimiser(count: number, { kind = 'adamw', learningRate, decay = 0.01 }: OptimiserOptions = {}): Optimiser {
  return kind === 'sgd' ? sgd(count, learningRate ?? 0.05, decay) : adamW(count, learningRate ?? 0.003, decay);
}

function adamW(count: number, rate: number, decay: number): Optimiser {
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  let steps = 0;
  return {
    step(parameters, gradient) {
      steps++;
      const ofFirst = 1 / (1 - MOMENTUM ** steps);
      const ofSecond = 1 / (1 - BETA ** steps);
      for (let k = 0; k < count; k++) {
        first[k] = MOMENTUM * first[k] + (1 - MOMENTUM) * gradient[k];
        second[k] = BETA * second[k] + (1 - BETA) * gradient[k] * gradient[k];
        parameters[k] -= rate * ((first[k] * ofFirst) / (Math.sqrt(second[k] * ofSecond) + EPSILON) + decay * parameters[k]);
      }
    },
  };
}

function sgd(count: number, rate: number, decay: number): Optimiser {
  const velocity = new Float64Array(count);
  return {
    step(parameters, gradient) {
      for (let k = 0; k < count; k++) {
        velocity[k] = MOMENTUM * velocity[k] + gradient[k];
        parameters[k] -= rate * (velocity[k] + decay * parameters[k]);
      }
    },
  };
}
