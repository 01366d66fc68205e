import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createActions, restoreActingNetwork } from '../../agents/index.ts';
import { createStream } from '../../env/index.ts';
import { exportPolicy, train } from '../../experiments/index.ts';
import { readArchive } from '../../experiments/runs/artefacts.ts';
import { loadScenario } from '../../scenarios/index.ts';

const CASES = [
  ['ppo', 'lost-sales', {}, {}],
  ['ppo', 'lost-sales', { normaliseObservations: true, activation: 'tanh' }, {}],
  ['ppo', 'lost-sales', { shared: true }, { kind: 'continuous' }],
  ['ppo', 'dual-sourcing', {}, {}],
  ['dqn', 'lost-sales', { dueling: true, learningStarts: 64 }, {}],
  ['dcl', 'lost-sales', { base: 'base-stock:S=25', paths: 4, minibatch: 32, steps: 2_000_000 }, {}],
] as const;

test.each(CASES)(
  '%s on %s with %j and actions %j: the exported module acts as the agent, masks or none',
  async (agent, scenario, settings, actions) => {
    const plain = await loadScenario(scenario, {});
    const { agentInterface } = plain;
    const loaded = 'kind' in actions ? { ...plain, agentInterface: { ...agentInterface, actions } } : plain;
    const { run } = await train({
      loaded,
      agent,
      lanes: 32,
      settings: { steps: 2048, hidden: [8], ...settings },
      evaluation: null,
      curvePoints: 1,
    });
    const { out } = await exportPolicy({ run, out: mkdtempSync(join(tmpdir(), 'policy-')) });
    const { act, features } = await import(pathToFileURL(join(out, 'policy.js')).href);
    const network = restoreActingNetwork(await readArchive(run, 'checkpoint/policy'));
    expect(features).toHaveLength(network.features);
    const random = createStream(1, 'states');
    const rows = 500;
    const observations = Float32Array.from({ length: rows * network.features }, () => 3 * random.normal());
    const own = createActions(network.actionSpace, rows);
    network.act(observations, rows, own);
    expect(act(observations)).toEqual([...own]);
    const { actionSpace: space } = network;
    if (space.kind === 'box') return;
    const choices = space.kind === 'discrete' ? space.count : space.counts.reduce((sum, count) => sum + count, 0);
    const masks = Uint8Array.from({ length: rows * choices }, () => (random.next() < 0.7 ? 1 : 0));
    network.act(observations, rows, own, masks);
    expect(act(observations, masks)).toEqual([...own]);
  },
  60_000,
);

test('a row of another length is refused with the names of the features', async () => {
  const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
  const { run } = await train({ loaded, agent: 'ppo', steps: 512, lanes: 16, settings: { hidden: [4] }, evaluation: null, curvePoints: 1 });
  const { out, features } = await exportPolicy({ run, out: mkdtempSync(join(tmpdir(), 'policy-')), best: true });
  const { act } = await import(pathToFileURL(join(out, 'policy.js')).href);
  expect(() => act(new Float32Array(features.length + 1))).toThrow(features.join(', '));
});
