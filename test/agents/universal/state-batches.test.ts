import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FamilyTries, ITEM_FEATURES, STATE_FEATURES } from '../../../agents/index.ts';
import { StateBatches } from '../../../agents/universal/training/state-batches.ts';
import { createStream } from '../../../env/index.ts';

/** Tries of so many states per item, those of different items in turn; the features of an item and of a state say which it is. */
function numbered(perItem: readonly number[]): FamilyTries {
  const entries = Array.from({ length: Math.max(...perItem) }, (_, round) =>
    [...perItem.keys()].filter((item) => perItem[item] > round),
  ).flat();
  return {
    entries: Int32Array.from(entries),
    itemFeatures: Float32Array.from({ length: perItem.length * ITEM_FEATURES }, (_, k) => Math.floor(k / ITEM_FEATURES)),
    stateFeatures: Float32Array.from({ length: entries.length * STATE_FEATURES }, (_, k) => Math.floor(k / STATE_FEATURES)),
    places: new Float32Array(0),
    costs: new Float32Array(0),
    noise: new Float64Array(0),
    period: new Float64Array(0),
  };
}

const shapes = fc.record({
  perItem: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 30 }),
  minibatch: fc.integer({ min: 1, max: 40 }),
  seed: fc.nat(1000),
});

test('the halves of an epoch hold each row at most once, beside the features of its item, and leave out less than a batch', () => {
  fc.assert(
    fc.property(shapes, ({ perItem, minibatch, seed }) => {
      const tries = numbered(perItem);
      const rows = Int32Array.from(tries.entries.keys()).filter((row) => row % 5 !== 4);
      const used = new Map<number, number>();
      for (const row of rows) used.set(tries.entries[row], (used.get(tries.entries[row]) ?? 0) + 1);
      fc.pre(used.size >= 2);
      const batches = new StateBatches(tries, rows, minibatch);
      batches.shuffle(createStream(seed, 'batches'));
      const items = new Set<number>();
      const seen = new Set<number>();
      for (let k = 0; k < batches.count; k++) {
        for (const half of [0, 1] as const) {
          const { itemFeatures, stateFeatures, itemOf, tryRows, rows: count } = batches.half(k, half);
          expect(count).toBeGreaterThan(0);
          tryRows.forEach((row, i) => {
            expect(seen.has(row)).toBe(false);
            seen.add(row);
            items.add(tries.entries[row]);
            expect(stateFeatures[i * STATE_FEATURES]).toBe(row);
            expect(itemFeatures[itemOf[i] * ITEM_FEATURES]).toBe(tries.entries[row]);
          });
        }
      }
      expect(items.size).toBeGreaterThan(used.size - used.size / batches.count);
      // All states of an item come together, and make up about as many as were asked for.
      expect(seen.size).toBe([...items].reduce((sum, item) => sum + (used.get(item) ?? 0), 0));
      if (batches.count > 1) expect(Math.abs(seen.size / batches.count - minibatch)).toBeLessThanOrEqual(2 * Math.max(...used.values()));
    }),
  );
});

test('a lone item is both halves of the one batch', () => {
  const tries = numbered([3]);
  const batches = new StateBatches(tries, Int32Array.of(0, 1, 2), 512);
  expect(batches.count).toBe(1);
  for (const half of [0, 1] as const) expect([...batches.half(0, half).tryRows]).toEqual([0, 1, 2]);
});
