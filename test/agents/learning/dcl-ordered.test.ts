import { describe, expect, test } from 'vitest';
import { gaussianHead } from '../../../agents/learning/action-head.ts';
import { moveEach, movesPlanned, orderedStarts } from '../../../agents/learning/dcl/choices.ts';
import { SoftFit } from '../../../agents/learning/dcl/fit.ts';
import { componentTargets, Samples, UNTRIED } from '../../../agents/learning/dcl/samples.ts';
import { createStream } from '../../../env/index.ts';
import { openTensors } from '../../../neural/index.ts';

describe('where choices are ordered and their actions too many to be listed', () => {
  test('each component is moved by itself, both ways by as much, as far as its range goes', () => {
    const counts = [30, 4];
    const candidates = movesPlanned(2, 12);
    expect(candidates).toBe(9);
    const into = new Int32Array(2 * candidates);
    moveEach(Int32Array.of(10, 0), { counts, candidates, random: createStream(1, 'test') }, into, 0);
    const actions = Array.from({ length: candidates }, (_, k) => [into[2 * k], into[2 * k + 1]]);
    expect(actions[0]).toEqual([10, 0]);
    expect(actions.slice(1, 3)).toEqual([
      [9, 0],
      [11, 0],
    ]);
    const [down, up] = actions.slice(3, 5);
    expect(10 - down[0]).toBe(up[0] - 10);
    expect(up[0] - 10).toBeGreaterThan(0);
    expect(actions.slice(5, 7)).toEqual([
      [10, 0],
      [10, 1],
    ]);
  });

  test('targets compare a component’s choices with all others as the policy at hand has them; the rest is unknown', () => {
    const samples = new Samples({ features: 1, candidates: 5, components: 2 });
    samples.extend(1);
    samples.actions.set([2, 1, 1, 1, 3, 1, 2, 0, 2, 2]);
    // The last one was not tried.
    samples.costs.set([10 + Math.log(2), 10, 10 + Math.log(4), 10 + Math.log(6), Number.POSITIVE_INFINITY]);
    samples.noise.fill(1);
    // Weights 4, 2, 1 of 7 for the first component's choices 1, 2, 3; 1 and 3 of 4 for the second's 0 and 1.
    const expected = [UNTRIED, 4 / 7, 2 / 7, 1 / 7, UNTRIED, 1 / 4, 3 / 4, UNTRIED];
    componentTargets(samples, [5, 3], 1).forEach((target, k) => {
      expect(target).toBeCloseTo(expected[k], 6);
    });
  });

  test('a fit finds the best choice from a few choices around others, and leaves what is unknown alone', async () => {
    const rows = 64;
    const count = 21;
    const inputs = Float32Array.from({ length: rows }, (_, row) => row / rows - 0.5);
    const targets = new Float32Array(rows * count).fill(UNTRIED);
    // The best choice is 10 + 8 x; tried are 9, 10 and 11, whose costs are the squared distances from it.
    for (let row = 0; row < rows; row++) {
      const weights = [9, 10, 11].map((choice) => Math.exp(-((choice - 10 - 8 * inputs[row]) ** 2) / 8));
      const sum = weights.reduce((a, b) => a + b);
      weights.forEach((weight, k) => {
        targets[row * count + 9 + k] = weight / sum;
      });
    }
    const shape = { inputs: 1, hidden: [16], outputs: 1, activation: 'relu' as const };
    const fit = new SoftFit({ tensors: await openTensors({ backend: 'cpu' }), shape, heads: [gaussianHead(count, 10)], seed: 1 });
    fit.begin(rows);
    let divergence = 0;
    for (let step = 0; step < 2000; step++)
      divergence = fit.step({ rows, inputs, targets }, { minibatch: rows, learningRate: 0.01, steps: 0 });
    expect(divergence).toBeLessThan(1e-4);
    // The spread that fits is that of the targets, exp(-d^2 / 8) is a deviation of 2; the likeliest choice is 10 + 10 x the network's output.
    expect(Math.abs(Math.exp(fit.free[0]) - 2)).toBeLessThan(0.1);
    const outputs = fit.network.predict(Float32Array.of(-0.5, 0, 0.4), 3);
    [6, 10, 13.2].forEach((best, k) => {
      expect(Math.abs(10 + 10 * outputs[k] - best)).toBeLessThan(0.3);
    });
    fit.network.dispose();
  });

  test('neither few actions nor a space without starts are', () => {
    expect(orderedStarts({ kind: 'multi-discrete', names: ['a', 'b'], counts: [20, 20], starts: [3, 4] }, 128)).toEqual([3, 4]);
    expect(orderedStarts({ kind: 'multi-discrete', names: ['a', 'b'], counts: [5, 5], starts: [3, 4] }, 128)).toBeNull();
    expect(orderedStarts({ kind: 'multi-discrete', names: ['a', 'b'], counts: [20, 20] }, 128)).toBeNull();
    expect(orderedStarts({ kind: 'discrete', name: 'a', count: 200, start: 5 }, 128)).toBeNull();
  });
});
