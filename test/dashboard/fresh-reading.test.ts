import { expect, test } from 'vitest';
import { FreshReading } from '../../dashboard/index.ts';

/** Readings that end when the test says so. */
function reader() {
  const ends: { readonly with: (value: string) => void; readonly fail: (error: Error) => void }[] = [];
  const reading = new FreshReading(() => new Promise<string>((resolve, reject) => void ends.push({ with: resolve, fail: reject })));
  return { reading, ends };
}

test('nobody is given what was read before they asked, and all who ask meanwhile share one reading', async () => {
  const { reading, ends } = reader();
  const first = reading.get();
  const later = [reading.get(), reading.get(), reading.get()];
  ends[0].with('before');
  expect(await first).toBe('before');
  expect(ends.length).toBe(2);
  ends[1].with('after');
  expect(await Promise.all(later)).toEqual(['after', 'after', 'after']);
  expect(ends.length).toBe(2);
});

test('a reading that fails fails for those who share it, and the next one is made', async () => {
  const { reading, ends } = reader();
  const first = reading.get();
  const second = reading.get();
  ends[0].fail(new Error('no such folder'));
  await expect(first).rejects.toThrow('no such folder');
  ends[1].with('found');
  expect(await second).toBe('found');
  const third = reading.get();
  ends[2].with('found again');
  expect(await third).toBe('found again');
});
