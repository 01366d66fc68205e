import { expect, test } from 'vitest';
import { readableTop } from '../../dashboard/web/train/readable.ts';

test('a curve that begins far above what it comes to is drawn so that its end and the levels are told apart', () => {
  const top = readableTop([693, 16, 7.9, 8.3], [5.2, 4.7]);
  expect(top).toBeGreaterThan(8.3);
  expect(top).toBeLessThan(16);
});

test('a curve that stays near its levels, or stands for itself, is drawn whole', () => {
  for (const curve of [[6.1, 5.4, 5.2, 5.1], [7, 5.5, 5.2, 5.1], [693]])
    expect(readableTop(curve, [5, 4.7])).toBe(Number.POSITIVE_INFINITY);
  expect(readableTop([693, 693], [])).toBe(Number.POSITIVE_INFINITY);
});

test('costs below 0 are drawn as others are', () => {
  const top = readableTop([250, -20, -25, -26.9], [-26.88, -24]);
  expect(top).toBeGreaterThan(-24);
  expect(top).toBeLessThan(0);
});
