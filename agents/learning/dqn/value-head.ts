import { layersOf, type NetworkShape, parameterCount } from '../../../neural/index.ts';

/**
 * How a network's outputs become the values of actions: value_k = sum over outputs of output_i x matrix[i][k]. Plain: one output an action. Dueling (Wang et
 * al. 2016, equation 9): the state's value, then what each action is better or worse than their mean. Every column of the values' part sums to 1, so
 * that values can be rescaled through the outputs.
 */
export class ValueHead {
  /** Network outputs that it reads. */
  readonly outputs: number;
  /** Actions. */
  readonly count: number;
  /** [output][action]; null where values are the outputs themselves. */
  readonly #matrix: Float32Array | null;

  constructor({ count, dueling }: { readonly count: number; readonly dueling: boolean }) {
    this.count = count;
    this.outputs = dueling ? count + 1 : count;
    this.#matrix = dueling ? duelingMatrix(count) : null;
  }

  /** Values [row][action] of outputs [row][output]. */
  values(outputs: Float32Array, rows: number): Float32Array {
    return this.#matrix === null ? outputs : multiply(outputs, rows, { matrix: this.#matrix, inputs: this.outputs, columns: this.count });
  }

  /** Adds a derivative by one row's value of an action to the derivatives by its outputs. */
  chain(byValue: number, row: number, action: number, byOutput: Float32Array): void {
    const at = row * this.outputs;
    if (this.#matrix === null) byOutput[at + action] += byValue;
    else for (let i = 0; i < this.outputs; i++) byOutput[at + i] += byValue * this.#matrix[i * this.count + action];
  }

  /** The same values from a network with one output an action: the matrix goes into the last layer. */
  fold(shape: NetworkShape, parameters: Float32Array): { readonly shape: NetworkShape; readonly parameters: Float32Array } {
    if (this.#matrix === null) return { shape, parameters };
    const folded = { ...shape, outputs: this.count };
    const own = new Float32Array(parameterCount(folded));
    const last = layersOf(shape)[shape.hidden.length];
    own.set(parameters.subarray(0, last.weights));
    const by = { matrix: this.#matrix, inputs: this.outputs, columns: this.count };
    own.set(multiply(parameters.subarray(last.weights, last.biases), last.inputs, by), last.weights);
    own.set(multiply(parameters.subarray(last.biases, last.end), 1, by), last.weights + last.inputs * this.count);
    return { shape: folded, parameters: own };
  }
}

function duelingMatrix(count: number): Float32Array {
  const matrix = new Float32Array((count + 1) * count).fill(-1 / count);
  matrix.fill(1, 0, count);
  for (let k = 0; k < count; k++) matrix[(k + 1) * count + k] += 1;
  return matrix;
}

function multiply(
  values: Float32Array,
  rows: number,
  { matrix, inputs, columns }: { readonly matrix: Float32Array; readonly inputs: number; readonly columns: number },
): Float32Array {
  const product = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inputs; i++) {
      const value = values[row * inputs + i];
      for (let k = 0; k < columns; k++) product[row * columns + k] += value * matrix[i * columns + k];
    }
  }
  return product;
}
