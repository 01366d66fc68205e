import { expect, test } from 'vitest';
import { Replay } from '../../../agents/learning/dqn/replay.ts';
import { TargetBuilder } from '../../../agents/learning/dqn/targets.ts';
import { RewardScale } from '../../../agents/learning/reward-scale.ts';
import { ValueScale } from '../../../agents/learning/value-scale.ts';
import { createStream } from '../../../env/index.ts';
import { Mlp, openTensors } from '../../../neural/index.ts';

/** A replay of one lane that has seen the observation t, action 0 and reward t in period t, with the outcomes t + 1 and t + 3. */
function filled({
  periods,
  written,
  endedIn,
  terminatedIn,
}: {
  periods: number;
  written: number;
  endedIn?: number;
  terminatedIn?: number;
}): Replay {
  const replay = new Replay({ lanes: 1, features: 1, outcomes: 2, periods });
  for (let t = 0; t < written; t++) {
    replay.add({
      observations: Float32Array.of(t),
      actions: Int32Array.of(0),
      rewards: Float64Array.of(t),
      following: Float32Array.of(t + 1, t + 3),
      terminated: Uint8Array.of(0, t === terminatedIn ? 1 : 0),
      ended: Uint8Array.of(t === endedIn ? 1 : 0),
    });
  }
  return replay;
}

/** A network without hidden layers and two action values: Q(s) = [first s, second s]. */
function linearNetwork(tensors: Awaited<ReturnType<typeof openTensors>>, first: number, second: number): Mlp {
  return new Mlp(tensors, { inputs: 1, hidden: [], outputs: 2, activation: 'relu' }, Float32Array.of(first, second, 0, 0));
}

async function targetsOf(
  replay: Replay,
  { nStep, discount = 0.5, rows = 64 }: { nStep: number; discount?: number; rows?: number },
): Promise<Map<number, number>> {
  const tensors = await openTensors();
  const rewardScale = new RewardScale({ laneScale: Float64Array.of(1), discount, rate: 1 });
  const batch = new TargetBuilder({ rows, features: 1, outcomes: 2 }).build({
    replay,
    // The chooser takes the second action; the target network values it at 10 s, the first at 100 s.
    chooser: linearNetwork(tensors, 1, 2),
    target: linearNetwork(tensors, 100, 10),
    rewardScale,
    valueScale: new ValueScale({ rate: 1 }),
    discount,
    nStep,
    random: createStream(1, 'replay'),
  });
  return new Map([...batch.targets].map((target, row) => [batch.observations[row], target]));
}

test('one-step targets by hand: reward + discount x mean over outcomes of the value of the action that the learning network prefers', async () => {
  const targets = await targetsOf(filled({ periods: 4, written: 3 }), { nStep: 1 });
  // t + 0.5 * (10 (t + 1) + 10 (t + 3)) / 2 = t + 5 (t + 2)
  expect([...targets].sort(([a], [b]) => a - b)).toEqual([
    [0, 10],
    [1, 16],
    [2, 22],
  ]);
});

test('three-step targets by hand, shorter at the newest period', async () => {
  const targets = await targetsOf(filled({ periods: 8, written: 4 }), { nStep: 3 });
  // From 0: 0 + 0.5 * 1 + 0.25 * 2 + 0.125 * 10 * (3 + 5) / 2 = 6; from 1: 1 + 0.5 * 2 + 0.25 * 3 + 0.125 * 50 = 9.
  expect(targets.get(0)).toBe(6);
  expect(targets.get(1)).toBe(9);
  // From 2 only two periods are there: 2 + 0.5 * 3 + 0.25 * 50 = 16; from 3 one: 3 + 0.5 * 50 = 28.
  expect(targets.get(2)).toBe(16);
  expect(targets.get(3)).toBe(28);
});

test('a stretch stops where the lane started anew', async () => {
  const targets = await targetsOf(filled({ periods: 8, written: 4, endedIn: 1 }), { nStep: 3 });
  // From 0: 0 + 0.5 * 1 + 0.25 * 10 * (2 + 4) / 2 = 8; from 1: 1 + 0.5 * 30 = 16.
  expect(targets.get(0)).toBe(8);
  expect(targets.get(1)).toBe(16);
});

test('an outcome in which the episode ended counts nothing from there', async () => {
  const targets = await targetsOf(filled({ periods: 8, written: 2, terminatedIn: 1 }), { nStep: 1 });
  // From 1: outcomes 2, and 4 that ended: 1 + 0.5 * (20 + 0) / 2 = 6.
  expect(targets.get(1)).toBe(6);
});

test('the oldest periods are written over', async () => {
  const targets = await targetsOf(filled({ periods: 3, written: 5 }), { nStep: 1 });
  expect([...targets.keys()].sort()).toEqual([2, 3, 4]);
});
