import { existsSync } from 'node:fs';
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ownWorkshop, type Trainee, type TrainingMessage, Trainings } from '../../dashboard/index.ts';
import { runsFolder } from '../../experiments/index.ts';
import { HandClock } from './hand-clock.ts';

const record = {
  run: 'lost-sales-ppo-1',
  scenario: 'lost-sales',
  settings: [],
  agent: 'ppo',
  seed: 3,
  config: { steps: 4000 },
  agentInterface: {},
  backend: '',
  embedder: null,
  versions: {},
  startedAt: '2026-01-01T00:00:00Z',
  steps: 0,
  seconds: 0,
  finished: false,
};

async function write(change: object = {}): Promise<void> {
  const folder = join(runsFolder(), record.run);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'run.json'), JSON.stringify({ ...record, ...change }));
}

const metrics = join(runsFolder(), record.run, 'metrics.ndjson');
const line = (steps: number, more: object) => `${JSON.stringify({ steps, seconds: steps / 1000, ...more })}\n`;

/** Training that goes on until it is told to stop. */
class PatientTrainee implements Trainee {
  stopped = false;
  #end = () => {};

  order: unknown = null;

  async run(_name: unknown, order: unknown, options?: { readonly onStart?: (run: string) => void }) {
    this.order = order;
    options?.onStart?.(record.run);
    await new Promise<void>((resolve) => {
      this.#end = resolve;
    });
    return { run: record.run, steps: 2000, seconds: 2 };
  }

  stop(): void {
    this.stopped = true;
    this.#end();
  }

  end(): void {}
}

function desk() {
  const clock = new HandClock();
  const trainees: PatientTrainee[] = [];
  const workshop = ownWorkshop();
  const trainings = new Trainings({
    clock,
    workshop: { ...workshop, run: () => Promise.reject(new Error('no lines to compare with')) },
    placeOf: async (source) => ({ source, settings: [], heldOut: false }),
    hire: () => {
      const trainee = new PatientTrainee();
      trainees.push(trainee);
      return trainee;
    },
  });
  const told: TrainingMessage[] = [];
  const until = async (holds: (message: TrainingMessage) => boolean): Promise<TrainingMessage> => {
    for (;;) {
      const found = told.find(holds);
      if (found !== undefined) return found;
      clock.turn(400);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, trainings, trainees, told, until, listen: (message: TrainingMessage) => void told.push(message) };
}

describe('a run that is followed', () => {
  beforeEach(async () => {
    await write();
    await writeFile(metrics, line(1000, { loss: 3 }));
  });

  test('is told whole at first, and then what is appended to its metrics', async () => {
    const { trainings, told, until, listen } = desk();
    const unfollow = await trainings.follow(record.run, listen);
    expect(told[0]).toMatchObject({
      state: 'training',
      from: 0,
      points: [{ step: 1000, metrics: { loss: 3 } }],
      curve: [],
      plannedSteps: 4000,
    });
    await appendFile(metrics, `${line(2000, { loss: 2 })}${line(2000, { costPerPeriod: 5.5 })}{"steps": 30`);
    const next = await until(({ from }) => from === 1);
    expect(next.points).toEqual([{ step: 2000, seconds: 2, metrics: { loss: 2 } }]);
    expect(next.curve).toEqual([{ step: 2000, seconds: 2, costPerPeriod: 5.5 }]);
    expect([next.stepsPerSecond, next.secondsLeft]).toEqual([1000, 2]);
    await appendFile(metrics, '00, "seconds": 3, "loss": 1}\n');
    expect((await until(({ from }) => from === 2)).points[0].step).toBe(3000);
    unfollow();
  });

  test('that is taken back to a checkpoint is told anew', async () => {
    const { trainings, until, listen, told } = desk();
    await writeFile(metrics, line(1000, { loss: 3 }) + line(2000, { loss: 2 }) + line(3000, { loss: 2 }));
    await trainings.follow(record.run, listen);
    expect(told[0].points).toHaveLength(3);
    await writeFile(metrics, line(1000, { loss: 3 }));
    const anew = await until((message) => message !== told[0] && message.from === 0);
    expect(anew.points.map(({ step }) => step)).toEqual([1000]);
  });

  test('that another process trains can be stopped, and says when that has happened', async () => {
    const sitting = { pid: process.pid, host: hostname(), since: '2026-01-01T00:00:00Z', until: null };
    const mark = join(runsFolder(), record.run, 'sitting.json');
    await writeFile(mark, JSON.stringify(sitting));
    const { clock, trainings, until, listen, told } = desk();
    await trainings.follow(record.run, listen);
    // An evaluation at the end may take its time: as long as the process is there it is being trained.
    for (let k = 0; k < 60; k++) {
      clock.turn(400);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(told.map(({ state }) => state)).not.toContain('away');
    await trainings.stop(record.run);
    expect(existsSync(join(runsFolder(), record.run, 'stop'))).toBe(true);
    await writeFile(mark, JSON.stringify({ ...sitting, until: '2026-01-01T00:01:00Z' }));
    await until(({ state }) => state === 'stopped');
    await expect(trainings.stop(record.run)).rejects.toThrow('nobody is training it');
    await rm(mark);
  });

  test('that is finished, or that nobody has heard of for long, says so', async () => {
    const { clock, trainings, until, listen } = desk();
    await trainings.follow(record.run, listen);
    clock.turn(20_000);
    await until(({ state }) => state === 'away');
    await write({ finished: true, steps: 4000 });
    expect((await until(({ state }) => state === 'finished')).secondsLeft).toBeNull();
  });

  test.each(['../../etc', 'nothing-of-the-kind'])('"%s" is refused', async (run) => {
    await expect(desk().trainings.follow(run, () => {})).rejects.toThrow('expected');
  });
});

describe('training from a page', () => {
  const order = { type: 'train', action: 'start', scenario: 'lost-sales', set: {}, agent: 'ppo', settings: {}, seed: 0 } as const;

  test('is started, stopped and resumed; what is trained twice or not here is refused', async () => {
    await write();
    const { trainings, trainees, until, listen } = desk();
    const run = await trainings.start(order);
    await trainings.follow(run, listen);
    await until(({ state }) => state === 'training');
    await expect(trainings.resume(run)).rejects.toThrow('is being trained');
    await trainings.stop(run);
    expect(trainees[0].stopped).toBe(true);
    await until(({ state }) => state === 'stopped');
    await expect(trainings.stop(run)).rejects.toThrow('nobody is training it');
    expect(await trainings.resume(run)).toBe(run);
    expect(trainees).toHaveLength(2);
    await trainings.close();
  });

  test('knobs of an agent are read as the command line reads them', async () => {
    const { trainings, trainees } = desk();
    const names = trainings.agents.map(({ name }) => name);
    expect(names).toEqual(['ppo', 'dqn', 'dcl']);
    for (const { knobs } of trainings.agents) for (const { help } of knobs) expect(help).toMatch(/ Takes: .+\.$/);
    const settings = { hidden: '16,16', horizon: 8 };
    await trainings.start({
      type: 'train',
      action: 'start',
      scenario: 'lost-sales',
      set: {},
      agent: 'ppo',
      settings,
      steps: 4000,
      seed: 3,
    });
    expect(trainees[0].order).toMatchObject({ settings: { hidden: [16, 16], horizon: 8 }, steps: 4000 });
  });

  test('is limited: two runs at a time, and agents that there are', async () => {
    const { trainings } = desk();
    await expect(trainings.start({ ...order, agent: 'oracle' })).rejects.toThrow('expected one of ppo, dqn, dcl');
    await trainings.start(order);
    await trainings.start(order);
    await expect(trainings.start(order)).rejects.toThrow('2 runs are being trained');
    await trainings.close();
  });
});
