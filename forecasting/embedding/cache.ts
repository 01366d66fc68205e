import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../home.ts';
import type { Embedder } from './embedder.ts';

const CHECK_BYTES = 16;

export interface CacheOptions {
  /** Default: `embeddings` in the cache folder. */
  readonly folder?: string;
  /** Told, in one line, of files that were not what was written, and of a folder that cannot be written to. */
  readonly report?: (line: string) => void;
}

/**
 * The same embedder, asking only for texts that it has not seen before. One file per text, named after the hash of model, precision and text;
 * each holds a checksum before its numbers, and one that does not match is made anew.
 */
export function cachedEmbedder(inner: Embedder, options: CacheOptions = {}): Embedder {
  const folder = options.folder ?? cacheFolder('embeddings');
  return {
    name: inner.name,
    model: inner.model,
    precision: inner.precision,
    dimension: inner.dimension,
    async embed(texts) {
      const known = new Map<string, Float32Array>();
      const missing: string[] = [];
      for (const text of new Set(texts)) {
        const vector = readVector(pathOf(folder, inner, text), inner.dimension, options.report);
        if (vector) known.set(text, vector);
        else missing.push(text);
      }
      const made = missing.length > 0 ? await inner.embed(missing) : [];
      for (const [k, text] of missing.entries()) known.set(text, made[k]);
      writeVectors(folder, inner, missing, made, options.report);
      return texts.map((text) => known.get(text)?.slice() ?? new Float32Array(inner.dimension));
    },
  };
}

function pathOf(folder: string, embedder: Embedder, text: string): string {
  const key = createHash('sha256')
    .update(JSON.stringify([embedder.model, embedder.precision, text]))
    .digest('hex');
  return join(folder, key.slice(0, 2), `${key}.vector`);
}

/** The vector in a file; undefined where there is none, or one that is not whole. */
function readVector(path: string, dimension: number, report?: (line: string) => void): Float32Array | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  const body = bytes.subarray(CHECK_BYTES);
  if (body.length !== dimension * 4 || !checksum(body).equals(bytes.subarray(0, CHECK_BYTES))) {
    report?.(`${path} is not what was written: the vector is made anew`);
    return undefined;
  }
  const vector = new Float32Array(dimension);
  for (let k = 0; k < dimension; k++) vector[k] = body.readFloatLE(4 * k);
  return vector;
}

function checksum(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, CHECK_BYTES);
}

/** A cache that cannot be written costs time, not results. */
function writeVectors(
  folder: string,
  embedder: Embedder,
  texts: readonly string[],
  vectors: readonly Float32Array[],
  report?: (line: string) => void,
): void {
  try {
    for (const [k, text] of texts.entries()) writeVector(pathOf(folder, embedder, text), vectors[k]);
  } catch (error) {
    report?.(`${folder} cannot be written (${error instanceof Error ? error.message : error}): text vectors are not kept`);
  }
}

/** Written beside and renamed, so that nobody ever reads half a file. */
function writeVector(path: string, vector: Float32Array): void {
  const body = Buffer.alloc(vector.length * 4);
  for (let k = 0; k < vector.length; k++) body.writeFloatLE(vector[k], 4 * k);
  const beside = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(beside, Buffer.concat([checksum(body), body]));
  renameSync(beside, path);
}
