import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  cosine,
  type Embedder,
  embedTexts,
  hashingEmbedder,
  modelSources,
  staticEmbedder,
  transformerEmbedder,
} from '../../../forecasting/index.ts';

const source = modelSources().find(({ kind }) => kind === 'folder');
if (source === undefined) {
  process.stderr.write('skipped: tests of the text model, as no folder in REPLENISH_MODELS holds Xenova/all-MiniLM-L6-v2\n');
}

const folder = mkdtempSync(join(tmpdir(), 'models-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('without the model', () => {
  const missing: Embedder = { ...hashingEmbedder(), name: 'transformer', embed: () => Promise.reject(new Error('nowhere to be found')) };

  test('says so aloud, reads word by word instead and returns why', async () => {
    const said: string[] = [];
    const result = await embedTexts(['lantern'], { transformer: missing, folder, report: (line) => said.push(line) });
    expect(result.embedder).toBe('static');
    expect(result.fallback).toContain('nowhere to be found');
    expect(result.vectors).toEqual(await staticEmbedder().embed(['lantern']));
    expect(result.searched).toEqual([
      { embedder: 'transformer', outcome: 'nowhere to be found' },
      { embedder: 'static', outcome: 'in use' },
    ]);
    expect(said.join('\n')).toContain('REPLENISH_MODELS');
  });

  test('and without the table of tokens hashes', async () => {
    const result = await embedTexts(['lantern'], {
      transformer: missing,
      static: { ...missing, name: 'static' },
      folder,
      report: () => {},
    });
    expect(result.searched.map(({ embedder }) => embedder)).toEqual(['transformer', 'static', 'hashing']);
    expect(result.vectors).toEqual(await hashingEmbedder().embed(['lantern']));
  });

  test('a hub that cannot be reached is named in the error', async () => {
    // Port 9 is one that fetch itself refuses to call.
    const sources = [{ kind: 'hub' as const, folder: join(folder, 'none'), host: 'http://127.0.0.1:9/' }];
    await expect(transformerEmbedder({ sources }).embed(['lantern'])).rejects.toThrow(/the hub: /);
  });
});

describe.skipIf(source === undefined)('all-MiniLM-L6-v2', () => {
  const embedder = transformerEmbedder();

  test('gives the cosines measured for the original sentences', async () => {
    // 0.482 and 0.063: measured with the same 8-bit weights through transformers.js 4.3.1.
    const [hat, cap, grill] = await embedder.embed([
      'Red woollen winter hat',
      'Warm knitted cap for cold days',
      'Garden barbecue charcoal grill',
    ]);
    expect(hat).toHaveLength(384);
    expect(cosine(hat, hat)).toBeCloseTo(1, 5);
    expect(Math.abs(cosine(hat, cap) - 0.482)).toBeLessThan(0.02);
    expect(Math.abs(cosine(hat, grill) - 0.063)).toBeLessThan(0.02);
  });

  test('gives each text its own vector whatever it is batched with', async () => {
    const texts = Array.from({ length: 40 }, (_, k) => `${'very '.repeat(k % 7)}small lantern number ${k}`);
    const together = await embedder.embed(texts);
    for (const k of [0, 13, 39]) {
      const [alone] = await embedder.embed([texts[k]]);
      expect(cosine(together[k], alone)).toBeGreaterThan(0.999999);
    }
  });

  test('a model file with other weights is refused by name', async () => {
    const altered = join(folder, 'altered');
    cpSync(join(source?.folder ?? '', 'Xenova'), join(altered, 'Xenova'), { recursive: true });
    const weights = join(altered, 'Xenova/all-MiniLM-L6-v2/onnx/model_quantized.onnx');
    const bytes = readFileSync(weights);
    // The table of words stands first in the file; noise in its place is still a model.
    for (let k = 1_000_000; k < 11_000_000; k++) bytes[k] = (bytes[k] * 7 + k) % 256;
    rmSync(weights, { force: true });
    writeFileSync(weights, bytes);
    await expect(transformerEmbedder({ sources: [{ kind: 'folder', folder: altered }] }).embed(['lantern'])).rejects.toThrow(weights);
  });

  test.each(['onnx/model_quantized.onnx', 'tokenizer.json'])('%s cut short is refused by name', async (name) => {
    const broken = join(folder, `broken ${name}`);
    cpSync(join(source?.folder ?? '', 'Xenova'), join(broken, 'Xenova'), { recursive: true });
    const file = join(broken, 'Xenova/all-MiniLM-L6-v2', name);
    const bytes = readFileSync(file);
    rmSync(file, { force: true });
    writeFileSync(file, bytes.subarray(0, 200_000));
    await expect(transformerEmbedder({ sources: [{ kind: 'folder', folder: broken }] }).embed(['lantern'])).rejects.toThrow(file);
  });
});

describe.skipIf(source === undefined)('from a hub', () => {
  const server = createServer((request, response) => {
    const [, path] = /^\/(.*)\/resolve\/main\/(?:.*)$/.exec(request.url ?? '') ?? [];
    const name = (request.url ?? '').replace(/^.*\/resolve\/main\//, '');
    try {
      const body = readFileSync(join(source?.folder ?? '', path ?? '', name));
      response.writeHead(200, { 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  let host = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address) host = `http://127.0.0.1:${address.port}/`;
  });
  afterAll(() => {
    server.close();
  });

  test('is downloaded with progress, kept, and found in the folder next time', async () => {
    const kept = join(folder, 'kept');
    const progress: number[] = [];
    const sources = [{ kind: 'hub' as const, folder: kept, host }];
    const [first] = await transformerEmbedder({ sources, onProgress: (done) => progress.push(done) }).embed(['lantern']);
    const [again] = await transformerEmbedder({ sources: [{ kind: 'folder', folder: kept }] }).embed(['lantern']);
    expect(again).toEqual(first);
    expect(Math.max(...progress)).toBeCloseTo(1, 6);
  });
});
