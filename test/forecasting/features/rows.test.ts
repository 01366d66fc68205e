import { expect, test } from 'vitest';
import { createFeatureSet, designRows } from '../../../forecasting/index.ts';
import { madeUpHistory } from '../made-up-history.ts';

const history = madeUpHistory({ weeks: 40, items: 4 });
const features = createFeatureSet(history);
const options = { from: 5, to: 38, horizon: 3, until: 36 };
const rows = designRows(history, features, options);

test('a row for each item, origin and period ahead before the end, with its outcome', () => {
  const launch = history.quantity.subarray(3 * 40).findIndex((sold) => sold > 0);
  const perOrigin = (from: number) => Array.from({ length: 36 - from }, (_, k) => Math.min(3, 36 - from - k)).reduce((a, b) => a + b, 0);
  expect(rows.count).toBe(3 * perOrigin(5) + perOrigin(launch + 1));
  expect(rows.x.length).toBe(rows.count * features.names.length);
  for (let row = 0; row < rows.count; row++) {
    expect(rows.y[row]).toBe(history.quantity[rows.item[row] * 40 + rows.origin[row] + rows.ahead[row]]);
  }
});

test('x is what the features of that item, origin and period are', () => {
  for (const row of [0, 1, 50, rows.count - 1]) {
    const x = new Float64Array(features.names.length);
    features.writeOrigin(rows.item[row], rows.origin[row], x, 0);
    features.writeTarget(rows.item[row], rows.origin[row], rows.ahead[row], x, 0);
    expect(rows.x.subarray(row * x.length, (row + 1) * x.length)).toEqual(x);
  }
});

test('periods without trade and stock-outs known by the end are no outcomes; one that turns out later is', () => {
  const closed = { ...history, open: history.open.map((_, t) => (t === 20 ? 0 : 1)) };
  const without = designRows(closed, features, options);
  expect(Array.from(without.origin, (origin, k) => origin + without.ahead[k])).not.toContain(20);
  expect(rows.count - without.count).toBe(4 * 3 - countBeforeLaunch(20));
  const marked = (known: number) => ({ ...history, missing: history.missing.map((_, at) => (at === 25 ? known : 0)) });
  expect(designRows(marked(36), features, options).count).toBe(rows.count - 3);
  expect(designRows(marked(37), features, options).count).toBe(rows.count);
});

/** Rows about period `t` that the item launched last has no part in. */
function countBeforeLaunch(t: number): number {
  const launch = history.quantity.subarray(3 * 40).findIndex((sold) => sold > 0);
  return [t, t - 1, t - 2].filter((origin) => launch >= origin).length;
}
