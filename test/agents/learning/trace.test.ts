import { expect, test } from 'vitest';
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
