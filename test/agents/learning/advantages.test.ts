import { expect, test } from 'vitest';
import { estimateAdvantages } from '../../../agents/learning/index.ts';

const example = {
  periods: 3,
  lanes: 1,
  rewards: Float64Array.of(1, 2, 3),
  values: [10, 20, 30],
  nextValues: [20, 30, 40],
  discount: 0.9,
  lambda: 0.5,
};

test('generalised advantages equal those worked out by hand', () => {
  const advantages = new Float64Array(3);
  estimateAdvantages({ ...example, ended: new Uint8Array(3) }, advantages);
  // Errors: 1 + 18 - 10 = 9, 2 + 27 - 20 = 9, 3 + 36 - 30 = 9; backwards 9, 9 + 0.45 * 9 = 13.05, 9 + 0.45 * 13.05 = 14.8725.
  expect([...advantages].map((value) => value.toFixed(6))).toEqual(['14.872500', '13.050000', '9.000000']);
});

test('nothing is carried across the end of an episode', () => {
  const advantages = new Float64Array(3);
  estimateAdvantages({ ...example, ended: Uint8Array.of(0, 1, 0) }, advantages);
  expect([...advantages].map((value) => value.toFixed(6))).toEqual(['13.050000', '9.000000', '9.000000']);
});

test('lanes do not mix', () => {
  const advantages = new Float64Array(4);
  estimateAdvantages(
    {
      periods: 2,
      lanes: 2,
      rewards: Float64Array.of(1, 0, 1, 0),
      values: [0, 0, 0, 0],
      nextValues: [0, 0, 0, 0],
      ended: new Uint8Array(4),
      discount: 1,
      lambda: 1,
    },
    advantages,
  );
  expect([...advantages]).toEqual([2, 0, 1, 0]);
});
