import { describe, expect, test } from 'vitest';
import { evaluate, makePolicy, train } from '../../experiments/index.ts';
import { type LoadedScenario, loadScenario } from '../../scenarios/index.ts';

/** Small enough for tests. */
const SMALL = { paths: 16, pathGrowth: 2, horizon: 12, finalists: 4, fitPart: 0.6, minibatch: 64, hidden: [16], learningRate: 0.01 };

async function improve(base: string, loaded: LoadedScenario, { listed = 128, steps = 3_000_000 } = {}) {
  const settings = { ...SMALL, listed, candidates: 8, base };
  const result = await train({ loaded, agent: 'dcl', seed: 1, lanes: 64, steps, settings, evaluation: null, curvePoints: 10 });
  const policies = [base, `run:${result.run}`].map(async (spec) => (await makePolicy(spec, { loaded })).policy);
  const { differences } = evaluate({
    scenario: loaded.scenario,
    policies: await Promise.all(policies),
    lanes: 128,
    periods: 1000,
    seed: 99,
  });
  return { ...result, difference: differences[0] };
}

describe('dcl improves, beyond chance,', () => {
  test.each(['base-stock:S=15', 'constant:r=4', 'capped-base-stock:S=14,r=9'])('on %s', async (base) => {
    const { difference, curve } = await improve(base, await loadScenario('lost-sales', { set: ['leadTime=1'] }));
    expect(difference.reference).toContain(base.split(':')[0]);
    expect(difference.ci95?.[1]).toBeLessThan(0);
    // Half of the plan is over when the first network has been fitted: nothing is measured before.
    expect(curve[0].step).toBeGreaterThan(0.4 * 3_000_000);
  });

  test('on a run of another agent', async () => {
    const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
    const settings = { hidden: [16], horizon: 16, lookahead: 2 };
    const { run } = await train({ loaded, agent: 'ppo', seed: 1, lanes: 64, steps: 16_384, settings, evaluation: null });
    const { difference } = await improve(`run:${run}`, loaded);
    expect(difference.ci95?.[1]).toBeLessThan(0);
  });

  test.each([
    ['by levels', ['environment.actions={"kind":"order-up-to"}']],
    ['by multiples of the mean', ['environment.actions={"kind":"multiple"}']],
    ['in whole lots', ['links.supplier>store.batch=2']],
    ['of at least so much, or none', ['links.supplier>store.minimumOrder=3']],
  ])('where orders are made %s', async (_, set) => {
    const loaded = await loadScenario('lost-sales', { set: ['leadTime=1', ...set] });
    const { difference } = await improve('base-stock:S=16', loaded);
    expect(difference.ci95?.[1]).toBeLessThan(0);
  });

  test('where there are too many actions to list them', async () => {
    const loaded = await loadScenario('dual-sourcing');
    const { difference } = await improve('tailored-base-surge:r=1,S=3', loaded, { listed: 4, steps: 8_000_000 });
    expect(difference.ci95?.[1]).toBeLessThan(0);
  });
});

test('a run is evaluated beside what it set out from, on the same demand', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  const evaluation = { lanes: 64, periods: 500 };
  const settings = { ...SMALL, base: 'constant:r=4' };
  const { run, base } = await train({ loaded, agent: 'dcl', seed: 1, lanes: 64, steps: 1_000_000, settings, evaluation, curvePoints: 1 });
  const policies = [await makePolicy('constant:r=4', { loaded }), await makePolicy(`run:${run}`, { loaded })].map(({ policy }) => policy);
  const { results, differences } = evaluate({ scenario: loaded.scenario, policies, ...evaluation, seed: 1 });
  expect(base).toMatchObject({ policy: results[0].policy, costPerPeriod: results[0].costPerPeriod });
  expect(base?.difference).toBeCloseTo(differences[0].mean, 9);
  expect(base?.ci95?.[0]).toBeCloseTo(differences[0].ci95?.[0] ?? Number.NaN, 9);
});

test('dcl says that it tries whole numbers where orders are real ones', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['environment.actions={"kind":"continuous"}'] });
  await expect(improve('base-stock:S=15', loaded)).rejects.toThrow('dcl tries whole numbers');
});
