export interface AdamOptions {
  /** Decay of the running mean of gradients, 0 to 1. */
  readonly beta1?: number;
  /** Decay of the running mean of squared gradients, 0 to 1. */
  readonly beta2?: number;
  /** Added to the root of the second moment. */
  readonly epsilon?: number;
}

/** Adam (Kingma and Ba 2015, algorithm 1) over one flat array of parameters. */
export class Adam {
  /** Steps taken so far. */
  steps = 0;
  /** Running mean of the gradients. */
  readonly first: Float32Array;
  /** Running mean of the squared gradients. */
  readonly second: Float32Array;
  readonly #beta1: number;
  readonly #beta2: number;
  readonly #epsilon: number;

  constructor(parameterCount: number, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions = {}) {
    this.first = new Float32Array(parameterCount);
    this.second = new Float32Array(parameterCount);
    this.#beta1 = beta1;
    this.#beta2 = beta2;
    this.#epsilon = epsilon;
  }

  /** Moves the parameters one step against the gradient. */
  step(parameters: Float32Array, gradient: Float32Array, learningRate: number): void {
    this.steps++;
    const beta1 = this.#beta1;
    const beta2 = this.#beta2;
    const epsilon = this.#epsilon;
    const rate = learningRate / (1 - beta1 ** this.steps);
    const correction = 1 / (1 - beta2 ** this.steps);
    const { first, second } = this;
    for (let i = 0; i < parameters.length; i++) {
      const g = gradient[i];
      const mean = beta1 * first[i] + (1 - beta1) * g;
      const square = beta2 * second[i] + (1 - beta2) * g * g;
      first[i] = mean;
      second[i] = square;
      parameters[i] -= (rate * mean) / (Math.sqrt(square * correction) + epsilon);
    }
  }
}

/** Scales a gradient down to a largest Euclidean norm; returns the norm that it had. Not a number where the gradient holds one that is not. */
export function clipNorm(gradient: Float32Array, largest: number): number {
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i] * gradient[i];
  const norm = Math.sqrt(squares);
  if (norm > largest) {
    const scale = largest / norm;
    for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
  }
  return norm;
}
