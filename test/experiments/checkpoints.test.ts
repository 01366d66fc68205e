import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resumeTraining, runsFolder, train } from '../../experiments/index.ts';
import { readCheckpoint } from '../../experiments/runs/checkpoints.ts';
import { cutMetricsBack, readMetrics } from '../../experiments/runs/metrics-log.ts';
import { loadScenario } from '../../scenarios/index.ts';

const loaded = await loadScenario('lost-sales', { set: ['leadTime=1'] });
const small = {
  loaded,
  agent: 'ppo',
  lanes: 32,
  seed: 7,
  settings: { hidden: [8], horizon: 8, lookahead: 0 },
  evaluation: null,
  curvePoints: 2,
  checkpointSeconds: 0,
} as const;

/** A run of twelve iterations that was stopped after four of them. */
async function stopped(): Promise<{ run: string; last: string; previous: string }> {
  const stop = new AbortController();
  const { run } = await train({
    ...small,
    steps: 12 * 256,
    signal: stop.signal,
    onProgress: ({ steps }) => {
      if (steps >= 4 * 256) stop.abort();
    },
  });
  const place = (name: string) => join(runsFolder(), run, 'checkpoint', name);
  return { run, last: place('trainer.bin'), previous: place('trainer.previous.bin') };
}

describe('a checkpoint', () => {
  test('that was cut short is refused with its name, and the one before it is offered and works', async () => {
    const { run, last } = await stopped();
    await truncate(last, 1000);
    const refusal = resumeTraining({ run });
    await expect(refusal).rejects.toThrow(/trainer\.bin \(1000 bytes\) is cut short or was altered/);
    await expect(refusal).rejects.toThrow(/The one before it, of step \d+, is whole: replenish train --resume \S+ --checkpoint previous/);
    const resumed = await resumeTraining({ run, checkpoint: 'previous' });
    const whole = await train({ ...small, steps: 12 * 256 });
    const untimed = (run: string) => readMetrics(run).then((lines) => lines.map((line) => ({ ...line, seconds: 0 })));
    expect(await untimed(resumed.run)).toEqual(await untimed(whole.run));
    expect((await readCheckpoint(run))?.arrays).toEqual((await readCheckpoint(whole.run))?.arrays);
  });

  test('with one altered bit is refused', async () => {
    const { run, last } = await stopped();
    const bytes = await readFile(last);
    bytes[bytes.length - 3] ^= 1;
    await writeFile(last, bytes);
    await expect(resumeTraining({ run })).rejects.toThrow(/trainer\.bin .* altered/);
  });

  test('of which both are damaged leaves nothing to go on from, and that is said', async () => {
    const { run, last, previous } = await stopped();
    await truncate(last, 10);
    await truncate(previous, 10);
    await expect(resumeTraining({ run })).rejects.toThrow(/damaged as well: train a new run/);
    await expect(resumeTraining({ run, checkpoint: 'previous' })).rejects.toThrow(/trainer\.previous\.bin/);
  });
});

test('metrics of steps after the checkpoint, and a line broken off, are cut back', async () => {
  const { run } = await stopped();
  const file = join(runsFolder(), run, 'metrics.ndjson');
  const before = await readMetrics(run);
  await writeFile(file, `${await readFile(file, 'utf8')}{"steps":99999,"reward":1}\n{"steps":100`);
  expect(await cutMetricsBack(run, 4 * 256)).toEqual(before);
  expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(before.length);
});

// Gradient steps so large that the second of them overflows, the first checkpoint made before.
const OVERFLOWING = [
  ['ppo', 'actor', { hidden: [8], horizon: 8, lookahead: 0, learningRate: 1e12, epochs: 1, minibatch: 256 }, 12 * 256],
  ['dqn', 'network', { hidden: [8], lookahead: 0, learningRate: 1e12, learningStarts: 512, capacity: 1024, targetEvery: 1 }, 12 * 256],
  ['dcl', 'network', { hidden: [8], base: 'base-stock:S=12', paths: 8, learningRate: 1e30, minibatch: 32 }, 4_000_000],
] as const;

test.each(OVERFLOWING)(
  '%s: a loss that is no longer a number stops the run with the step and the culprit, the last good checkpoint intact',
  async (agent, weights, settings, steps) => {
    let run = '';
    const onMessage = (text: string) => {
      run ||= text.split('run ')[1];
    };
    await expect(train({ ...small, agent, settings, curvePoints: 1, steps, onMessage })).rejects.toThrow(
      /is (NaN|-?Infinity) after \d+ environment steps\. The last good checkpoint of run \S+ is as it was/,
    );
    const checkpoint = await readCheckpoint(run);
    expect(checkpoint?.data.steps).toBeGreaterThan(0);
    expect([...(checkpoint?.arrays[weights] ?? [])].every(Number.isFinite)).toBe(true);
  },
);
