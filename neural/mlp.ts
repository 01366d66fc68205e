import type { NamedAttrMap, NamedTensorMap, Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { TensorBackend, TensorLibrary } from './backend.ts';
import { type Layer, layersOf, type NetworkShape, parameterCount } from './shape.ts';

/** Writes the loss's derivative by every output, [row][output], for outputs [row][output]. */
export type OutputGradient = (outputs: Float32Array, gradient: Float32Array) => void;

interface LayerTensors {
  readonly weights: Tensor;
  readonly biases: Tensor1D;
}

/**
 * A fully connected network on TensorFlow.js. Its parameters stand in one flat array, laid out as `layersOf` says; `refresh` hands them to the tensors
 * after they were changed. Rows go in and come out as flat typed arrays, so that no tensor ever leaves.
 */
export class Mlp {
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  readonly #tf: TensorLibrary;
  readonly #layers: readonly Layer[];
  #tensors: LayerTensors[] = [];
  /** [layer] Its inputs [input][row] and a row of ones, of the gradient taken last: kept for the next one's. */
  #turnedInputs: readonly Float32Array[] = [];
  #rows = 0;

  /** @param parameters of length parameterCount(shape); the network keeps the array itself. */
  constructor({ tf }: Pick<TensorBackend, 'tf'>, shape: NetworkShape, parameters: Float32Array) {
    if (parameters.length !== parameterCount(shape)) {
      throw new Error(`A network of this shape has ${parameterCount(shape)} parameters, not ${parameters.length}.`);
    }
    this.shape = shape;
    this.parameters = parameters;
    this.#tf = tf;
    this.#layers = layersOf(shape);
    this.refresh();
  }

  /** Makes the tensors follow the parameters. */
  refresh(): void {
    this.dispose();
    this.#tensors = this.#layers.map(({ inputs, outputs, weights, biases, end }) => ({
      // Copies, because the cpu backend would keep a view of the array itself.
      weights: this.#matrix(this.parameters.slice(weights, biases), inputs, outputs),
      biases: this.#tf.tensor1d(this.parameters.slice(biases, end)),
    }));
  }

  /** Frees the tensors; `refresh` brings them back. */
  dispose(): void {
    for (const { weights, biases } of this.#tensors) {
      weights.dispose();
      biases.dispose();
    }
    this.#tensors = [];
  }

  /** Outputs [row][output] for inputs [row][input]. */
  predict(inputs: Float32Array, rows: number): Float32Array {
    const tf = this.#tf;
    const outputs = tf.tidy(() => {
      const activations = this.#forward(this.#matrix(inputs, rows, this.shape.inputs));
      return activations[activations.length - 1];
    });
    const values = outputs.dataSync<'float32'>();
    outputs.dispose();
    return values;
  }

  /** The gradient of a loss by all parameters, laid out like them, in a new array or the one given. */
  gradient(
    inputs: Float32Array,
    rows: number,
    outputGradient: OutputGradient,
    into: Float32Array = new Float32Array(this.parameters.length),
  ): Float32Array {
    const tf = this.#tf;
    this.#reserve(rows);
    tf.tidy(() => {
      const [, ...values] = this.#forward(this.#matrix(inputs, rows, this.shape.inputs));
      const outputs = values[values.length - 1].dataSync<'float32'>();
      const byOutput = new Float32Array(outputs.length);
      outputGradient(outputs, byOutput);
      this.#backward({ inputs, rows, values }, this.#matrix(byOutput, rows, this.shape.outputs), into);
    });
    return into;
  }

  /** The inputs, then the values of every layer. */
  #forward(inputs: Tensor): Tensor[] {
    const activations = [inputs];
    this.#tensors.forEach(({ weights, biases }, index) => {
      const hidden = index < this.#tensors.length - 1;
      // One kernel where there were three: on small networks their overhead is most of a forward pass.
      const activation = hidden && this.shape.activation === 'relu' ? 'relu' : 'linear';
      const values = this.#run(
        '_FusedMatMul',
        { a: activations[index], b: weights, bias: biases },
        { ...PLAIN, activation, leakyreluAlpha: 0 },
      );
      activations.push(hidden && this.shape.activation === 'tanh' ? this.#run('Tanh', { x: values }) : values);
    });
    return activations;
  }

  /**
   * Written by hand. A matMul with a transpose flag takes a slow path on WebAssembly, and the transposing kernel is slower than a plain loop, which can
   * also add a row of ones: one product then gives the gradients by a layer's weights and, as its last row, by its biases, as they are laid out.
   */
  #backward(
    { inputs, rows, values }: { readonly inputs: Float32Array; readonly rows: number; readonly values: readonly Tensor[] },
    byOutput: Tensor,
    into: Float32Array,
  ): void {
    let bySums = byOutput;
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const layer = this.#layers[index];
      const input = index === 0 ? inputs : values[index - 1].dataSync<'float32'>();
      const left = this.#matrix(turned(input, rows, layer.inputs, this.#turnedInputs[index]), layer.inputs + 1, rows);
      into.set(this.#run('BatchMatMul', { a: left, b: bySums }, PLAIN).dataSync<'float32'>(), layer.weights);
      if (index === 0) break;
      const byInput = this.#run('BatchMatMul', { a: bySums, b: this.#turnedWeights(layer) }, PLAIN);
      bySums = this.#run('Multiply', { a: byInput, b: this.#slope(values[index - 1]) });
    }
  }

  #reserve(rows: number): void {
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#turnedInputs = this.#layers.map(({ inputs }) => new Float32Array((inputs + 1) * rows).fill(1));
  }

  #turnedWeights({ inputs, outputs, weights, biases }: Layer): Tensor {
    return this.#matrix(turned(this.parameters.subarray(weights, biases), inputs, outputs), outputs, inputs);
  }

  /** The activation's derivative, from its value. */
  #slope(activation: Tensor): Tensor {
    const tf = this.#tf;
    return this.shape.activation === 'relu' ? this.#run('Step', { x: activation }, { alpha: 0 }) : tf.sub(1, tf.square(activation));
  }

  /** Of rank 3, a batch of one, as the kernels of a product want it. */
  #matrix(values: Float32Array, rows: number, columns: number): Tensor {
    return this.#tf.tensor3d(values, [1, rows, columns]);
  }

  /** A kernel without the checks and scopes of the operation around it, which take as long as the kernel itself on small networks. */
  #run(kernel: string, inputs: NamedTensorMap, attributes: NamedAttrMap = {}): Tensor {
    return this.#tf.engine().runKernel(kernel, inputs, attributes);
  }
}

const PLAIN = { transposeA: false, transposeB: false };

/** A matrix [row][column] turned into [column][row]. A hot loop: four rows at a time, which halves its time. */
function turned(matrix: Float32Array, rows: number, columns: number, into: Float32Array = new Float32Array(matrix.length)): Float32Array {
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const first = row * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    for (let column = 0, to = row; column < columns; column++, to += rows) {
      into[to] = matrix[first + column];
      into[to + 1] = matrix[second + column];
      into[to + 2] = matrix[third + column];
      into[to + 3] = matrix[fourth + column];
    }
  }
  for (; row < rows; row++) for (let column = 0; column < columns; column++) into[column * rows + row] = matrix[row * columns + column];
  return into;
}
