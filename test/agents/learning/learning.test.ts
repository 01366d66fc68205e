import { afterEach, describe, expect, test } from 'vitest';
import type { Trainer } from '../../../agents/learning/index.ts';
import type { VectorEnvironment } from '../../../env/index.ts';
import { AGENTS, createAgent, train } from './agents.ts';
import { choices, endOrGoOn, ForesightedTable, ONE_STATE, type Outcome, TableEnvironment, TWO_STEPS } from './table-environment.ts';

const trainers: Trainer[] = [];
afterEach(() => {
  for (const trainer of trainers.splice(0)) trainer.dispose();
});

async function learned(agent: (typeof AGENTS)[number], environment: VectorEnvironment): Promise<number[]> {
  const trainer = await createAgent(agent, { environment });
  trainers.push(trainer);
  train(trainer);
  return choices(trainer.policy(), environment.observationSpace.names.length);
}

describe.each(AGENTS)('%s', (agent) => {
  describe.each([
    ['from what happened', TableEnvironment],
    ['looking ahead', ForesightedTable],
  ] as const)('%s', (_, Table) => {
    const table = (outcomes: readonly (readonly Outcome[])[]) => new Table({ lanes: 16, outcomes });

    test('learns the best of four actions in one state', async () => {
      expect(await learned(agent, table(ONE_STATE))).toEqual([2]);
    });

    test('learns to give up a reward now for a larger one a step later', async () => {
      expect(await learned(agent, table(TWO_STEPS))).toEqual([1, 1]);
    });

    test('goes on when an end would be the end', async () => {
      expect(await learned(agent, table(endOrGoOn('terminated')))).toEqual([1]);
    });

    test('does not fear a time limit, after which value goes on', async () => {
      expect(await learned(agent, table(endOrGoOn('truncated')))).toEqual([0]);
    });
  });
});

test('ppo finds its way from the start that the space names', async () => {
  const outcomes = [Array.from({ length: 11 }, (_, k) => ({ reward: -Math.abs(k - 8) }))];
  const environment = new TableEnvironment({ lanes: 16, outcomes, actionSpace: { kind: 'discrete', name: 'order', count: 11, start: 3 } });
  expect(await learned('ppo', environment)).toEqual([8]);
});

test.each(AGENTS)('%s learns two components at once', async (agent) => {
  class Pairs extends TableEnvironment {
    override step(actions: ArrayLike<number>): ReturnType<TableEnvironment['step']> {
      const joint = Array.from({ length: this.lanes }, (_, lane) => 3 * actions[2 * lane] + actions[2 * lane + 1]);
      return super.step(joint);
    }
  }
  const outcomes = [Array.from({ length: 6 }, (_, k) => ({ reward: k === 5 ? 1 : k === 2 || k === 3 ? 0.5 : 0 }))];
  const environment = new Pairs({ lanes: 16, outcomes, actionSpace: { kind: 'multi-discrete', names: ['a', 'b'], counts: [2, 3] } });
  const trainer = await createAgent(agent, { environment });
  trainers.push(trainer);
  train(trainer);
  const actions = new Int32Array(2);
  trainer.policy().act(Float32Array.of(1), 1, actions);
  expect([...actions]).toEqual([1, 2]);
});
