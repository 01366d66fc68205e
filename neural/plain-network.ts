import { layersOf, type NetworkShape, parameterCount } from './shape.ts';

interface PlainLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** [output][input] */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
}

/**
 * A network that only acts, in typed arrays: the same numbers as the tensors' to rounding, without loading them. A row's outputs
 * do not depend on the rows beside it. For networks of a few thousand parameters it keeps up with WebAssembly.
 */
export class PlainNetwork {
  readonly shape: NetworkShape;
  readonly #layers: readonly PlainLayer[];
  #values: Float32Array[] = [];
  #rows = 0;

  /** Copies the parameters (laid out as `layersOf` says). */
  constructor(shape: NetworkShape, parameters: Float32Array) {
    if (parameters.length !== parameterCount(shape)) {
      throw new Error(`A network of this shape has ${parameterCount(shape)} parameters, not ${parameters.length}.`);
    }
    this.shape = shape;
    this.#layers = layersOf(shape).map(({ inputs, outputs, weights, biases, end }) => ({
      inputs,
      outputs,
      weights: transposed(parameters.subarray(weights, biases), inputs, outputs),
      biases: parameters.slice(biases, end),
    }));
  }

  /** Outputs [row][output] for inputs [row][input]; the array is rewritten by the next call. */
  predict(inputs: Float32Array, rows: number): Float32Array {
    if (rows > this.#rows) {
      this.#values = this.#layers.map(({ outputs }) => new Float32Array(rows * outputs));
      this.#rows = rows;
    }
    let values = inputs;
    this.#layers.forEach((layer, index) => {
      applyLayer(layer, values, rows, this.#values[index]);
      values = this.#values[index];
      if (index < this.#layers.length - 1) activate(values, rows * layer.outputs, this.shape.activation === 'tanh');
    });
    return values;
  }
}

function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(matrix.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = matrix[i * columns + j];
  return turned;
}

/** Four outputs at a time: each input is then read once for four products. */
function applyLayer({ inputs, outputs, weights, biases }: PlainLayer, from: Float32Array, rows: number, to: Float32Array): void {
  for (let row = 0; row < rows; row++) {
    const source = row * inputs;
    const target = row * outputs;
    let j = 0;
    for (; j + 4 <= outputs; j += 4) {
      const w0 = j * inputs;
      const w1 = w0 + inputs;
      const w2 = w1 + inputs;
      const w3 = w2 + inputs;
      let sum0 = biases[j];
      let sum1 = biases[j + 1];
      let sum2 = biases[j + 2];
      let sum3 = biases[j + 3];
      for (let i = 0; i < inputs; i++) {
        const value = from[source + i];
        sum0 += value * weights[w0 + i];
        sum1 += value * weights[w1 + i];
        sum2 += value * weights[w2 + i];
        sum3 += value * weights[w3 + i];
      }
      to[target + j] = sum0;
      to[target + j + 1] = sum1;
      to[target + j + 2] = sum2;
      to[target + j + 3] = sum3;
    }
    for (; j < outputs; j++) {
      let sum = biases[j];
      for (let i = 0; i < inputs; i++) sum += from[source + i] * weights[j * inputs + i];
      to[target + j] = sum;
    }
  }
}

function activate(values: Float32Array, count: number, tanh: boolean): void {
  if (tanh) for (let i = 0; i < count; i++) values[i] = Math.tanh(values[i]);
  else for (let i = 0; i < count; i++) if (values[i] < 0) values[i] = 0;
}
