import { SingleBar } from 'cli-progress';
import { cachedEmbedder } from './cache.ts';
import type { Embedder } from './embedder.ts';
import { hashingEmbedder } from './hashing.ts';
import { staticEmbedder } from './static.ts';
import { transformerEmbedder } from './transformer.ts';

export type EmbedderName = 'transformer' | 'static' | 'hashing';

/** Where an embedder that was looked for ended: in use, or why not. */
export interface EmbedderSearch {
  readonly embedder: EmbedderName;
  readonly outcome: string;
}

/** Vectors of texts, and what made them: to be recorded with any result that rests on them. */
export interface TextVectors {
  readonly vectors: readonly Float32Array[];
  /** The embedder in use, which may not be the one asked for. */
  readonly embedder: EmbedderName;
  readonly model: string;
  /** Why another embedder than the one asked for is in use; null where it is the one asked for. */
  readonly fallback: string | null;
  /** In the order in which they were tried; the last is the one in use. */
  readonly searched: readonly EmbedderSearch[];
}

export interface EmbedOptions {
  /** Default: transformer. */
  readonly embedder?: EmbedderName;
  /** Where lines for people go. Default: standard error. */
  readonly report?: (line: string) => void;
  /** The embedder to use as `transformer`: for tests. */
  readonly transformer?: Embedder;
  /** The embedder to use as `static`: for tests. */
  readonly static?: Embedder;
  /** Folder of the vector cache. Default: `embeddings` in the cache folder. */
  readonly folder?: string;
  /** Embedders that could not be had, and why, as calls that share this have found: they are not looked for, nor warned of, again. */
  readonly missing?: Map<EmbedderName, string>;
}

/** What is used in place of an embedder that cannot be had, best first. */
const FALLBACKS: Readonly<Record<EmbedderName, readonly EmbedderName[]>> = {
  transformer: ['transformer', 'static', 'hashing'],
  static: ['static', 'hashing'],
  hashing: ['hashing'],
};

const WHAT_IT_KNOWS: Readonly<Record<EmbedderName, string>> = {
  transformer: 'whole sentences',
  static: 'word by word (static), which knows meanings of words but not of sentences',
  hashing: 'by their spelling (hashing), which understands no meanings',
};

/**
 * One vector of length 1 per text, 0 for one without any words. Where the transformer cannot be had, says so once and takes the static embedder that ships with the package, or
 * hashes where that is damaged. The transformer's vectors made before are read from the cache, for which no model is needed.
 */
export async function embedTexts(texts: readonly string[], options: EmbedOptions = {}): Promise<TextVectors> {
  const report = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const missing = options.missing ?? new Map<EmbedderName, string>();
  const searched: EmbedderSearch[] = [];
  const failures: string[] = [];
  let news = false;
  for (const name of FALLBACKS[options.embedder ?? 'transformer']) {
    const bar = downloadBar();
    const embedder = openEmbedder(name, options, report, bar.update);
    try {
      const vectors = missing.has(name) ? null : await embedSaying(embedder, texts);
      if (vectors !== null) {
        const fallback = failures.length > 0 ? failures.join('; ') : null;
        if (fallback !== null && news) warn(report, fallback, name);
        return { vectors, embedder: name, model: embedder.model, fallback, searched: [...searched, { embedder: name, outcome: 'in use' }] };
      }
    } catch (error) {
      missing.set(name, error instanceof Error ? error.message : String(error));
      news = true;
    } finally {
      bar.stop();
    }
    const outcome = missing.get(name) ?? '';
    searched.push({ embedder: name, outcome });
    failures.push(`the text model ${embedder.model} cannot be had: ${outcome}`);
  }
  throw new Error(failures.join('; '));
}

/** A text that says nothing is like no other: its vector is 0. */
async function embedSaying(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  const saying = texts.filter((text) => text.trim() !== '');
  const vectors = await embedder.embed(saying);
  let next = 0;
  return texts.map((text) => (text.trim() === '' ? new Float32Array(embedder.dimension) : vectors[next++]));
}

function openEmbedder(
  name: EmbedderName,
  options: EmbedOptions,
  report: (line: string) => void,
  onProgress: (done: number) => void,
): Embedder {
  if (name === 'hashing') return hashingEmbedder();
  if (name === 'static') return options.static ?? staticEmbedder();
  return cachedEmbedder(options.transformer ?? transformerEmbedder({ onProgress }), { folder: options.folder, report });
}

function warn(report: (line: string) => void, why: string, inUse: EmbedderName): void {
  report(`WARNING: ${why}`);
  report(`WARNING: texts are compared ${WHAT_IT_KNOWS[inUse]};`);
  report('WARNING: to use the model, connect to the network once, or set REPLENISH_MODELS to a folder that holds it');
}

/** A bar on standard error that appears when a download begins. */
function downloadBar(): { update: (done: number) => void; stop: () => void } {
  let bar: SingleBar | undefined;
  return {
    update(done) {
      if (!bar) {
        bar = new SingleBar({ format: 'downloading the text model {bar} {percentage} %', stream: process.stderr, hideCursor: null });
        bar.start(100, 0);
      }
      bar.update(Math.round(100 * done));
    },
    stop: () => bar?.stop(),
  };
}
