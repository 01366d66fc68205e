import type { NamedAttrMap, NamedTensorMap, Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { TensorBackend, TensorLibrary } from './backend.ts';
import { byNarrowWeights } from './narrow-layer.ts';
import { type Layer, layersOf, type NetworkShape, parameterCount } from './shape.ts';
import { beforeOnes, turned } from './turned.ts';

/** Writes the loss's derivative by every output, [row][output], for outputs [row][output]. */
export type OutputGradient = (outputs: Float32Array, gradient: Float32Array) => void;

/** What one layer's gradient is worked out in. */
interface Scratch {
  /** Inputs [input][row] and a row of ones, or the gradient by the layer's sums [output][row]. */
  readonly turned: Float32Array;
  /** [row] Inputs, then a one. */
  readonly beforeOnes: Float32Array;
}

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
  readonly #view: TensorBackend['view'];
  readonly #layers: readonly Layer[];
  #tensors: LayerTensors[] = [];
  /** Kept from one gradient to the next. */
  #scratch: readonly Scratch[] = [];
  #rows = 0;

  /** @param parameters of length parameterCount(shape); the network keeps the array itself. */
  constructor({ tf, view }: Pick<TensorBackend, 'tf' | 'view'>, shape: NetworkShape, parameters: Float32Array) {
    if (parameters.length !== parameterCount(shape)) {
      throw new Error(`A network of this shape has ${parameterCount(shape)} parameters, not ${parameters.length}.`);
    }
    this.shape = shape;
    this.parameters = parameters;
    this.#tf = tf;
    this.#view = view;
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

  /** Written by hand, layer by layer from the last. */
  #backward(
    { inputs, rows, values }: { readonly inputs: Float32Array; readonly rows: number; readonly values: readonly Tensor[] },
    byOutput: Tensor,
    into: Float32Array,
  ): void {
    let bySums = byOutput;
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const layer = this.#layers[index];
      const input = index === 0 ? () => inputs : () => this.#view(values[index - 1]);
      if (layer.outputs <= NARROW) byNarrowWeights({ layer, rows, bySums: this.#view(bySums), input: input(), into });
      else this.#byWeights(index, { bySums, input }, into);
      if (index === 0) break;
      const byInput = this.#run('BatchMatMul', { a: bySums, b: this.#turnedWeights(layer) }, PLAIN);
      bySums = this.#run('Multiply', { a: byInput, b: this.#slope(values[index - 1]) });
    }
  }

  /**
   * A matMul with a transpose flag takes a slow path on WebAssembly, and the transposing kernel is slower than a plain loop, which can also add a row of ones:
   * one product then gives the gradients by weights and biases. Its right side is packed anew each time, which takes longer than the product: it is the
   * narrower of the two.
   */
  #byWeights(index: number, { bySums, input }: { readonly bySums: Tensor; readonly input: () => Float32Array }, into: Float32Array): void {
    const { inputs, outputs, weights } = this.#layers[index];
    const scratch = this.#scratch[index];
    const rows = this.#rows;
    if (inputs < outputs) {
      const left = this.#matrix(turned(this.#view(bySums), rows, outputs, scratch.turned), outputs, rows);
      const right = this.#matrix(beforeOnes(input(), rows, inputs, scratch.beforeOnes), rows, inputs + 1);
      const product = this.#view(this.#run('BatchMatMul', { a: left, b: right }, PLAIN));
      turned(product, outputs, inputs + 1, into.subarray(weights, weights + product.length));
    } else {
      const left = this.#matrix(turned(input(), rows, inputs, scratch.turned), inputs + 1, rows);
      into.set(this.#view(this.#run('BatchMatMul', { a: left, b: bySums }, PLAIN)), weights);
    }
  }

  #reserve(rows: number): void {
    if (rows === this.#rows) return;
    this.#rows = rows;
    this.#scratch = this.#layers.map(({ inputs, outputs }) => ({
      turned: new Float32Array(rows * (inputs < outputs ? outputs : inputs + 1)).fill(1),
      beforeOnes: new Float32Array(inputs < outputs ? rows * (inputs + 1) : 0).fill(1),
    }));
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

/** Outputs of a layer up to which the gradient by its weights is a plain loop. */
const NARROW = 2;
