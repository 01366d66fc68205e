import { describe, expect, test } from 'vitest';
import { itemClass } from '../../forecasting/index.ts';
import { madeUpHistory } from './made-up-history.ts';

function classOf(sales: readonly number[], origin = sales.length) {
  const history = madeUpHistory({ items: 1, weeks: sales.length });
  return itemClass({ ...history, quantity: Float64Array.from(sales) }, 0, origin);
}

describe('the class of an item', () => {
  test.each([
    ['smooth', [5, 6, 5, 4, 5, 6, 5, 4, 5, 6]],
    ['erratic', [1, 30, 2, 1, 40, 1, 2, 1, 35, 1]],
    ['intermittent', [5, 0, 0, 4, 0, 5, 0, 0, 4, 0]],
    ['lumpy', [1, 0, 0, 40, 0, 1, 0, 0, 2, 0]],
    ['new', [5, 6, 5, 4]],
    ['new', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ['new', [5, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ] as const)('%s: %j', (name, sales) => {
    expect(classOf(sales)).toBe(name);
  });

  test('counts from the first sale and looks at nothing from the origin on', () => {
    expect(classOf([0, 0, 0, 0, 0, 0, 5, 6, 5, 4, 5, 6, 5, 4])).toBe('smooth');
    expect(classOf([5, 6, 5, 4, 5, 6, 5, 4, 0, 0, 0, 90], 8)).toBe('smooth');
  });
});
