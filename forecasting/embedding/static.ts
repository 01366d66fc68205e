import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Embedder, normalise } from './embedder.ts';

const DIMENSION = 128;
const CHECK_BYTES = 32;
const ROW_BYTES = 4 + DIMENSION;
const SHIPPED = fileURLToPath(new URL('./static/', import.meta.url));

export interface StaticOptions {
  /** Folder with token-vectors.bin and tokenizer.json. Default: the one that ships with the package. */
  readonly folder?: string;
}

/**
 * The weighted mean of the vectors of a text's tokens, distilled from the transformer (scripts/make-static-embedder.ts; after model2vec: Tulkens and
 * van Dongen 2024). Needs neither network nor model; knows words and what is like them, not what an order of words means. embed() throws an
 * Error that names the file where a table is cut short or altered.
 */
export function staticEmbedder(options: StaticOptions = {}): Embedder {
  const folder = options.folder ?? SHIPPED;
  let loaded: Promise<TokenTable> | undefined;
  return {
    name: 'static',
    model: 'all-MiniLM-L6-v2 tokens, 128 components',
    precision: 'int8',
    dimension: DIMENSION,
    async embed(texts) {
      loaded ??= load(folder);
      const { tokens, vectors } = await loaded;
      return texts.map((text) => meanOfTokens(tokens(text), vectors));
    },
  };
}

interface TokenTable {
  tokens(text: string): readonly number[];
  readonly vectors: Buffer;
}

async function load(folder: string): Promise<TokenTable> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const path = `${folder}/token-vectors.bin`;
  const bytes = await readFile(path);
  const vectors = bytes.subarray(CHECK_BYTES);
  if (vectors.length === 0 || !createHash('sha256').update(vectors).digest().equals(bytes.subarray(0, CHECK_BYTES))) {
    throw new Error(`${path} is cut short or altered: install the package again`);
  }
  const tokenizer = new Tokenizer(JSON.parse(await readFile(`${folder}/tokenizer.json`, 'utf8')), {});
  return { tokens: (text) => tokenizer.encode(text, { add_special_tokens: false }).ids, vectors };
}

function meanOfTokens(tokens: readonly number[], vectors: Buffer): Float32Array {
  const mean = new Float32Array(DIMENSION);
  for (const token of tokens) {
    const at = token * ROW_BYTES;
    if (at >= vectors.length) continue;
    const scale = vectors.readFloatLE(at);
    for (let k = 0; k < DIMENSION; k++) mean[k] += scale * vectors.readInt8(at + 4 + k);
  }
  return normalise(mean);
}
