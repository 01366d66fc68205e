import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { constantOrder } from '../../agents/index.ts';
import { evaluate, listRuns, makePolicy, readRun, resumeTraining, runsFolder, train } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const loaded = await loadScenario('lost-sales', { set: ['leadTime=2'] });
const small = { loaded, agent: 'ppo', lanes: 64, seed: 7, curvePoints: 2, evaluation: { lanes: 64, periods: 200 } } as const;

describe('train', () => {
  it('learns to order more cheaply than the best constant order', async () => {
    const { run, evaluation } = await train({ ...small, steps: 40_960 });
    const { policy } = await makePolicy(`run:${run}`, { loaded });
    const { results, differences } = evaluate({
      scenario: loaded.scenario,
      policies: [constantOrder({ r: 4 }), policy],
      lanes: 64,
      periods: 200,
      seed: 7,
    });
    expect(differences[0].ci95?.[1]).toBeLessThan(0);
    // The agent that was saved is the one that was evaluated.
    expect(results[1].costPerPeriod).toBe(evaluation?.costPerPeriod);
  }, 60_000);

  it('gives the same run for the same seed', async () => {
    const outcome = async () => {
      const { curve, evaluation, steps } = await train({ ...small, steps: 8192 });
      return { steps, evaluation, curve: curve.map(({ step, costPerPeriod }) => ({ step, costPerPeriod })) };
    };
    expect(await outcome()).toEqual(await outcome());
  }, 60_000);

  it('writes down the versions of what its numbers depend on', async () => {
    const { run } = await train({ ...small, steps: 64 });
    const { versions } = await readRun(run);
    expect(Object.keys(versions)).toContain('@xenova/transformers');
    for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('keeps what was done when it is broken off, and goes on to the same end as a run that was not', async () => {
    const whole = await train({ ...small, steps: 16_384 });
    const stop = new AbortController();
    const broken = await train({ ...small, steps: 16_384, signal: stop.signal, onProgress: () => stop.abort() });
    expect(broken.evaluation).toBeNull();
    expect(broken.steps).toBeLessThan(16_384);
    expect((await listRuns()).find(({ run }) => run === broken.run)?.finished).toBe(false);
    await resumeTraining({ run: broken.run });
    const cost = async (run: string) => {
      const { policy } = await makePolicy(`run:${run}`, { loaded });
      return evaluate({ scenario: loaded.scenario, policies: [policy], lanes: 64, periods: 100 }).results[0].costPerPeriod;
    };
    expect(await cost(broken.run)).toBe(await cost(whole.run));
    expect((await readRun(broken.run)).finished).toBe(true);
  }, 60_000);

  it('by time writes down how many steps that will be, as soon as it knows, for those who follow the run', async () => {
    const stop = new AbortController();
    let id = '';
    let told = { steps: -1, config: { steps: -1 } };
    await train({
      ...small,
      seconds: 100_000,
      signal: stop.signal,
      onStart: (run) => {
        id = run;
      },
      onProgress: () => {
        told = JSON.parse(readFileSync(join(runsFolder(), id, 'run.json'), 'utf8'));
        stop.abort();
      },
    });
    // Far more than PPO's own number of steps; from none of them can it be gone on yet.
    expect(told.config.steps).toBeGreaterThan(1_000_000);
    expect(told.steps).toBe(0);
  }, 60_000);

  it('refuses a damaged record, and names it', async () => {
    const { run } = await train({ ...small, steps: 2048 });
    await writeFile(join(runsFolder(), run, 'run.json'), '{ "run": ');
    await expect(makePolicy(`run:${run}`, { loaded })).rejects.toThrow(/run\.json: damaged/);
  });

  it.each([
    [{ gradientNrm: 1 }, /agent\.gradientNrm: there is no such knob; expected one of .*gradientNorm/],
    [{ discount: 2 }, /agent\.discount: 2; /],
  ])('refuses the agent settings %j', async (settings, message) => {
    await expect(train({ ...small, settings })).rejects.toThrow(message);
  });

  it('refuses to go on with a run that is done, or not there', async () => {
    const { run } = await train({ ...small, steps: 2048 });
    await expect(resumeTraining({ run })).rejects.toThrow(/has made its 2048 steps; give a larger --steps/);
    await expect(resumeTraining({ run: 'nothing' })).rejects.toThrow(/run "nothing": not in /);
  });
});
