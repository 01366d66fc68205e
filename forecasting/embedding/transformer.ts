import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../home.ts';
import { cosine, type Embedder, normalise } from './embedder.ts';
import { patientFetch } from './patient-fetch.ts';

const MODEL = 'Xenova/all-MiniLM-L6-v2';
const PRECISION = 'q8';
const DIMENSION = 384;
/** A sentence, one that means the same and one that does not, and the cosines that the model gives them. */
const CHECK = ['Red woollen winter hat', 'Warm knitted cap for cold days', 'Garden barbecue charcoal grill'];
const CHECK_COSINES = [0.482, 0.063];
/** Weights in other formats and other processors give cosines that differ by so much at most. */
const CHECK_TOLERANCE = 0.06;

/** A place that the model may be had from. */
export interface ModelSource {
  readonly kind: 'folder' | 'hub';
  /** Of a folder: the one that holds `Xenova/...`; of the hub: where what is downloaded is kept. */
  readonly folder: string;
  /** The hub's address; left out: the library's own. */
  readonly host?: string;
}

export interface TransformerOptions {
  /** Default: modelSources(). The first that works is taken. */
  readonly sources?: readonly ModelSource[];
  /** Told the parts of a download, 0 to 1. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Where the model is looked for, in order: the folder that REPLENISH_MODELS names, the cache, the hub. Folders without the model are left out.
 */
export function modelSources(): ModelSource[] {
  const folders = [process.env.REPLENISH_MODELS, cacheFolder('models')].filter((folder) => folder !== undefined && folder !== '');
  const found = folders.map((folder) => resolve(String(folder))).filter((folder) => existsSync(modelFile(folder)));
  return [...found.map((folder) => ({ kind: 'folder' as const, folder })), { kind: 'hub' as const, folder: cacheFolder('models') }];
}

/** The weights within a folder of models. */
export function modelFile(folder: string): string {
  return join(folder, MODEL, 'onnx', 'model_quantized.onnx');
}

/**
 * Sentence embeddings of all-MiniLM-L6-v2 (Reimers and Gurevych 2019; 8-bit weights), mean over tokens. The model is loaded when the first
 * text asks for it; embed() throws an Error that names every source tried when none of them gives it.
 */
export function transformerEmbedder(options: TransformerOptions = {}): Embedder {
  let encoder: Promise<Encoder> | undefined;
  return {
    name: 'transformer',
    model: MODEL,
    precision: `${PRECISION} alone`,
    dimension: DIMENSION,
    async embed(texts) {
      encoder ??= loadFirst(options.sources ?? modelSources(), options.onProgress);
      return encodeAll(await encoder, texts);
    },
  };
}

/** Vectors of a batch of texts. */
type Encoder = (texts: string[]) => Promise<Float32Array[]>;

async function loadFirst(sources: readonly ModelSource[], onProgress?: (done: number) => void): Promise<Encoder> {
  const failures: string[] = [];
  for (const source of sources) {
    try {
      const encode = await load(source, onProgress);
      await checkEncoder(encode);
      return encode;
    } catch (error) {
      const place = source.kind === 'hub' ? 'the hub' : brokenFile(source.folder);
      failures.push(`${place}: ${reason(error)}`);
    }
  }
  throw new Error(failures.join('; '));
}

/** The file to blame for a model that does not load: the weights, unless one of those beside them cannot be read. */
function brokenFile(folder: string): string {
  for (const name of ['config.json', 'tokenizer.json', 'tokenizer_config.json']) {
    const path = join(folder, MODEL, name);
    try {
      JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      return path;
    }
  }
  return modelFile(folder);
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `${error.message.split('\n')[0]}${cause}`;
}

async function load(source: ModelSource, onProgress?: (done: number) => void): Promise<Encoder> {
  const { env, pipeline } = await import('@xenova/transformers');
  const remote = source.kind === 'hub';
  // Both defaults lie inside node_modules, and the library asks the hub for any file it misses unless told not to.
  env.localModelPath = source.folder;
  env.cacheDir = source.folder;
  env.useFSCache = remote;
  env.allowRemoteModels = remote;
  env.fetch = patientFetch({ answer: 5_000, stall: 20_000 });
  if (source.host !== undefined) env.remoteHost = source.host;
  const extract = await pipeline('feature-extraction', MODEL, {
    dtype: PRECISION,
    device: 'cpu',
    progress_callback: (info) => {
      if (remote && info.status === 'progress_total') onProgress?.(info.progress / 100);
    },
  });
  return async (texts) => {
    const output = await extract(texts, { pooling: 'mean', normalize: true });
    const data = Float32Array.from(output.data, Number);
    output.dispose();
    return texts.map((_, k) => normalise(data.slice(k * DIMENSION, (k + 1) * DIMENSION)));
  };
}

/** Refuses weights that load, yet are not those of the model. */
async function checkEncoder(encode: Encoder): Promise<void> {
  const [first, ...others] = await encodeAll(encode, CHECK);
  const found = others.map((other) => cosine(first, other));
  if (found.every((value, k) => Math.abs(value - CHECK_COSINES[k]) <= CHECK_TOLERANCE)) return;
  throw new Error(
    `altered weights: test sentences have the cosines ${found.map((value) => value.toFixed(3)).join(', ')}, expected ${CHECK_COSINES.join(', ')}`,
  );
}

/** One at a time: the 8-bit model scales its numbers by the whole batch, so that a text's vector would depend on its company. */
async function encodeAll(encode: Encoder, texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(...(await encode([text])));
  return vectors;
}
