import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { launcher, replenishJson } from './replenish.ts';

test('Ctrl-C ends training cleanly: what was done is kept, listed as unfinished, and can be gone on with', async () => {
  const args = ['train', 'lost-sales', '--steps', '200000', '--lanes', '16', '--set', 'leadTime=1', '--json'];
  const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  await new Promise<void>((begun) => child.stderr.on('data', (text) => String(text).includes('run lost-sales-') && begun()));
  const ended = once(child, 'close');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  const { run, evaluation } = JSON.parse(stdout);
  expect(evaluation).toBeNull();
  expect(await replenishJson(['runs', 'list'])).toMatchObject({ runs: [{ run, finished: false }] });
  expect(await replenishJson(['train', '--resume', run])).toMatchObject({ run, evaluation: { costPerPeriod: expect.any(Number) } });
});
