import { describe, expect, test } from 'vitest';
import { createDqn, createPpo } from '../../../agents/learning/index.ts';
import { createSupplyEnvironment } from '../../../env/index.ts';
import { readRun, train } from '../../../experiments/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';

const MAKERS = { ppo: createPpo, dqn: createDqn };

async function discountIn(agent: keyof typeof MAKERS, scenario: string, config: { discount?: number } = {}): Promise<number> {
  const loaded = await loadScenario(scenario);
  const environment = createSupplyEnvironment({ scenario: loaded.scenario, lanes: 2, ...loaded.agentInterface });
  const trainer = await MAKERS[agent]({ environment, seed: 1, config });
  const { discount } = trainer.config;
  trainer.dispose();
  return discount;
}

describe.each(['ppo', 'dqn'] as const)('%s', (agent) => {
  test('counts every cost alike where a scenario ends, and looks ahead only so far where it does not', async () => {
    expect(await discountIn(agent, 'education')).toBe(1);
    expect(await discountIn(agent, 'lost-sales')).toBeLessThan(1);
  });

  test('takes the discount that is given', async () => {
    expect(await discountIn(agent, 'education', { discount: 0.5 })).toBe(0.5);
  });

  test('a run writes down the discount that was decided', async () => {
    const loaded = await loadScenario('education');
    const { run } = await train({ loaded, agent, lanes: 16, steps: 64, evaluation: null });
    expect((await readRun(run)).config.discount).toBe(1);
  });
});
