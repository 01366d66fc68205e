import { expect, test, vi } from 'vitest';
import { createPpo, type PpoSettings } from '../../../agents/learning/index.ts';
import { createSupplyEnvironment } from '../../../env/index.ts';
import { loadScenario } from '../../../scenarios/index.ts';
import { shop } from './agents.ts';

const small: PpoSettings = { horizon: 4, minibatch: 8, hidden: [4], lookahead: 0 };

test('ppo: lanes start anew in the update that comes after so many periods, each time elsewhere', async () => {
  const environment = shop({ lanes: 2 });
  const reset = vi.spyOn(environment, 'reset');
  const trainer = await createPpo({ environment, seed: 1, config: { ...small, restart: 8 } });
  reset.mockClear();
  const starts = Array.from({ length: 7 }, () => {
    trainer.step();
    return reset.mock.calls.length;
  });
  expect(starts).toEqual([0, 0, 1, 1, 2, 2, 3]);
  expect(new Set(reset.mock.calls.map(([options]) => options?.seed)).size).toBe(3);
  trainer.dispose();
});

test.each([
  ['lost-sales', 'one stock point comes back to all its states', 0],
  ['beer-game', 'a scenario that ends starts anew by itself', 0],
  ['one-warehouse', 'a network can be empty everywhere', 320],
])('ppo in %s: %s', async (id, _why, periods) => {
  const { scenario, agentInterface } = await loadScenario(id);
  const environment = createSupplyEnvironment({
    scenario,
    lanes: 2,
    actions: agentInterface.actions,
    observation: agentInterface.observation,
  });
  const trainer = await createPpo({ environment, seed: 1, config: small });
  expect(trainer.config.restart).toBe(periods);
  trainer.dispose();
});
