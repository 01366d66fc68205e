import { expect, test } from 'vitest';
import { makePolicy, resumeTraining, train } from '../../experiments/index.ts';
import { cheapestIndex, stopReason } from '../../experiments/stopping.ts';
import { loadScenario } from '../../scenarios/index.ts';

const curve = (...costs: number[]) => costs.map((costPerPeriod, k) => ({ step: k + 1, seconds: 0, costPerPeriod }));

test('a plateau is so many points without a cheaper one', () => {
  const never = { patience: null, stopAtGap: null };
  expect(stopReason(curve(5, 4, 4.1, 4.2), { ...never, patience: 2 })).toBe('plateau');
  expect(stopReason(curve(5, 4, 4.1), { ...never, patience: 2 })).toBeNull();
  expect(stopReason(curve(5, 4, 4.1, 3.9), { ...never, patience: 2 })).toBeNull();
  expect(stopReason(curve(5, 6, 7, 8), never)).toBeNull();
  expect(cheapestIndex(curve(5, 4, 4, 6))).toBe(1);
});

test('training stops at a gap to the optimum, says so, and can be given more steps', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  const options = {
    loaded,
    agent: 'ppo',
    lanes: 32,
    seed: 1,
    settings: { hidden: [8], horizon: 8, lookahead: 2 },
    evaluation: null,
  } as const;
  const { run, stopped, steps, curve } = await train({ ...options, steps: 20_480, curvePoints: 10, stopAtGap: 60 });
  expect(stopped).toBe('gap');
  expect(steps).toBeLessThan(20_480);
  expect(curve.at(-1)?.gapPercent).toBeLessThanOrEqual(60);
  expect(curve.slice(0, -1).every(({ gapPercent = 0 }) => gapPercent > 60)).toBe(true);
  await expect(resumeTraining({ run })).rejects.toThrow(/give a larger --steps/);
  expect(await resumeTraining({ run, steps: 20_480 })).toMatchObject({ steps: 20_480, stopped: null });
}, 60_000);

test('the cheapest policy of the curve is kept beside the last', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  const { run } = await train({ loaded, agent: 'ppo', lanes: 32, steps: 2048, settings: { hidden: [8], horizon: 8 }, evaluation: null });
  expect((await makePolicy(`run:${run}@best`, { loaded })).policy.name).toBe(`run:${run}@best`);
  await expect(makePolicy(`run:${run}@first`, { loaded })).rejects.toThrow(/expected run:ID, or run:ID@best/);
});
