import { expect, test } from 'vitest';
import { type ActingNetwork, createDqn, createPpo } from '../../../agents/learning/index.ts';
import { AGENTS, shop } from './agents.ts';

/** Cost per period and lane on demand never seen in training. */
function costOf(act: (observations: Float32Array, lanes: number, actions: Int32Array) => void): number {
  const lanes = 256;
  const environment = shop({ lanes, seed: 5_000_000 });
  const actions = new Int32Array(lanes);
  let observations = environment.reset({ seed: 5_000_000 });
  let cost = 0;
  for (let t = 0; t < 400; t++) {
    act(observations, lanes, actions);
    const step = environment.step(actions);
    observations = step.observations;
    if (t >= 100) for (let lane = 0; lane < lanes; lane++) cost -= step.rewards[lane];
  }
  return cost / (300 * lanes);
}

async function trained(agent: (typeof AGENTS)[number]): Promise<ActingNetwork> {
  const environment = shop({ lanes: 64 });
  const trainer =
    agent === 'ppo'
      ? await createPpo({
          environment,
          seed: 1,
          config: { steps: 32_768, horizon: 16, minibatch: 256, hidden: [16, 16], learningRate: 5e-3 },
        })
      : await createDqn({
          environment,
          seed: 1,
          config: { steps: 65_536, updates: 4, minibatch: 128, hidden: [32], learningStarts: 2048, lookahead: 4 },
        });
  while (trainer.steps < trainer.plannedSteps) trainer.step();
  trainer.dispose();
  return trainer.policy();
}

test.each(AGENTS)('%s learns to order: cheaper than the best constant order, and near the optimum', async (agent) => {
  const constants = Array.from({ length: 8 }, (_, order) => costOf((_observations, _lanes, actions) => actions.fill(order)));
  const policy = await trained(agent);
  const cost = costOf((observations, lanes, actions) => policy.act(observations, lanes, actions));
  expect(cost).toBeLessThan(Math.min(...constants));
  // The optimum is 4.3953 (Zipkin 2008, table 3, p = 4, L = 2).
  expect(cost).toBeLessThan(4.3953 * 1.1);
});
