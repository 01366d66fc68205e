import { describe, expect, test } from 'vitest';
import { createStream } from '../../../env/index.ts';
import { addGradient, createSalesNetwork, digamma, LOSSES, type LossName } from '../../../forecasting/index.ts';

const NAMES: readonly LossName[] = ['squared', 'negative-binomial', 'pinball', 'cross-entropy'];
const STEP = 1e-6;

describe.each(NAMES)('%s', (name) => {
  const loss = LOSSES[name];

  test('derivatives by the outputs are what finite differences give', () => {
    const gradient = new Float64Array(loss.outputs);
    const ignored = new Float64Array(loss.outputs);
    for (const quantity of [0, 1, 7, 2500]) {
      const outputs = Float64Array.from({ length: loss.outputs }, (_, k) => 0.3 - 0.7 * k);
      loss.evaluate(outputs, 1.2, quantity, gradient);
      for (let k = 0; k < loss.outputs; k++) {
        const at = (move: number) => loss.evaluate(outputs.with(k, outputs[k] + move), 1.2, quantity, ignored);
        const slope = (at(STEP) - at(-STEP)) / (2 * STEP);
        expect(gradient[k]).toBeCloseTo(slope, quantity > 1000 ? 2 : 6);
      }
    }
  });

  test('derivatives by all parameters, the head that reads texts included, are what finite differences give', () => {
    const stream = createStream(3, 'rows');
    const network = createSalesNetwork({ features: 3, text: 5, rank: 2, hidden: 4, outputs: loss.outputs }, 1);
    for (let k = 0; k < network.parameters.length; k++) network.parameters[k] += 0.3 * stream.normal();
    const rows = {
      x: Float64Array.from({ length: 18 }, () => stream.normal()),
      offset: Float64Array.from({ length: 6 }, () => stream.normal()),
      y: Float64Array.from([0, 1, 2, 9, 0, 30]),
      item: Int32Array.from([0, 1, 2, 2, 1, 0]),
    };
    const texts = Array.from({ length: 3 }, () => Float32Array.from({ length: 5 }, () => stream.normal()));
    const chosen = Int32Array.from([0, 1, 2, 3, 4, 5]);
    const gradient = new Float64Array(network.parameters.length);
    const whole = () => addGradient(network, rows, { loss: name, texts }, chosen, new Float64Array(gradient.length));
    addGradient(network, rows, { loss: name, texts }, chosen, gradient);
    for (let k = 0; k < gradient.length; k++) {
      const before = network.parameters[k];
      network.parameters[k] = before + STEP;
      const above = whole();
      network.parameters[k] = before - STEP;
      const below = whole();
      network.parameters[k] = before;
      expect(gradient[k]).toBeCloseTo((above - below) / (2 * STEP), 5);
    }
  });
});

test('the likelihood is that of the negative binomial, and the others what they are by hand', () => {
  const ignored = new Float64Array(3);
  // Mean 2 and dispersion 1 (geometric): P(3) = (1 / 3) (2 / 3)^3.
  expect(LOSSES['negative-binomial'].evaluate(Float64Array.of(0, 0), Math.log(2), 3, ignored)).toBeCloseTo(-Math.log(8 / 81), 10);
  expect(LOSSES.squared.evaluate(Float64Array.of(1), 0.5, 0, ignored)).toBeCloseTo(0.5 * (1.5 - Math.log(0.5)) ** 2, 12);
  expect(LOSSES['cross-entropy'].evaluate(Float64Array.of(0), 0, 4, ignored)).toBeCloseTo(Math.log(2), 12);
  const at = Math.log(4.5);
  expect(LOSSES.pinball.evaluate(Float64Array.of(at - 1, at + 2, at), 0, 4, ignored)).toBeCloseTo(0.1 * 1 + 0.5 * 2, 12);
});

test('digamma has the values of Abramowitz and Stegun, table 6.1', () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649, 9);
  expect(digamma(1.5)).toBeCloseTo(0.036489974, 9);
  expect(digamma(2)).toBeCloseTo(0.4227843351, 9);
});
