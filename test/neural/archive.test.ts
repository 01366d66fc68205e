import { expect, test } from 'vitest';
import { UserError } from '../../env/index.ts';
import { type Archive, decodeArchive, encodeArchive } from '../../neural/index.ts';

const archive: Archive = {
  kind: 'example',
  data: { steps: 3, shape: { hidden: [2, 2] } },
  arrays: {
    bytes: Uint8Array.of(1, 2, 3),
    weights: Float32Array.of(0.1, -2, Number.NaN, Number.POSITIVE_INFINITY),
    state: Float64Array.of(0.1, Math.PI, -0),
    counts: Int32Array.of(-1, 2 ** 31 - 1),
    empty: new Float32Array(0),
  },
};

test('what was saved comes back to the last bit', () => {
  expect(decodeArchive(encodeArchive(archive), { name: 'a.bin', kind: 'example' })).toEqual(archive);
});

test('a file cut short at any byte is refused by its name', () => {
  const bytes = encodeArchive(archive);
  for (let length = 0; length < bytes.length; length += 7) {
    expect(() => decodeArchive(bytes.subarray(0, length), { name: 'runs/7/checkpoint.bin' })).toThrow(UserError);
    expect(() => decodeArchive(bytes.subarray(0, length), { name: 'runs/7/checkpoint.bin' })).toThrow('runs/7/checkpoint.bin');
  }
});

test('a file with any byte altered is refused', () => {
  const bytes = encodeArchive(archive);
  for (let at = 0; at < bytes.length; at++) {
    const altered = bytes.slice();
    altered[at] ^= 0x10;
    expect(() => decodeArchive(altered, { name: 'checkpoint.bin' })).toThrow(UserError);
  }
});

test('an archive of another kind is refused with both names', () => {
  expect(() => decodeArchive(encodeArchive(archive), { name: 'a.bin', kind: 'ppo-checkpoint' })).toThrow(
    'a.bin holds "example", expected "ppo-checkpoint"',
  );
});
