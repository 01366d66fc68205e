import { describe, expect, test } from 'vitest';
import { checkEnvironment, contains, createEnvironment, createStream, type Environment } from '../../env/index.ts';
import { shop } from './shop.ts';

/** A small environment without faults: guess, and be paid a random amount. */
function sound(): Environment {
  let stream = createStream(0, 'sound');
  const look = () => Float32Array.of(stream.next());
  return {
    observationSpace: { kind: 'box', names: ['x'], low: Float64Array.of(0), high: Float64Array.of(1) },
    actionSpace: { kind: 'discrete', name: 'guess', count: 3 },
    reset({ seed } = {}) {
      if (seed !== undefined) stream = createStream(seed, 'sound');
      return { observation: look(), info: {} };
    },
    step(action) {
      if (!contains(this.actionSpace, typeof action === 'number' ? [action] : action)) throw new RangeError('not an action');
      return { observation: look(), reward: stream.next(), terminated: false, truncated: false, info: {} };
    },
  };
}

/** The sound environment with one thing about its steps changed. */
function stepping(change: (result: ReturnType<Environment['step']>) => ReturnType<Environment['step']>): Environment {
  const inner = sound();
  return { ...inner, step: (action) => change(inner.step(action)) };
}

describe('checkEnvironment', () => {
  test('finds nothing wrong with a sound environment', () => {
    expect(checkEnvironment(sound())).toEqual([]);
    expect(checkEnvironment(createEnvironment({ scenario: shop({}) }))).toEqual([]);
  });

  test.each<[string, () => Environment, string]>([
    [
      'bounds that do not fit the names',
      () => ({ ...sound(), observationSpace: { kind: 'box', names: ['x', 'y'], low: new Float64Array(1), high: new Float64Array(1) } }),
      'names 2 components but bounds 1',
    ],
    [
      'two components of one name',
      () => ({ ...sound(), observationSpace: { kind: 'box', names: ['x', 'x'], low: new Float64Array(2), high: new Float64Array(2) } }),
      'two components alike',
    ],
    [
      'a lower bound above the upper',
      () => ({ ...sound(), observationSpace: { kind: 'box', names: ['x'], low: Float64Array.of(2), high: Float64Array.of(1) } }),
      '"x" has its lower bound 2 above its upper bound 1',
    ],
    ['an action space without choices', () => ({ ...sound(), actionSpace: { kind: 'discrete', name: 'guess', count: 0 } }), '0 choices'],
    [
      'an observation of another length',
      () => stepping((result) => ({ ...result, observation: new Float32Array(3) })),
      'step returns an observation of 3 numbers; the space has 1',
    ],
    [
      'an observation out of bounds',
      () => stepping((result) => ({ ...result, observation: Float32Array.of(7) })),
      '"x" = 7, outside 0 to 1',
    ],
    ['a reward that is no number', () => stepping((result) => ({ ...result, reward: Number.NaN })), 'the reward NaN'],
    [
      'seeds that are not used',
      () => {
        const inner = stepping((result) => ({ ...result, reward: 1, observation: Float32Array.of(0) }));
        return { ...inner, reset: () => ({ observation: Float32Array.of(0), info: {} }) };
      },
      'the seed is not used',
    ],
    [
      'draws that do not come from the seed',
      () => {
        const other = createStream(1, 'elsewhere');
        return stepping((result) => ({ ...result, reward: other.next() }));
      },
      'gave different results from step',
    ],
    [
      'an observation that is rewritten later',
      () => {
        const shared = new Float32Array(1);
        return stepping((result) => {
          shared.set(result.observation);
          return { ...result, observation: shared };
        });
      },
      'hand out a copy',
    ],
    [
      'actions that are never refused',
      () => {
        const inner = sound();
        return { ...inner, step: () => inner.step(0) };
      },
      'not in the action space: refuse it',
    ],
  ])('names the fault: %s', (_name, make, words) => {
    expect(checkEnvironment(make()).join('\n')).toContain(words);
  });
});
