import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cachedEmbedder, type Embedder, hashingEmbedder } from '../../../forecasting/index.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  folders.push(folder);
  return folder;
}

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** An embedder that notes what it was asked for. */
function watched(changes: Partial<Embedder> = {}): { embedder: Embedder; asked: string[] } {
  const inner = hashingEmbedder();
  const asked: string[] = [];
  const embed = (texts: readonly string[]) => {
    asked.push(...texts);
    return inner.embed(texts);
  };
  return { embedder: { ...inner, embed, ...changes }, asked };
}

describe('vector cache', () => {
  test('cold and warm give the same vectors, and a text is embedded once', async () => {
    const folder = emptyFolder();
    const { embedder, asked } = watched();
    const cold = await cachedEmbedder(embedder, { folder }).embed(['lantern', 'mug', 'lantern']);
    const warm = await cachedEmbedder(embedder, { folder }).embed(['mug', 'lantern', 'cushion']);
    expect(asked).toEqual(['lantern', 'mug', 'cushion']);
    expect(warm.slice(0, 2)).toEqual([cold[1], cold[0]]);
    expect(cold[2]).toEqual(cold[0]);
    expect(files(folder)).toHaveLength(3);
  });

  test('another model or precision has vectors of its own', async () => {
    const folder = emptyFolder();
    await cachedEmbedder(hashingEmbedder(), { folder }).embed(['lantern']);
    for (const changes of [{ model: 'another' }, { precision: 'q4' }]) {
      const { embedder, asked } = watched(changes);
      await cachedEmbedder(embedder, { folder }).embed(['lantern']);
      expect(asked).toEqual(['lantern']);
    }
  });

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
    ['with one bit changed', (bytes: Buffer) => Buffer.from(bytes.map((byte, k) => (k === 100 ? byte ^ 1 : byte)))],
    ['empty', () => Buffer.alloc(0)],
  ])('a file %s is said to be so and made anew', async (_, damage) => {
    const folder = emptyFolder();
    const [whole] = await cachedEmbedder(hashingEmbedder(), { folder }).embed(['lantern']);
    const [path] = files(folder);
    const before = readFileSync(path);
    writeFileSync(path, damage(before));
    const said: string[] = [];
    const { embedder, asked } = watched();
    const [again] = await cachedEmbedder(embedder, { folder, report: (line) => said.push(line) }).embed(['lantern']);
    expect(again).toEqual(whole);
    expect(asked).toEqual(['lantern']);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(path);
    expect(readFileSync(path)).toEqual(before);
  });

  test('a folder that cannot be written costs time, not results', async () => {
    const file = join(emptyFolder(), 'taken');
    writeFileSync(file, '');
    const said: string[] = [];
    const [vector] = await cachedEmbedder(hashingEmbedder(), { folder: file, report: (line) => said.push(line) }).embed(['lantern']);
    expect(vector).toEqual((await hashingEmbedder().embed(['lantern']))[0]);
    expect(said[0]).toContain('cannot be written');
  });
});
