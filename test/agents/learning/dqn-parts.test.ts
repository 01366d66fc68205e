import { expect, test } from 'vitest';
import { ListedActor } from '../../../agents/learning/dqn/listed-actor.ts';
import { Priorities } from '../../../agents/learning/dqn/priorities.ts';
import { Replay } from '../../../agents/learning/dqn/replay.ts';
import { TargetBuilder } from '../../../agents/learning/dqn/targets.ts';
import { ValueHead } from '../../../agents/learning/dqn/value-head.ts';
import { createDqn } from '../../../agents/learning/index.ts';
import { ListedActions } from '../../../agents/learning/listed-actions.ts';
import { RewardScale } from '../../../agents/learning/reward-scale.ts';
import { ValueScale } from '../../../agents/learning/value-scale.ts';
import { createStream, createSupplyEnvironment } from '../../../env/index.ts';
import { decodeArchive, encodeArchive, PlainNetwork } from '../../../neural/index.ts';
import { store } from '../lost-sales.ts';
import { shop } from './agents.ts';

test('a dueling head gives value + advantage - mean advantage, and folds into a network with one output an action', () => {
  const head = new ValueHead({ count: 3, dueling: true });
  expect([...head.values(Float32Array.of(10, 1, 2, 6), 1)]).toEqual([8, 9, 13].map((value) => expect.closeTo(value, 5)));
  const shape = { inputs: 2, hidden: [3], outputs: head.outputs, activation: 'relu' } as const;
  const random = createStream(1, 'weights');
  const parameters = Float32Array.from({ length: 2 * 3 + 3 + 3 * 4 + 4 }, () => random.normal());
  const folded = head.fold(shape, parameters);
  const inputs = Float32Array.of(0.3, -0.8, 1.5, 0.2);
  const values = head.values(new PlainNetwork(shape, parameters).predict(inputs, 2), 2);
  const same = new PlainNetwork(folded.shape, folded.parameters).predict(inputs, 2);
  expect([...same]).toEqual([...values].map((value) => expect.closeTo(value, 4)));
});

test('a derivative by a value goes to the outputs as finite differences say', () => {
  const head = new ValueHead({ count: 3, dueling: true });
  const byOutput = new Float32Array(4);
  head.chain(2, 0, 1, byOutput);
  expect([...byOutput]).toEqual([2, -2 / 3, 4 / 3, -2 / 3].map((value) => expect.closeTo(value, 5)));
});

test('rows are found in proportion to their priorities, and none without one', () => {
  const priorities = new Priorities(5);
  for (const [row, priority] of [3, 0, 1, 4, 0].entries()) priorities.set(row, priority);
  expect(priorities.total).toBe(8);
  expect([0, 2.9, 3, 3.9, 4, 7.9, 8].map((place) => priorities.find(place))).toEqual([0, 0, 2, 2, 3, 3, 3]);
  priorities.set(3, 1);
  expect(priorities.total).toBe(5);
});

test('a target takes the best of the actions that are allowed in what followed', () => {
  const replay = new Replay({ lanes: 1, features: 1, outcomes: 2, periods: 4, actions: 3 });
  replay.add({
    observations: Float32Array.of(0),
    actions: Int32Array.of(0),
    rewards: Float64Array.of(1),
    following: Float32Array.of(1, 2),
    terminated: new Uint8Array(2),
    ended: Uint8Array.of(0),
    masks: Uint8Array.of(1, 1, 0, 1, 0, 0),
  });
  const values = {
    predict: (_observations: Float32Array, rows: number) => Float32Array.from({ length: 3 * rows }, (_, i) => [10, 20, 30][i % 3]),
  };
  const { targets } = new TargetBuilder({ rows: 1, features: 1, outcomes: 2 }).build({
    replay,
    chooser: values,
    target: values,
    rewardScale: new RewardScale({ laneScale: Float64Array.of(1), discount: 0.5, rate: 1 }),
    valueScale: new ValueScale({ rate: 1 }),
    discount: 0.5,
    nStep: 1,
    random: createStream(1, 'replay'),
  });
  // 1 + 0.5 (20 + 10) / 2: the third action is forbidden in both outcomes, the second in one.
  expect([...targets]).toEqual([8.5]);
});

test('combinations are numbered there and back, and allowed where every part is', () => {
  const listed = new ListedActions({ kind: 'multi-discrete', names: ['a', 'b'], counts: [2, 3] });
  const actions = new Int32Array(2);
  for (let k = 0; k < 6; k++) {
    listed.write(k, actions, 0);
    expect(listed.read(actions, 0)).toBe(k);
  }
  const allowed = new Uint8Array(6);
  listed.allowed(Uint8Array.of(1, 1, 1, 0, 1), 1, allowed);
  expect([...allowed]).toEqual([1, 0, 1, 1, 0, 1]);
  listed.greedy(Float32Array.of(0, 9, 1, 2, 8, 3), 1, actions, Uint8Array.of(1, 1, 1, 0, 1));
  expect([...actions]).toEqual([1, 2]);
});

test('after a time limit, what was allowed in the state that was cut counts, not what is in the new one', () => {
  const actor = new ListedActor({ kind: 'discrete', name: 'order', count: 3 }, 2);
  const now = Uint8Array.of(1, 0, 0, 1, 0, 0);
  const finalMasks = Uint8Array.of(1, 1, 0, 0, 0, 0);
  expect([...(actor.allowedNext(now, { truncated: Uint8Array.of(1, 0), finalMasks }) ?? [])]).toEqual([1, 1, 0, 1, 0, 0]);
  expect([...(actor.allowedNext(now, { truncated: Uint8Array.of(1, 0) }) ?? [])]).toEqual([1, 1, 1, 1, 0, 0]);
});

test('an environment that cuts its episodes hands out the masks that it had where it goes on', () => {
  const scenario = store({ shortageCost: 4, leadTime: 2, initialStock: 10 });
  const failing = { kind: 'markov', fail: 0.5, recover: 0.5 } as const;
  const restricted = { ...scenario, links: scenario.links.map((link) => ({ ...link, disruptions: failing })) };
  const create = (timeLimit?: number) => createSupplyEnvironment({ scenario: restricted, lanes: 16, seed: 3, timeLimit });
  const after4 = (environment: ReturnType<typeof create>) => {
    const nothing = new Int32Array(16);
    for (let t = 0; t < 3; t++) environment.step(nothing);
    return environment.step(nothing);
  };
  const whole = create();
  expect([...after4(whole).truncated]).not.toContain(1);
  expect([...whole.actionMasks()]).toContain(0);
  const { truncated, finalMasks } = after4(create(4));
  expect([...truncated]).not.toContain(0);
  expect(finalMasks).toEqual(whole.actionMasks());
});

test('with dueling, priorities and averaging, a run resumed through a file ends as an uninterrupted one', async () => {
  const create = () =>
    createDqn({
      environment: shop({ lanes: 8 }),
      seed: 1,
      config: {
        ...{ steps: 4096, minibatch: 32, hidden: [16], lookahead: 2, learningStarts: 64, capacity: 256 },
        ...{ dueling: true, priority: 0.6, averaging: 50 },
      },
    });
  const whole = await create();
  for (let k = 0; k < 12; k++) whole.step();
  const interrupted = await create();
  for (let k = 0; k < 7; k++) interrupted.step();
  const resumed = await create();
  resumed.restore(decodeArchive(encodeArchive(interrupted.save()), { name: 'checkpoint.bin' }));
  for (let k = 7; k < 12; k++) resumed.step();
  expect(resumed.save()).toEqual(whole.save());
});
