import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { askToStop, isTrained, readRun, resumeTraining, runFolder, train } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const loaded = await loadScenario('lost-sales', { set: ['leadTime=2'] });
const small = { loaded, agent: 'ppo', lanes: 64, seed: 7, curvePoints: 1, evaluation: null, steps: 4096 } as const;

/** As another process would have left it. */
function claim(run: string, by: object): void {
  writeFileSync(
    join(runFolder(run), 'sitting.json'),
    JSON.stringify({ since: '2026-01-01T00:00:00Z', host: hostname(), until: null, ...by }),
  );
}

describe('a run that is being trained', () => {
  let run = '';
  beforeAll(async () => {
    run = (await train(small)).run;
  });

  test('says so while it is, and no longer when it is done', async () => {
    const enough = new AbortController();
    let trained: boolean | null = null;
    const { run: id } = await train({
      ...small,
      steps: 100_000_000,
      signal: enough.signal,
      onStart: async (begun) => {
        trained = await isTrained(begun);
        enough.abort();
      },
    });
    expect(trained).toBe(true);
    expect(await isTrained(id)).toBe(false);
  });

  test('is trained by no other process meanwhile', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    try {
      claim(run, { pid: other.pid });
      await expect(resumeTraining({ run, steps: 8192 })).rejects.toThrow(`process ${other.pid} is training it`);
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
    // It was killed, and could not say that it has ended.
    expect(await isTrained(run)).toBe(false);
    expect((await resumeTraining({ run, steps: 8192 })).steps).toBe(8192);
  }, 60_000);

  test('of another machine counts as trained as long as there is news of it', async () => {
    claim(run, { pid: 1, host: 'elsewhere.example' });
    expect(await isTrained(run)).toBe(true);
  });

  test('ends soon when it is asked to, and keeps what was done', async () => {
    let asked: Promise<void> = Promise.resolve();
    const stopped = await train({
      ...small,
      steps: 100_000_000,
      onStart: (id) => {
        asked = askToStop(id);
      },
    });
    await asked;
    expect(stopped.evaluation).toBeNull();
    const { finished, steps } = await readRun(stopped.run);
    expect([finished, steps]).toEqual([false, stopped.steps]);
    await expect(askToStop(stopped.run)).rejects.toThrow('nobody is training it');
  }, 60_000);
});
