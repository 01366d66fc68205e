import { expect, test } from 'vitest';
import { createStream } from '../../env/index.ts';
import { heWeights, layersOf, type NetworkShape, orthogonalWeights } from '../../neural/index.ts';

const shape: NetworkShape = { inputs: 6, hidden: [20, 20], outputs: 2, activation: 'relu' };

/** Products of a layer's columns (where there are no more columns than rows) or rows with one another. */
function products(parameters: Float32Array, index: number): number[][] {
  const { inputs, outputs, weights } = layersOf(shape)[index];
  const at = (i: number, j: number) => parameters[weights + i * outputs + j];
  const few = Math.min(inputs, outputs);
  const many = Math.max(inputs, outputs);
  const entry = (a: number, k: number) => (outputs <= inputs ? at(k, a) : at(a, k));
  const indices = Array.from({ length: few }, (_, a) => a);
  return indices.map((a) =>
    indices.map((b) => Array.from({ length: many }, (_, k) => entry(a, k) * entry(b, k)).reduce((sum, x) => sum + x, 0)),
  );
}

test('orthogonal weights are orthogonal, with gain sqrt 2 in hidden layers and the one asked for in the last', () => {
  const parameters = orthogonalWeights(shape, createStream(3, 'weights'), { lastGain: 0.01 });
  for (const [index, square] of [2, 2, 0.0001].entries()) {
    products(parameters, index).forEach((row, a) => {
      row.forEach((product, b) => {
        expect(Math.abs(product - (a === b ? square : 0))).toBeLessThan(1e-5 * square);
      });
    });
  }
  for (const { biases, end } of layersOf(shape)) expect([...parameters.subarray(biases, end)].every((bias) => bias === 0)).toBe(true);
});

test('He weights have variance 2 / inputs', () => {
  const wide: NetworkShape = { ...shape, inputs: 50, hidden: [200] };
  const parameters = heWeights(wide, createStream(3, 'weights'));
  const { weights, biases } = layersOf(wide)[0];
  const values = [...parameters.subarray(weights, biases)];
  expect(values.reduce((sum, value) => sum + value * value, 0) / values.length).toBeCloseTo(2 / 50, 2);
});

test('the same seed gives the same weights, another seed others', () => {
  expect(orthogonalWeights(shape, createStream(3, 'weights'))).toEqual(orthogonalWeights(shape, createStream(3, 'weights')));
  expect(orthogonalWeights(shape, createStream(3, 'weights'))).not.toEqual(orthogonalWeights(shape, createStream(4, 'weights')));
});
