import { describe, expect, test } from 'vitest';
import { createDqn, createPpo, restoreActingNetwork } from '../../../agents/learning/index.ts';
import { UserError } from '../../../env/index.ts';
import { decodeArchive, encodeArchive, openTensors } from '../../../neural/index.ts';
import { AGENTS, createAgent, shop } from './agents.ts';
import { ONE_STATE, TableEnvironment } from './table-environment.ts';

const LANES = 8;

describe.each(AGENTS)('%s', (agent) => {
  const create = (seed = 1) => createAgent(agent, { environment: shop({ lanes: LANES, seed }), seed, discount: 0.98 });

  async function trace(iterations: number, seed: number): Promise<unknown> {
    const trainer = await create(seed);
    const metrics = Array.from({ length: iterations }, () => trainer.step().metrics);
    return { metrics, checkpoint: trainer.save() };
  }

  test('the same seed gives the same run to the last bit, another seed another', async () => {
    const first = await trace(8, 1);
    expect(await trace(8, 1)).toEqual(first);
    expect(await trace(8, 2)).not.toEqual(first);
  });

  test('saved after some iterations and resumed through a file, a run ends as an uninterrupted one', async () => {
    const whole = await create();
    for (let k = 0; k < 9; k++) whole.step();
    const interrupted = await create();
    for (let k = 0; k < 5; k++) interrupted.step();
    const file = encodeArchive(interrupted.save());
    const resumed = await create(77);
    resumed.step();
    resumed.restore(decodeArchive(file, { name: 'checkpoint.bin' }));
    for (let k = 5; k < 9; k++) resumed.step();
    expect(resumed.save()).toEqual(whole.save());
  });

  test('a checkpoint of another kind or of another environment is refused', async () => {
    const trainer = await create();
    expect(() => trainer.restore({ kind: 'other', data: {}, arrays: {} })).toThrow('checkpoint of "other"');
    const other = await createAgent(agent, { environment: new TableEnvironment({ lanes: LANES, outcomes: ONE_STATE }) });
    expect(() => trainer.restore(other.save())).toThrow(UserError);
  });

  test('no tensor is left behind by a thousand updates', async () => {
    const trainer = await create();
    const { tf } = await openTensors();
    trainer.step();
    const { numTensors } = tf.memory();
    for (let k = 0; k < 125; k++) trainer.step();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test('a policy taken is frozen: training on does not change it', async () => {
    const environment = shop({ lanes: LANES });
    const trainer = await createAgent(agent, { environment });
    trainer.step();
    const policy = trainer.policy();
    const saved = encodeArchive(policy.save());
    const before = actionsOf(policy);
    for (let k = 0; k < 6; k++) trainer.step();
    expect(actionsOf(policy)).toEqual(before);
    expect(encodeArchive(policy.save())).toEqual(saved);
  });

  test('a saved policy acts as the one it was saved from', async () => {
    const trainer = await create();
    for (let k = 0; k < 3; k++) trainer.step();
    const policy = trainer.policy();
    const read = restoreActingNetwork(decodeArchive(encodeArchive(policy.save()), { name: 'policy.bin' }));
    expect(actionsOf(read)).toEqual(actionsOf(policy));
    expect(() => restoreActingNetwork(trainer.save())).toThrow(UserError);
  });

  test('an observation that is not a number stops the run with its name, lane and step', async () => {
    class Faulty extends TableEnvironment {
      #steps = 0;
      override step(actions: ArrayLike<number>): ReturnType<TableEnvironment['step']> {
        const result = super.step(actions);
        if (++this.#steps === 5) result.observations[2] = Number.NaN;
        return result;
      }
    }
    const trainer = await createAgent(agent, { environment: new Faulty({ lanes: 4, outcomes: ONE_STATE }) });
    expect(() => trainer.step()).toThrow('Observation "in state 0" of lane 2 is NaN after 20 environment steps');
  });

  test('a reward that is not a number stops the run, and the weights stay as they were', async () => {
    const broken = ONE_STATE.map((actions) => actions.map(() => ({ reward: Number.NaN })));
    const trainer = await createAgent(agent, { environment: new TableEnvironment({ lanes: 64, outcomes: broken }) });
    const weights = (name: string) => trainer.save().arrays[name];
    const before = weights(agent === 'ppo' ? 'actor' : 'network');
    expect(() => trainer.step()).toThrow(/is NaN after \d+ environment steps/);
    expect(weights(agent === 'ppo' ? 'actor' : 'network')).toEqual(before);
  });
});

function actionsOf(policy: {
  readonly features: number;
  act(observations: Float32Array, lanes: number, actions: Int32Array): void;
}): number[] {
  const observations = Float32Array.from({ length: 50 * policy.features }, (_, i) => 3 * Math.sin(i));
  const actions = new Int32Array(50);
  policy.act(observations, 50, actions);
  return [...actions];
}

test.each([
  [
    { kind: 'multi-discrete', names: ['a', 'b', 'c'], counts: [12, 12, 12] },
    /12 x 12 x 12 = 1728 combinations, and dqn lists 1024 at most/,
  ],
  [
    { kind: 'box', names: ['order'], low: Float64Array.of(0), high: Float64Array.of(9) },
    /quantities \(order\), which dqn cannot list: use ppo/,
  ],
] as const)('dqn refuses actions that it cannot list: %o', async (actionSpace, message) => {
  const environment = new TableEnvironment({ lanes: 2, outcomes: ONE_STATE, actionSpace });
  await expect(createDqn({ environment, seed: 1 })).rejects.toThrow(message);
});

test('an unknown knob is refused by its name', async () => {
  const environment = new TableEnvironment({ lanes: 2, outcomes: ONE_STATE });
  const config = JSON.parse('{ "learningRat": 1 }');
  await expect(createPpo({ environment, seed: 1, config })).rejects.toThrow('learningRat');
});

test('observations normalised in training are normalised alike, with frozen statistics, in acting', async () => {
  const environment = shop({ lanes: LANES });
  const trainer = await createPpo({
    environment,
    seed: 1,
    config: { horizon: 8, minibatch: 32, hidden: [8], normaliseObservations: true },
  });
  for (let k = 0; k < 3; k++) trainer.step();
  const { scaler } = trainer.save().arrays;
  const policy = trainer.policy();
  actionsOf(policy);
  expect(trainer.save().arrays.scaler).toEqual(scaler);
  expect(policy.save().arrays.scaler).toEqual(scaler);
});
