import { expect, test } from 'vitest';
import { baseStock } from '../../../agents/index.ts';
import { createDcl } from '../../../agents/learning/index.ts';
import { store } from '../lost-sales.ts';
import { AGENTS, createAgent, shop } from './agents.ts';
import { TRACES } from './traces.ts';

/** Losses of the first iterations, to four figures: more would ask for the same rounding of exp and tanh on every machine. */
async function trace(agent: (typeof AGENTS)[number]): Promise<Record<string, number[]>> {
  const trainer = await createAgent(agent, { environment: shop({ lanes: 64 }), discount: 0.98 });
  const names = agent === 'ppo' ? ['policyLoss', 'valueLoss'] : ['valueLoss', 'meanTarget'];
  const metrics = Array.from({ length: 20 }, () => trainer.step().metrics);
  trainer.dispose();
  return Object.fromEntries(names.map((name) => [name, metrics.map((of) => Number(of[name].toPrecision(4)))]));
}

// Recorded with the code as it learned when it was measured against the optimum. A change that is meant to leave learning alone leaves this alone.
test.each(AGENTS)('%s: the losses of the first 20 iterations are those that were recorded', async (agent) => {
  expect(await trace(agent)).toEqual(TRACES[agent]);
});

/** What the rollouts of the first 20 steps cost, and how far the fits that follow are from their targets. */
async function dclTrace(): Promise<Record<string, number[]>> {
  const trainer = await createDcl({
    scenario: store({ shortageCost: 4, leadTime: 2, initialStock: 10 }),
    agentInterface: { actions: { kind: 'quantity' }, observation: ['cover'] },
    base: baseStock({ S: 15 }),
    lanes: 64,
    seed: 1,
    config: { steps: 3_000_000, paths: 16, horizon: 12, fitPart: 0.6, minibatch: 64, hidden: [16] },
  });
  const cost: number[] = [];
  const divergence: number[] = [];
  while (divergence.length < 20) {
    const { metrics } = trainer.step();
    if (metrics.divergence !== undefined) divergence.push(Number(metrics.divergence.toPrecision(4)));
    else if (cost.length < 20) cost.push(Number(metrics.cost.toPrecision(4)));
  }
  trainer.dispose();
  return { cost, divergence };
}

test('dcl: the costs of its first rollouts and the divergences of its first 20 fits are those that were recorded', async () => {
  expect(await dclTrace()).toEqual(TRACES.dcl);
});
