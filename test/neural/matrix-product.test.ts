import { expect, test } from 'vitest';
import { createStream } from '../../env/index.ts';
import { MatrixProducts, openTensors } from '../../neural/index.ts';

const random = createStream(9, 'matrices');

function matrix(rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, () => random.normal());
}

test.each([
  { rows: 3, inner: 5, columns: 4 },
  { rows: 9, inner: 2, columns: 1 },
  { rows: 1, inner: 7, columns: 6 },
])('a product is what its sums are, whichever side is turned (%j)', async (sizes) => {
  const { rows, inner, columns } = sizes;
  const products = new MatrixProducts(await openTensors());
  const a = matrix(rows, inner);
  const b = matrix(inner, columns);
  const turned = (values: Float32Array, height: number, width: number) =>
    Float32Array.from({ length: values.length }, (_, k) => values[(k % height) * width + Math.floor(k / height)]);
  const expected = Array.from({ length: rows * columns }, (_, k) => {
    let sum = 0;
    for (let i = 0; i < inner; i++) sum += a[Math.floor(k / columns) * inner + i] * b[i * columns + (k % columns)];
    return sum;
  });
  const into = new Float32Array(rows * columns);
  for (const write of [
    () => products.product(a, b, sizes, into),
    () => products.turnedTimes(turned(a, rows, inner), b, sizes, into),
    () => products.timesTurned(a, turned(b, inner, columns), sizes, into),
  ]) {
    into.fill(0);
    write();
    into.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k], 5);
    });
  }
});

test('it leaves no tensor behind', async () => {
  const tensors = await openTensors();
  const products = new MatrixProducts(tensors);
  const { numTensors } = tensors.tf.memory();
  const sizes = { rows: 2, inner: 2, columns: 2 };
  for (let k = 0; k < 5; k++) products.turnedTimes(matrix(2, 2), matrix(2, 2), sizes, new Float32Array(4));
  expect(tensors.tf.memory().numTensors).toBe(numTensors);
});
