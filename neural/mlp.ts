import type { Rank, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import type { TensorBackend, TensorLibrary } from './backend.ts';
import { type Layer, layersOf, type NetworkShape, parameterCount } from './shape.ts';

/** Writes the loss's derivative by every output, [row][output], for outputs [row][output]. */
export type OutputGradient = (outputs: Float32Array, gradient: Float32Array) => void;

interface LayerTensors {
  readonly weights: Tensor2D;
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
      weights: this.#tf.tensor2d(this.parameters.slice(weights, biases), [inputs, outputs]),
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
      const activations = this.#forward(tf.tensor2d(inputs, [rows, this.shape.inputs]));
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
    tf.tidy(() => {
      const activations = this.#forward(tf.tensor2d(inputs, [rows, this.shape.inputs]));
      const outputs = activations[activations.length - 1].dataSync<'float32'>();
      const byOutput = new Float32Array(outputs.length);
      outputGradient(outputs, byOutput);
      this.#backward(activations, tf.tensor2d(byOutput, [rows, this.shape.outputs]), into);
    });
    return into;
  }

  /** The inputs, then the values of every layer. */
  #forward(inputs: Tensor2D): Tensor2D[] {
    const tf = this.#tf;
    const activations = [inputs];
    this.#tensors.forEach(({ weights, biases }, index) => {
      const hidden = index < this.#tensors.length - 1;
      // One kernel where there were three: on small networks their overhead is most of a forward pass.
      const activation = hidden && this.shape.activation === 'relu' ? 'relu' : 'linear';
      const values = tf.fused
        .matMul({ a: activations[index], b: weights, bias: biases, activation })
        .as2D(inputs.shape[0], this.#layers[index].outputs);
      activations.push(hidden && this.shape.activation === 'tanh' ? tf.tanh(values) : values);
    });
    return activations;
  }

  /** Written by hand, with explicit transposes: a matMul with a transpose flag takes a slow path on WebAssembly, and so do sums over rows. */
  #backward(activations: readonly Tensor2D[], byOutput: Tensor2D, into: Float32Array): void {
    const tf = this.#tf;
    const ones = tf.ones<Rank.R2>([1, byOutput.shape[0]]);
    let bySums = byOutput;
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const { weights, biases } = this.#layers[index];
      const input = activations[index];
      into.set(tf.matMul(tf.transpose(input), bySums).dataSync<'float32'>(), weights);
      into.set(tf.matMul(ones, bySums).dataSync<'float32'>(), biases);
      if (index > 0) bySums = tf.mul(tf.matMul(bySums, tf.transpose(this.#tensors[index].weights)), this.#slope(input));
    }
  }

  /** The activation's derivative, from its value. */
  #slope(activation: Tensor2D): Tensor2D {
    const tf = this.#tf;
    return this.shape.activation === 'relu' ? tf.step(activation) : tf.sub(1, tf.square(activation));
  }
}
