import { expect, test } from 'vitest';
import { summary, withoutSeeds } from '../../cli/train-seeds.ts';
import { replenish, replenishJson } from './replenish.ts';

const SMALL = [
  'train',
  'lost-sales',
  '--steps',
  '2048',
  '--lanes',
  '32',
  '--set',
  'leadTime=1',
  '--set',
  'agent.hidden=[8]',
  '--set',
  'agent.lookahead=0',
];

test('mean, deviation and worst of seeds by hand', () => {
  expect(summary([1, 2, 6])).toEqual({ mean: 3, standardDeviation: Math.sqrt(7), worst: 6 });
  expect(summary([4])).toEqual({ mean: 4, standardDeviation: null, worst: 4 });
  expect(summary([1, null])).toBeNull();
});

test('a command line loses the options that say which seeds', () => {
  expect(withoutSeeds(['train', 'x', '--seeds', '5', '--seed=3', '--json', '--steps', '9'])).toEqual(['train', 'x', '--steps', '9']);
});

test('several seeds train in processes of their own, each as it would alone, and are summed up', async () => {
  const several = await replenishJson([...SMALL, '--seeds', '2', '--seed', '4']);
  const alone = (await replenishJson([...SMALL, '--seed', '5'])) as { evaluation: { costPerPeriod: number } };
  expect(several).toMatchObject({
    seeds: [{ seed: 4 }, { seed: 5, evaluation: alone.evaluation }],
    costPerPeriod: { mean: expect.any(Number), standardDeviation: expect.any(Number), worst: expect.any(Number) },
    gapPercent: { mean: expect.any(Number) },
  });
}, 60_000);

test('what is wrong with a run of one seed is told in its own line, with exit code 2', async () => {
  const { code, stderr } = await replenish([...SMALL, '--seeds', '2', '--set', 'agent.clip=-1']);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n').at(-1)).toMatch(/^agent\.clip: -1; /);
}, 60_000);

test('the knobs of an agent are printed without a scenario', async () => {
  const { code, stdout } = await replenish(['train', '--help-agent', 'ppo']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/agent\.learningRate=0\.002 {2}\(number from 0\)\n {4}Adam's step size/);
});
