import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cosine, staticEmbedder } from '../../../forecasting/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'static-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shipped = join(import.meta.dirname, '../../../forecasting/embedding/static');

describe('static embedder', () => {
  const embedder = staticEmbedder();

  test('likens what means the same in other words', async () => {
    const [hat, cap, grill] = await embedder.embed([
      'Red woollen winter hat',
      'Warm knitted cap for cold days',
      'Garden barbecue charcoal grill',
    ]);
    expect(hat).toHaveLength(embedder.dimension);
    expect(cosine(hat, hat)).toBeCloseTo(1, 5);
    expect(cosine(hat, cap)).toBeGreaterThan(cosine(hat, grill) + 0.2);
  });

  test('gives a vector for any text: none, emoji, Chinese, right to left, 100 kB', async () => {
    const texts = ['', '\u{1F3EE}\u{1F384}', '\u7ea2\u706f\u7b3c', '\u05e4\u05e0\u05e1', 'lantern '.repeat(12_800)];
    const vectors = await embedder.embed(texts);
    for (const vector of vectors) expect(vector.every(Number.isFinite)).toBe(true);
    expect(cosine(vectors[4], (await embedder.embed(['lantern']))[0])).toBeCloseTo(1, 4);
  });

  test('a table cut short or altered is refused by name', async () => {
    cpSync(shipped, folder, { recursive: true });
    const path = join(folder, 'token-vectors.bin');
    const bytes = readFileSync(path);
    bytes[2_000_000] ^= 1;
    writeFileSync(path, bytes);
    await expect(staticEmbedder({ folder }).embed(['lantern'])).rejects.toThrow(path);
    writeFileSync(path, bytes.subarray(0, 1_000_000));
    await expect(staticEmbedder({ folder }).embed(['lantern'])).rejects.toThrow(path);
  });
});
