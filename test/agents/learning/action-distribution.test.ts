import { expect, test } from 'vitest';
import { createActionDistribution } from '../../../agents/learning/action-distribution.ts';
import { createStream, type Space } from '../../../env/index.ts';

const SPACES: readonly (readonly [string, Space])[] = [
  ['categorical', { kind: 'discrete', name: 'choice', count: 5 }],
  ['Gaussian on the grid', { kind: 'discrete', name: 'order', count: 9, start: 3.4 }],
  ['several components', { kind: 'multi-discrete', names: ['a', 'b'], counts: [4, 6], starts: [1, 2.5] }],
];

function logProbabilityAt(space: Space, outputs: Float32Array, free: Float32Array, actions: Int32Array): { log: number; entropy: number } {
  const distribution = createActionDistribution(space);
  const log = distribution.logProbability(outputs, 0, free, actions);
  return { log, entropy: distribution.entropy };
}

test.each(SPACES)('derivatives of log-probability and entropy equal finite differences: %s', (_, space) => {
  const distribution = createActionDistribution(space);
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
  const distribution = createActionDistribution(space);
  const outputs = new Float32Array(distribution.outputs).fill(0.2);
  let sum = 0;
  for (let first = 0; first < counts[0]; first++) {
    for (let second = 0; second < (counts[1] ?? 1); second++) {
      sum += Math.exp(distribution.logProbability(outputs, 0, distribution.initialFree, Int32Array.of(first, second)));
    }
  }
  expect(sum).toBeCloseTo(1, 9);
});

test.each(SPACES)('a mask that allows everything changes nothing, however far the outputs are from the grid: %s', (_, space) => {
  const distribution = createActionDistribution(space);
  const everything = new Uint8Array(distribution.choices).fill(1);
  const free = distribution.initialFree;
  for (const size of [0, 0.3, 1, 5, -5, 40, -40]) {
    const outputs = new Float32Array(distribution.outputs).map((__, k) => size * (1 - 0.2 * k));
    for (const actions of [Int32Array.of(0, 0), Int32Array.of(3, 5)]) {
      const log = distribution.logProbability(outputs, 0, free, actions);
      const { entropy } = distribution;
      expect(distribution.logProbability(outputs, 0, free, actions, everything)).toBeCloseTo(log, 8);
      expect(distribution.entropy).toBeCloseTo(entropy, 8);
    }
  }
});

test.each(SPACES)('outputs that are no numbers give a log-probability that is none: %s', (_, space) => {
  const distribution = createActionDistribution(space);
  const outputs = new Float32Array(distribution.outputs).fill(Number.NaN);
  expect(distribution.logProbability(outputs, 0, distribution.initialFree, Int32Array.of(1, 1))).toBeNaN();
});

test('draws come as often as their probabilities say', () => {
  const distribution = createActionDistribution({ kind: 'discrete', name: 'order', count: 7, start: 2 });
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
  const distribution = createActionDistribution({ kind: 'discrete', name: 'order', count: 21, start: 5 });
  const actions = new Int32Array(1);
  distribution.greedy(new Float32Array(1), 1, actions);
  expect(actions[0]).toBe(5);
  const logs = [4, 5, 6].map((k) => distribution.logProbability(new Float32Array(1), 0, distribution.initialFree, Int32Array.of(k)));
  expect(logs[0]).toBeCloseTo(logs[2], 9);
  expect(logs[1]).toBeGreaterThan(logs[0]);
});

test('a mean far outside the grid leaves the nearest action, and no number that is not one', () => {
  const distribution = createActionDistribution({ kind: 'discrete', name: 'order', count: 5, start: 2 });
  const log = distribution.logProbability(Float32Array.of(500), 0, Float32Array.of(-3), Int32Array.of(4));
  expect(Math.exp(log)).toBeCloseTo(1, 9);
  expect(distribution.entropy).toBeCloseTo(0, 9);
});

test('a masked choice has no probability, is never drawn, and is passed over by the greedy action', () => {
  for (const [, space] of SPACES) {
    const distribution = createActionDistribution(space);
    const random = createStream(3, 'masked');
    const masks = new Uint8Array(distribution.choices).map((_, k) => (k % 2 === 1 ? 1 : 0));
    const outputs = new Float32Array(distribution.outputs).map(() => random.normal());
    const counts = space.kind === 'multi-discrete' ? space.counts : [space.kind === 'discrete' ? space.count : 0];
    const actions = new Int32Array(counts.length);
    const allowed = () =>
      [...actions].every((action, c) => masks[counts.slice(0, c).reduce((sum, count) => sum + count, 0) + action] === 1);
    for (let k = 0; k < 200; k++) {
      const log = distribution.sample(outputs, 0, distribution.initialFree, random, actions, masks);
      expect(allowed()).toBe(true);
      expect(Number.isFinite(log)).toBe(true);
    }
    distribution.greedy(outputs, 1, actions, masks);
    expect(allowed()).toBe(true);
    expect(Number.isFinite(distribution.entropy)).toBe(true);
  }
});

const BOX: Space = { kind: 'box', names: ['a', 'b'], low: Float64Array.of(0, -1), high: Float64Array.of(10, 1) };

test('quantities are drawn around the middle of their bounds, and cut to them for the environment', () => {
  const distribution = createActionDistribution(BOX);
  const random = createStream(4, 'box');
  const actions = new Float64Array(2);
  distribution.greedy(new Float32Array(2), 1, actions);
  expect([...actions]).toEqual([5, 0]);
  const bounded = new Float64Array(2);
  let sum = 0;
  for (let k = 0; k < 4000; k++) {
    distribution.sample(new Float32Array(2), 0, Float32Array.of(2, 0), random, actions);
    distribution.bounded(actions, bounded);
    sum += actions[0] / 4000;
    expect(bounded[0] >= 0 && bounded[0] <= 10 && bounded[1] >= -1 && bounded[1] <= 1).toBe(true);
  }
  // The deviation is e^2 = 7.4: the mean of 4,000 has one of 0.12.
  expect(Math.abs(sum - 5)).toBeLessThan(0.5);
});

test('derivatives of a box equal finite differences', () => {
  const distribution = createActionDistribution(BOX);
  const outputs = Float32Array.of(0.3, -0.2);
  const free = Float32Array.of(0.5, -0.4);
  const actions = Float64Array.of(7, 0.9);
  const byOutput = new Float32Array(2);
  const byFree = new Float32Array(2);
  distribution.logProbability(outputs, 0, free, actions);
  distribution.backward({ byLogProbability: 0.7, byEntropy: -0.4 }, { outputs, row: 0, free, actions }, { byOutput, byFree });
  const value = () => 0.7 * distribution.logProbability(outputs, 0, free, actions) - 0.4 * distribution.entropy;
  for (const [numbers, gradient] of [
    [outputs, byOutput],
    [free, byFree],
  ]) {
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i];
      numbers[i] = number + 1 / 256;
      const above = value();
      numbers[i] = number - 1 / 256;
      const below = value();
      numbers[i] = number;
      expect(gradient[i] / (128 * (above - below))).toBeCloseTo(1, 2);
    }
  }
});
