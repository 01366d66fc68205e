import { expect, test } from 'vitest';
import { concerns, quantitiesBetween } from '../../forecasting/index.ts';
import { madeUpHistory } from './made-up-history.ts';

const history = madeUpHistory({ items: 2, weeks: 6 });

test('cuts out the periods of a replay', () => {
  const [a, b] = [history.quantity.subarray(1, 4), history.quantity.subarray(7, 10)];
  expect(Array.from(quantitiesBetween(history, 1, 4))).toEqual([...a, ...b]);
});

test('a note is about one item, a category, or everything', () => {
  const [mug] = history.items;
  expect([concerns({ item: mug.id }, mug), concerns({ item: 'other' }, mug)]).toEqual([true, false]);
  expect([concerns({ category: mug.category }, mug), concerns({ category: 'hats' }, mug), concerns({}, mug)]).toEqual([true, false, true]);
});
