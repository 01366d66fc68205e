import { expect, test } from 'vitest';
import { Adam, clipNorm } from '../../neural/index.ts';

test('Adam takes the steps that its paper writes down', () => {
  const adam = new Adam(2, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  const parameters = Float32Array.of(1, -2);
  // By hand, step 1: m = 0.1 g, v = 0.001 g^2, both corrections undo the factors: the step is rate * sign(g).
  adam.step(parameters, Float32Array.of(0.5, -4), 0.1);
  expect(parameters[0]).toBeCloseTo(0.9, 6);
  expect(parameters[1]).toBeCloseTo(-1.9, 6);
  // Step 2 with g = 0.25 and 0: m = 0.9 * 0.05 + 0.025 = 0.07, v = 0.999 * 0.00025 + 0.0000625 = 0.00031225;
  // corrected 0.07 / 0.19 = 0.36842, 0.00031225 / 0.001999 = 0.15620; step 0.1 * 0.36842 / 0.39522 = 0.09322.
  // The second: m = -0.36, v = 0.015984; -0.36 / 0.19 = -1.89474, 0.015984 / 0.001999 = 7.99600; step -0.1 * 1.89474 / 2.82772 = -0.06701.
  adam.step(parameters, Float32Array.of(0.25, 0), 0.1);
  expect(parameters[0]).toBeCloseTo(0.9 - 0.09322, 4);
  expect(parameters[1]).toBeCloseTo(-1.9 + 0.06701, 4);
});

test('a long gradient is cut to the norm allowed, a short one is left', () => {
  const gradient = Float32Array.of(3, 4);
  expect(clipNorm(gradient, 10)).toBe(5);
  expect([...gradient]).toEqual([3, 4]);
  expect(clipNorm(gradient, 1)).toBe(5);
  expect(gradient[0]).toBeCloseTo(0.6, 6);
  expect(gradient[1]).toBeCloseTo(0.8, 6);
});
