import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { componentCount, contains, createStream, type Space, sample } from '../../env/index.ts';

fc.configureGlobal({ seed: 1 });

const bound = fc.integer({ min: -5, max: 5 });
const anySpace: fc.Arbitrary<Space> = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((count): Space => ({ kind: 'discrete', name: 'a', count })),
  fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 })
    .map((counts): Space => ({ kind: 'multi-discrete', names: counts.map((_, k) => `a${k}`), counts })),
  fc.array(fc.tuple(bound, fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.boolean()), { minLength: 1, maxLength: 4 }).map(
    (sides): Space => ({
      kind: 'box',
      names: sides.map((_, k) => `x${k}`),
      low: Float64Array.from(sides, ([low, , open]) => (open ? Number.NEGATIVE_INFINITY : low)),
      high: Float64Array.from(sides, ([low, width, , open]) => (open ? Number.POSITIVE_INFINITY : low + width)),
    }),
  ),
);

describe('spaces', () => {
  test('contain what they sample', () => {
    fc.assert(
      fc.property(anySpace, fc.integer(), (space, seed) => {
        const { next } = createStream(seed, 'sample');
        for (let k = 0; k < 20; k++) expect(contains(space, sample(space, next))).toBe(true);
      }),
    );
  });

  test('contain no value of another length, no NaN and nothing out of bounds', () => {
    fc.assert(
      fc.property(anySpace, (space) => {
        const value = sample(space, createStream(1, 'sample').next);
        expect(contains(space, [...value, 0])).toBe(false);
        expect(contains(space, value.slice(1))).toBe(false);
        expect(contains(space, new Array(componentCount(space)).fill(Number.NaN))).toBe(false);
      }),
    );
    expect(contains({ kind: 'discrete', name: 'a', count: 3 }, [3])).toBe(false);
    expect(contains({ kind: 'discrete', name: 'a', count: 3 }, [1.5])).toBe(false);
    expect(contains({ kind: 'multi-discrete', names: ['a', 'b'], counts: [3, 2] }, [2, 2])).toBe(false);
  });
});
