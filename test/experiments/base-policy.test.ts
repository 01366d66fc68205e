import { expect, test } from 'vitest';
import { basePolicy, settleBase } from '../../experiments/base-policy.ts';
import { loadScenario } from '../../scenarios/index.ts';

test('an improvement starts from the cheapest of the baselines, written down with its parameters', async () => {
  const loaded = await loadScenario('lost-sales');
  const spec = await settleBase('', { loaded, seed: 1 });
  // Xin (2021): the best capped base stock has S 26 and r 5, and is cheaper than any base stock.
  expect(spec).toMatch(/^capped-base-stock:S=2[4-8],r=[56]$/);
  expect((await basePolicy(spec, { loaded, seed: 1 })).name).toBe('capped-base-stock');
});

test('or from what is asked for, tuned where it has no parameters', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  expect(await settleBase('base-stock:S=12', { loaded, seed: 1 })).toBe('base-stock:S=12');
  expect(await settleBase('constant', { loaded, seed: 1 })).toMatch(/^constant:r=[345]$/);
  await expect(settleBase('bestest', { loaded, seed: 1 })).rejects.toThrow('bestest');
});
