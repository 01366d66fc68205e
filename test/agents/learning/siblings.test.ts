import { expect, test } from 'vitest';
import { createPpo, estimateAdvantages, type PpoSettings } from '../../../agents/learning/index.ts';
import { createSupplyEnvironment } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';
import { choices, TableEnvironment, TWO_STEPS } from './table-environment.ts';

test("siblings' errors are taken off, and a shared piece of luck is gone", () => {
  const own = [1, 2, 4];
  const advantages = (luck: number) => {
    const into = new Float64Array(3);
    const inputs = { periods: 1, lanes: 3, values: [0, 0, 0], nextValues: [0, 0, 0], ended: new Uint8Array(3), discount: 0.9, lambda: 0.8 };
    estimateAdvantages({ ...inputs, rewards: Float64Array.from(own, (reward) => reward + luck), siblings: 3 }, into);
    return [...into];
  };
  // 1 - (2 + 4) / 2, 2 - (1 + 4) / 2, 4 - (1 + 2) / 2.
  expect(advantages(0)).toEqual([-2, -0.5, 2.5]);
  expect(advantages(100)).toEqual([-2, -0.5, 2.5]);
});

test('lanes of a group face the same demand, other groups another, also after a reset with a seed', () => {
  const scenario = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });
  const environment = createSupplyEnvironment({ scenario, lanes: 8, seed: 3, siblings: 4 });
  for (const seed of [undefined, 11]) {
    environment.reset({ seed });
    const demands: number[][] = Array.from({ length: 8 }, () => []);
    for (let t = 0; t < 20; t++) {
      environment.step(Int32Array.from({ length: 8 }, (_, lane) => lane));
      for (const [lane, demand] of environment.simulator.demand.entries()) demands[lane].push(demand);
    }
    for (let lane = 0; lane < 8; lane++) expect(demands[lane]).toEqual(demands[4 * Math.floor(lane / 4)]);
    expect(demands[0]).not.toEqual(demands[4]);
  }
});

const settings: PpoSettings = { steps: 4096, horizon: 8, minibatch: 32, hidden: [16], learningRate: 0.01, lookahead: 0 };

async function trained(config: PpoSettings) {
  const scenario = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });
  const environment = createSupplyEnvironment({ scenario, lanes: 32, seed: 1, siblings: 8, observation: ['cover'], spreadStart: true });
  const trainer = await createPpo({ environment, seed: 1, config: { ...settings, ...config } });
  const metrics = Array.from({ length: 16 }, () => trainer.step().metrics);
  const checkpoint = trainer.save();
  trainer.dispose();
  return { metrics, checkpoint };
}

test('one network for policy and values learns a reward that is a step away, and its checkpoint holds no critic', async () => {
  const environment = new TableEnvironment({ lanes: 16, outcomes: TWO_STEPS });
  const config = { ...settings, hidden: [16], discount: 0.9, shared: true };
  const trainer = await createPpo({ environment, seed: 1, config });
  while (trainer.steps < trainer.plannedSteps) trainer.step();
  expect(choices(trainer.policy(), 2)).toEqual([1, 1]);
  expect(trainer.save().arrays.critic).toBeUndefined();
  // Two states in, 16 hidden; two logits and the value out.
  expect(trainer.save().arrays.actor.length).toBe(2 * 16 + 16 + 16 * 3 + 3);
  trainer.dispose();
});

test('a target for the divergence keeps updates short of it', async () => {
  const free = await trained({ learningRate: 0.05 });
  const kept = await trained({ learningRate: 0.05, targetKl: 0.002 });
  const steps = ({ checkpoint }: Awaited<ReturnType<typeof trained>>) => Number(checkpoint.data.actorSteps);
  expect(steps(free)).toBe(16 * 4 * 8);
  expect(steps(kept)).toBeLessThan(steps(free) / 2);
});
