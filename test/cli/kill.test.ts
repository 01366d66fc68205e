import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { decodeArchive } from '../../neural/index.ts';
import { launcher, replenishJson } from './replenish.ts';

const SMALL = {
  ppo: ['--steps', '24576', '--set', 'agent.horizon=16', '--set', 'agent.hidden=[16]', '--set', 'agent.lookahead=2'],
  dqn: ['--steps', '24576', '--set', 'agent.hidden=[16]', '--set', 'agent.learningStarts=1024', '--set', 'agent.capacity=4096'],
  dcl: [
    '--steps',
    '12000000',
    '--set',
    'agent.paths=8',
    '--set',
    'agent.generations=2',
    '--set',
    'agent.base=base-stock:S=12',
    '--set',
    'agent.hidden=[16]',
  ],
} as const;

function command(agent: keyof typeof SMALL): string[] {
  const often = ['--checkpoint-seconds', '0.01', '--curve-points', '4'];
  return [
    'train',
    'lost-sales',
    '--agent',
    agent,
    '--lanes',
    '64',
    '--seed',
    '3',
    '--set',
    'leadTime=1',
    ...often,
    ...SMALL[agent],
    '--json',
  ];
}

function folder(run: string): string {
  return join(String(process.env.REPLENISH_HOME), 'runs', run);
}

/** What must not depend on when a run was killed: everything but the clock. */
function outcome(run: string): unknown {
  const read = (name: string) => readFileSync(join(folder(run), name));
  const lines = read('metrics.ndjson').toString().trimEnd().split('\n');
  const { data, arrays } = decodeArchive(read('checkpoint/trainer.bin'), { name: 'trainer.bin' });
  return {
    metrics: lines.map((line) => ({ ...JSON.parse(line), seconds: 0 })),
    curve: JSON.parse(read('curve.json').toString()).map((point: object) => ({ ...point, seconds: 0 })),
    evaluation: JSON.parse(read('evaluation.json').toString().replaceAll(run, 'RUN')),
    policy: { ...JSON.parse(JSON.stringify(decodeArchive(read('checkpoint/policy.bin'), { name: 'policy.bin' }))) },
    trainer: { ...data, progress: null, arrays },
  };
}

/** Starts a run and kills it, as a power failure would, once it has logged so many lines; returns its id. */
async function killed(args: readonly string[], lines: number): Promise<string> {
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  const run = await new Promise<string>((begun, failed) => {
    let text = '';
    child.on('close', () => failed(new Error(`ended before it could be killed: ${text}`)));
    child.stderr.on('data', (data) => {
      text += data;
      const found = /run (lost-sales-\S+?)(?:, from step \d+)?\n/.exec(text);
      if (found) begun(found[1]);
    });
  });
  const metrics = join(folder(run), 'metrics.ndjson');
  const logged = () => (existsSync(metrics) ? readFileSync(metrics, 'utf8').split('\n').length - 1 : 0);
  while (logged() < lines && child.exitCode === null) await pause(1);
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
  return run;
}

test.each(['ppo', 'dqn', 'dcl'] as const)(
  '%s killed twice with kill -9 and resumed ends bit for bit as a run that was left alone',
  async (agent) => {
    const { run: whole, steps } = (await replenishJson(command(agent))) as { run: string; steps: number };
    const run = await killed(command(agent), 3);
    await killed(['train', '--resume', run], 9);
    expect(await replenishJson(['train', '--resume', run])).toMatchObject({ run, steps });
    expect(outcome(run)).toEqual(outcome(whole));
  },
  120_000,
);

test('killed before its first checkpoint, a run starts from its beginning and ends the same', async () => {
  const { run: whole } = (await replenishJson(command('ppo'))) as { run: string };
  const run = await killed(command('ppo'), 1);
  rmSync(join(folder(run), 'checkpoint'), { recursive: true });
  expect(await replenishJson(['train', '--resume', run])).toMatchObject({ run, steps: 24_576 });
  expect(outcome(run)).toEqual(outcome(whole));
}, 120_000);
