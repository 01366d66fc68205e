import { expect, test } from 'vitest';
import { ActionDistribution } from '../../../agents/learning/action-distribution.ts';
import { createStream, type Space, UserError } from '../../../env/index.ts';

const SPACES: readonly (readonly [string, Space])[] = [
  ['categorical', { kind: 'discrete', name: 'choice', count: 5 }],
  ['Gaussian on the grid', { kind: 'discrete', name: 'order', count: 9, start: 3.4 }],
  ['several components', { kind: 'multi-discrete', names: ['a', 'b'], counts: [4, 6], starts: [1, 2.5] }],
];

function logProbabilityAt(space: Space, outputs: Float32Array, free: Float32Array, actions: Int32Array): { log: number; entropy: number } {
  const distribution = new ActionDistribution(space);
  const log = distribution.logProbability(outputs, 0, free, actions);
  return { log, entropy: distribution.entropy };
}

test.each(SPACES)('derivatives of log-probability and entropy equal finite differences: %s', (_, space) => {
  const distribution = new ActionDistribution(space);
  const random = createStream(5, 'outputs');
  const outputs = new Float32Array(distribution.outputs).map(() => 0.5 * random.normal());
  const free = distribution.initialFree.map((value) => value - 0.3);
  const actions = Int32Array.of(2, 4);
  const byOutput = new Float32Array(outputs.length);
  const byFree = new Float32Array(free.length);
  distribution.logProbability(outputs, 0, free, actions);
  distribution.backward({ byLogProbability: 0.7, byEntropy: -0.4 }, { outputs, row: 0, free, actions }, { byOutput, byFree });
  const value = () => {
    const { log, entropy } = logProbabilityAt(space, outputs, free, actions);
    return 0.7 * log - 0.4 * entropy;
  };
  for (const [numbers, gradient] of [
    [outputs, byOutput],
    [free, byFree],
  ]) {
    numbers.forEach((number, i) => {
      const step = 1 / 64;
      numbers[i] = number + step;
      const above = value();
      numbers[i] = number - step;
      const below = value();
      numbers[i] = number;
      expect(gradient[i]).toBeCloseTo((above - below) / (2 * step), 2);
    });
  }
});

test.each(SPACES)('probabilities of all actions sum to 1: %s', (_, space) => {
  const counts = space.kind === 'discrete' ? [space.count] : space.kind === 'multi-discrete' ? space.counts : [];
  const distribution = new ActionDistribution(space);
  const outputs = new Float32Array(distribution.outputs).fill(0.2);
  let sum = 0;
  for (let first = 0; first < counts[0]; first++) {
    for (let second = 0; second < (counts[1] ?? 1); second++) {
      sum += Math.exp(distribution.logProbability(outputs, 0, distribution.initialFree, Int32Array.of(first, second)));
    }
  }
  expect(sum).toBeCloseTo(1, 9);
});

test('draws come as often as their probabilities say', () => {
  const distribution = new ActionDistribution({ kind: 'discrete', name: 'order', count: 7, start: 2 });
  const random = createStream(8, 'draws');
  const outputs = new Float32Array(distribution.outputs);
  const counts = new Float64Array(7);
  const action = new Int32Array(1);
  for (let k = 0; k < 20_000; k++) {
    distribution.sample(outputs, 0, distribution.initialFree, random, action);
    counts[action[0]]++;
  }
  counts.forEach((count, k) => {
    const probability = Math.exp(distribution.logProbability(outputs, 0, distribution.initialFree, Int32Array.of(k)));
    expect(Math.abs(count / 20_000 - probability)).toBeLessThan(0.015);
  });
});

test('a network that puts out 0 acts around the start that the space names', () => {
  const distribution = new ActionDistribution({ kind: 'discrete', name: 'order', count: 21, start: 5 });
  const actions = new Int32Array(1);
  distribution.greedy(new Float32Array(1), 1, actions);
  expect(actions[0]).toBe(5);
  const logs = [4, 5, 6].map((k) => distribution.logProbability(new Float32Array(1), 0, distribution.initialFree, Int32Array.of(k)));
  expect(logs[0]).toBeCloseTo(logs[2], 9);
  expect(logs[1]).toBeGreaterThan(logs[0]);
});

test('a mean far outside the grid leaves the nearest action, and no number that is not one', () => {
  const distribution = new ActionDistribution({ kind: 'discrete', name: 'order', count: 5, start: 2 });
  const log = distribution.logProbability(Float32Array.of(500), 0, Float32Array.of(-3), Int32Array.of(4));
  expect(Math.exp(log)).toBeCloseTo(1, 9);
  expect(distribution.entropy).toBeCloseTo(0, 9);
});

test('a box is refused', () => {
  const box: Space = { kind: 'box', names: ['order'], low: Float64Array.of(0), high: Float64Array.of(1) };
  expect(() => new ActionDistribution(box)).toThrow(UserError);
});
