import { SingleBar } from 'cli-progress';
import { cachedEmbedder } from './cache.ts';
import type { Embedder } from './embedder.ts';
import { hashingEmbedder } from './hashing.ts';
import { transformerEmbedder } from './transformer.ts';

export type EmbedderName = 'transformer' | 'hashing';

/** Vectors of texts, and what made them: to be recorded with any result that rests on them. */
export interface TextVectors {
  readonly vectors: readonly Float32Array[];
  /** The embedder in use, which may not be the one asked for. */
  readonly embedder: EmbedderName;
  readonly model: string;
  /** Why another embedder than the one asked for is in use; null where it is the one asked for. */
  readonly fallback: string | null;
}

export interface EmbedOptions {
  /** Default: transformer. */
  readonly embedder?: EmbedderName;
  /** Where lines for people go. Default: standard error. */
  readonly report?: (line: string) => void;
  /** The embedder to use as `transformer`: for tests. */
  readonly transformer?: Embedder;
  /** Folder of the vector cache. Default: `embeddings` in the cache folder. */
  readonly folder?: string;
}

/**
 * One vector of length 1 per text. Where the transformer cannot be had, says so once and hashes instead. Vectors made before are read from the
 * cache, for which no model is needed.
 */
export async function embedTexts(texts: readonly string[], options: EmbedOptions = {}): Promise<TextVectors> {
  const report = options.report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const cache = { folder: options.folder, report };
  const hashing = hashingEmbedder();
  if (options.embedder === 'hashing') {
    return { vectors: await hashing.embed(texts), embedder: 'hashing', model: hashing.model, fallback: null };
  }
  const bar = downloadBar();
  const transformer = options.transformer ?? transformerEmbedder({ onProgress: bar.update });
  try {
    const vectors = await cachedEmbedder(transformer, cache).embed(texts);
    return { vectors, embedder: 'transformer', model: transformer.model, fallback: null };
  } catch (error) {
    const fallback = `the text model ${transformer.model} cannot be had: ${error instanceof Error ? error.message : error}`;
    report(`WARNING: ${fallback}`);
    report('WARNING: descriptions are compared by their spelling instead (hashing), which understands no meanings;');
    report('WARNING: to use the model, connect to the network once, or set REPLENISH_MODELS to a folder that holds it');
    return { vectors: await hashing.embed(texts), embedder: 'hashing', model: hashing.model, fallback };
  } finally {
    bar.stop();
  }
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
