import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { createStream } from '../../env/index.ts';
import {
  type Activation,
  layersOf,
  Mlp,
  type NetworkShape,
  openTensors,
  orthogonalWeights,
  PlainNetwork,
  type TensorLibrary,
} from '../../neural/index.ts';

const ROWS = 37;

function example(
  activation: Activation,
  outputs = 3,
): { shape: NetworkShape; parameters: Float32Array; inputs: Float32Array; targets: Float32Array } {
  const shape: NetworkShape = { inputs: 5, hidden: [16, 12], outputs, activation };
  const random = createStream(11, 'example');
  const parameters = orthogonalWeights(shape, random).map((weight) => weight + 0.1 * random.normal());
  const inputs = new Float32Array(ROWS * 5).map(() => random.normal());
  const targets = new Float32Array(ROWS * outputs).map(() => random.normal());
  return { shape, parameters, inputs, targets };
}

/** Half the mean squared error. */
function gradientOf(network: Mlp, { inputs, targets }: { inputs: Float32Array; targets: Float32Array }): Float32Array {
  return network.gradient(inputs, ROWS, (outputs, byOutput) => {
    outputs.forEach((output, i) => {
      byOutput[i] = (output - targets[i]) / ROWS;
    });
  });
}

/** The same by TensorFlow.js's own differentiation. */
function automaticGradient(tf: TensorLibrary, { shape, parameters, inputs, targets }: ReturnType<typeof example>): Float32Array {
  const layers = layersOf(shape);
  const variables = layers.flatMap(({ inputs: rows, outputs, weights, biases, end }) => [
    tf.tensor2d(parameters.slice(weights, biases), [rows, outputs]),
    tf.tensor2d(parameters.slice(biases, end), [1, outputs]),
  ]);
  const loss = (...values: Tensor[]) => {
    let activation: Tensor = tf.tensor2d(inputs, [ROWS, shape.inputs]);
    layers.forEach((_, index) => {
      const sums = tf.add(tf.matMul(activation as Tensor2D, values[2 * index] as Tensor2D), values[2 * index + 1]);
      activation = index === layers.length - 1 ? sums : shape.activation === 'relu' ? tf.relu(sums) : tf.tanh(sums);
    });
    const error = tf.sub(activation, tf.tensor2d(targets, [ROWS, shape.outputs]));
    return tf.div<Tensor>(tf.sum(tf.square(error)), 2 * ROWS).asScalar();
  };
  const gradients = tf.grads(loss)(variables);
  return Float32Array.from(gradients.flatMap((gradient) => [...gradient.dataSync()]));
}

function expectClose(received: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(received.length).toBe(expected.length);
  received.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(tolerance);
  });
}

const SHAPES = (['relu', 'tanh'] as const).flatMap((activation) => [1, 3].map((outputs) => [activation, outputs] as const));

test.each(SHAPES)('the gradient written by hand equals automatic differentiation (%s, %i outputs)', async (activation, outputs) => {
  const given = example(activation, outputs);
  const tensors = await openTensors({ backend: 'cpu' });
  const network = new Mlp(tensors, given.shape, given.parameters);
  expectClose(gradientOf(network, given), automaticGradient(tensors.tf, given), 1e-6);
});

test.each(SHAPES)('cpu and wasm agree on a forward and a backward pass to 1e-4 (%s, %i outputs)', async (activation, outputs) => {
  const given = example(activation, outputs);
  const results = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    const network = new Mlp(await openTensors({ backend }), given.shape, given.parameters);
    results.push({ outputs: network.predict(given.inputs, ROWS), gradient: gradientOf(network, given) });
    network.dispose();
  }
  expectClose(results[1].outputs, results[0].outputs, 1e-4);
  expectClose(results[1].gradient, results[0].gradient, 1e-4);
});

test.each(['relu', 'tanh'] as const)('the network without tensors gives the same outputs to 1e-5 (%s)', async (activation) => {
  const { shape, parameters, inputs } = example(activation);
  const network = new Mlp(await openTensors(), shape, parameters);
  const plain = new PlainNetwork(shape, parameters);
  expectClose(plain.predict(inputs, ROWS).slice(), network.predict(inputs, ROWS), 1e-5);
});

test('without tensors a row does not depend on the rows beside it', () => {
  const { shape, parameters, inputs } = example('tanh');
  const plain = new PlainNetwork(shape, parameters);
  const together = plain.predict(inputs, ROWS).slice();
  const alone = Array.from({ length: ROWS }, (_, row) => [...plain.predict(inputs.subarray(row * 5, row * 5 + 5), 1).subarray(0, 3)]);
  expect(alone.flat()).toEqual([...together]);
});

test('a changed parameter counts after refresh', async () => {
  const { shape, parameters, inputs } = example('relu');
  const network = new Mlp(await openTensors(), shape, parameters);
  const before = network.predict(inputs, ROWS);
  const lastBias = parameters.length - 1;
  network.parameters[lastBias] += 1;
  expect(network.predict(inputs, ROWS)).toEqual(before);
  network.refresh();
  expect(network.predict(inputs, ROWS)[2]).toBeCloseTo(before[2] + 1, 5);
});

test('no tensor is left behind by predictions, gradients and refreshes', async () => {
  const given = example('relu');
  const tensors = await openTensors();
  const network = new Mlp(tensors, given.shape, given.parameters);
  const { numTensors } = tensors.tf.memory();
  for (let k = 0; k < 20; k++) {
    network.predict(given.inputs, ROWS);
    gradientOf(network, given);
    network.refresh();
  }
  expect(tensors.tf.memory().numTensors).toBe(numTensors);
  network.dispose();
  expect(tensors.tf.memory().numTensors).toBe(numTensors - 6);
});

test('parameters of the wrong length are refused', async () => {
  const { shape } = example('relu');
  const tensors = await openTensors();
  expect(() => new Mlp(tensors, shape, new Float32Array(7))).toThrow('has 339 parameters, not 7');
});
