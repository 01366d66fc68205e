import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePolicy, readRun, resumeFamily, runsFolder, trainFamily } from '../../experiments/index.ts';
import { readArchive } from '../../experiments/runs/artefacts.ts';
import { loadScenario } from '../../scenarios/index.ts';

const tiny = {
  family: 'lost-sales',
  set: ['leadTime=1'],
  seed: 4,
  settings: { items: 202, tuned: 12, states: 1, paths: 8, horizon: 4, hidden: [8, 8], epochs: 2, minibatch: 32 },
} as const;

async function weights(run: string): Promise<unknown> {
  const { arrays, data } = await readArchive(run, 'checkpoint/policy');
  return { arrays, bounds: data.bounds };
}

const once = trainFamily(tiny);

describe('training for a family', () => {
  test('broken off between two files and resumed, on two cores, it ends as the same training that was not', async () => {
    const stop = new AbortController();
    let broken = '';
    const first = trainFamily({
      ...tiny,
      signal: stop.signal,
      onStart: (run) => {
        broken = run;
      },
      onProgress: ({ doing }) => {
        if (doing.includes('tried')) stop.abort();
      },
    });
    await expect(first).rejects.toThrow();
    expect((await readRun(broken)).finished).toBe(false);
    await access(join(runsFolder(), broken, 'chunks', 'levels-0.bin'));
    const { run } = await resumeFamily(broken, { cores: 2 });
    expect(await weights(run)).toEqual(await weights((await once).run));
    await expect(access(join(runsFolder(), run, 'chunks'))).rejects.toThrow();
    await expect(resumeFamily(run)).rejects.toThrow(`run "${run}" is finished`);
  }, 120_000);

  test('its run orders for any item of the family, and knows the others', async () => {
    const { run } = await once;
    const told: string[] = [];
    const onMessage = (message: string) => void told.push(message);
    const inside = await loadScenario('lost-sales', { set: ['shortageCost=9', 'leadTime=1'] });
    const { policy } = await makePolicy(`run:${run}`, { loaded: inside, onMessage });
    expect([policy.name, policy.parameters, told]).toEqual([`run:${run}`, {}, []]);
    const outside = await loadScenario('lost-sales', { set: ['leadTime=12'] });
    const other = await makePolicy(`run:${run}`, {
      loaded: { ...outside, document: { ...outside.document, baselines: ['constant'] } },
      onMessage,
    });
    expect(other.policy.parameters).toMatchObject({ fallback: 'constant' });
    expect(told).toEqual([
      expect.stringMatching(/was not trained for "lost-sales": lead time 12; expected 0 to 8\. Tuned, constant orders instead; --force/),
    ]);
  }, 60_000);

  test.each([
    [{ family: 'nothing' }, /nothing/],
    [{ family: 'lost-sales', settings: { items: 0 } }, /agent\.items: 0/],
    [
      { family: 'lost-sales', settings: { item: 5 } },
      /agent\.item: there is no such knob of training for a family; expected one of items, tuned/,
    ],
  ])('%j is refused in one line', async (options, message) => {
    await expect(trainFamily(options)).rejects.toThrow(message);
  });
});

test('the network that ships is small, says how it came to be, and orders within 0.6 % of the optimum', async () => {
  const { evaluate, optimumIfAny } = await import('../../experiments/index.ts');
  const loaded = await loadScenario('lost-sales', { set: ['shortageCost=9', 'leadTime=2'] });
  const { policy } = await makePolicy('universal', { loaded });
  const optimum = optimumIfAny(loaded);
  const [{ gapPercent }] = evaluate({ scenario: loaded.scenario, policies: [policy], lanes: 256, periods: 400, seed: 5, optimum }).results;
  expect(gapPercent).toBeLessThan(0.6);
}, 60_000);
