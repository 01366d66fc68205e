import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outsideReason, universal } from '../../agents/index.ts';
import {
  evaluate,
  loadRunNetwork,
  makePolicy,
  optimumIfAny,
  readRun,
  resumeFamily,
  runsFolder,
  trainFamily,
} from '../../experiments/index.ts';
import { readArchive } from '../../experiments/runs/artefacts.ts';
import { familyNames, loadScenario, openFamily } from '../../scenarios/index.ts';

const tiny = {
  family: 'lost-sales',
  set: ['leadTime=1'],
  seed: 4,
  settings: { items: 302, states: 1, paths: 8, horizon: 4, searched: 300, hidden: [8, 8], epochs: 2, minibatch: 32 },
} as const;

async function weights(run: string): Promise<unknown> {
  const { arrays, data } = await readArchive(run, 'checkpoint/policy');
  return { arrays, bounds: data.bounds };
}

const whole = trainFamily(tiny);

/** Waits for a run's first finished chunk. */
async function firstChunk(folder: string): Promise<string> {
  for (;;) {
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    const chunk = files.find((file) => file.endsWith('tries-0.bin'));
    if (chunk !== undefined) return chunk;
    await new Promise((done) => setTimeout(done, 10));
  }
}

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
        if (doing.startsWith('101 of')) stop.abort();
      },
    });
    await expect(first).rejects.toThrow();
    expect((await readRun(broken)).finished).toBe(false);
    await access(join(runsFolder(), broken, 'chunks', 'tries-0.bin'));
    const { run } = await resumeFamily(broken, { cores: 2 });
    expect(await weights(run)).toEqual(await weights((await whole).run));
    await expect(access(join(runsFolder(), run, 'chunks'))).rejects.toThrow();
    await expect(resumeFamily(run)).rejects.toThrow(`run "${run}" is finished`);
  }, 120_000);

  test('killed in the middle and resumed it ends as one that was not', async () => {
    const settings = Object.entries(tiny.settings).flatMap(([knob, value]) => ['--set', `agent.${knob}=${JSON.stringify(value)}`]);
    const args = [
      'train',
      '--agent',
      'dcl',
      '--family',
      tiny.family,
      '--set',
      tiny.set[0],
      '--seed',
      `${tiny.seed}`,
      '--cores',
      '1',
      ...settings,
    ];
    const home = await mkdtemp(join(tmpdir(), 'replenish-killed-'));
    const env = { ...process.env, REPLENISH_HOME: home };
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/bin.ts', ...args], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const file = await firstChunk(join(home, 'runs'));
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    const run = file.split('/')[0];
    await cp(join(home, 'runs', run), join(runsFolder(), run), { recursive: true });
    expect((await readRun(run)).finished).toBe(false);
    await resumeFamily(run);
    expect(await weights(run)).toEqual(await weights((await whole).run));
  }, 120_000);

  test('its run orders for any item of the family, and knows the others', async () => {
    const { run } = await whole;
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
    [
      { family: 'nothing' },
      /--family nothing: there is no such family; expected lost-sales, lost-sales-fixed-cost, backlog, random-lead-time, moving-demand, or the path of a YAML file/,
    ],
    [{ family: 'lost-sales', settings: { items: 0 } }, /agent\.items: 0/],
    [
      { family: 'lost-sales', settings: { item: 5 } },
      /agent\.item: there is no such knob of training for a family; expected one of items, states/,
    ],
  ])('%j is refused in one line', async (options, message) => {
    await expect(trainFamily(options)).rejects.toThrow(message);
  });
});

describe.each(familyNames)('a network for the family %s', (family) => {
  const settings = { items: 40, states: 2, paths: 16, horizon: 4, searched: 200, hidden: [8, 8], epochs: 2, minibatch: 16 };

  test('is trained, and orders for its items, twice alike', async () => {
    const [first, second] = [await trainFamily({ family, seed: 3, settings }), await trainFamily({ family, seed: 3, settings })];
    expect(await weights(first.run)).toEqual(await weights(second.run));
    const network = await loadRunNetwork(first.run);
    const opened = await openFamily(family);
    const items = Array.from({ length: 12 }, (_, k) => opened.draw(k, { seed: 9, purpose: 'test item' }).scenario);
    const inside = items.filter((scenario) => outsideReason(scenario, [network]) === undefined);
    expect(inside.length).toBeGreaterThan(4);
    const { results } = evaluate({ scenario: inside[0], policies: [universal({ networks: [network] })], lanes: 4, periods: 50 });
    expect(results[0].costPerPeriod).toBeGreaterThan(0);
  }, 60_000);
});

test('the network that ships orders within 0.6 % of the optimum', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['shortageCost=9', 'leadTime=2'] });
  const { policy } = await makePolicy('universal', { loaded });
  const optimum = optimumIfAny(loaded);
  const [{ gapPercent }] = evaluate({ scenario: loaded.scenario, policies: [policy], lanes: 256, periods: 400, seed: 5, optimum }).results;
  expect(gapPercent).toBeLessThan(0.6);
}, 60_000);
