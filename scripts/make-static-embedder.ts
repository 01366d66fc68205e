import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutoModel, env, Tensor } from '@xenova/transformers';
import { cacheFolder, principalDirections } from '../forecasting/index.ts';
import { root } from './compile.js';

/**
 * Distils the static embedder from the transformer: tsx scripts/make-static-embedder.ts [folder of models]. Every entry of the vocabulary is encoded
 * alone; the vectors are centred and rotated to their principal components, of which the first 128 are kept; each is made unit length, times
 * the logarithm of its rank in the vocabulary, which is sorted by frequency, and written in 8 bits with a scale (after model2vec: Tulkens and van Dongen 2024).
 */
const MODEL = 'Xenova/all-MiniLM-L6-v2';
const FULL = 384;
const KEPT = 128;
const BATCH = 256;
/** The model's first words follow about a thousand special and single-character entries. */
const FIRST_WORD = 999;
const OUTPUT = join(root, 'forecasting', 'embedding', 'static');

interface TokenizerFile {
  readonly added_tokens: readonly { readonly id: number }[];
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
}

const folder = process.argv[2] ?? process.env.REPLENISH_MODELS ?? cacheFolder('models');
env.localModelPath = folder;
env.allowRemoteModels = false;
const tokenizerPath = join(folder, MODEL, 'tokenizer.json');
const tokenizer: TokenizerFile = JSON.parse(readFileSync(tokenizerPath, 'utf8'));
const size = Object.keys(tokenizer.model.vocab).length;
const special = new Set(tokenizer.added_tokens.map(({ id }) => id));

const full = await encodeVocabulary();
const components = principalComponents(full);
writeTable(components);

/** [token][component] flat, the mean over [CLS], the token and [SEP], as the model's sentence vectors are. */
async function encodeVocabulary(): Promise<Float64Array> {
  const model = await AutoModel.from_pretrained(MODEL, { dtype: 'q8', device: 'cpu' });
  const vectors = new Float64Array(size * FULL);
  for (let start = 0; start < size; start += BATCH) {
    const rows = Math.min(BATCH, size - start);
    const ids = BigInt64Array.from({ length: rows * 3 }, (_, k) => BigInt([101, start + Math.floor(k / 3), 102][k % 3]));
    const shape = [rows, 3];
    const { last_hidden_state: states } = await model({
      input_ids: new Tensor('int64', ids, shape),
      attention_mask: new Tensor('int64', new BigInt64Array(rows * 3).fill(1n), shape),
      token_type_ids: new Tensor('int64', new BigInt64Array(rows * 3), shape),
    });
    const data: Float32Array = states.data;
    for (let r = 0; r < rows; r++) {
      for (let t = 0; t < 3; t++) for (let k = 0; k < FULL; k++) vectors[(start + r) * FULL + k] += data[(r * 3 + t) * FULL + k] / 3;
    }
  }
  return vectors;
}

/** [token][component] flat, the first components of the covariance. */
function principalComponents(vectors: Float64Array): Float64Array {
  const mean = new Float64Array(FULL);
  for (let k = 0; k < vectors.length; k++) mean[k % FULL] += vectors[k] / size;
  const centred = vectors.map((value, k) => value - mean[k % FULL]);
  const covariance = new Float64Array(FULL * FULL);
  for (let r = 0; r < size; r++) {
    const row = centred.subarray(r * FULL, (r + 1) * FULL);
    for (let a = 0; a < FULL; a++) for (let b = 0; b <= a; b++) covariance[a * FULL + b] += (row[a] * row[b]) / size;
  }
  for (let a = 0; a < FULL; a++) for (let b = 0; b < a; b++) covariance[b * FULL + a] = covariance[a * FULL + b];
  const basis = principalDirections(covariance, FULL, KEPT);
  const projected = new Float64Array(size * KEPT);
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < KEPT; c++) {
      let sum = 0;
      for (let k = 0; k < FULL; k++) sum += centred[r * FULL + k] * basis[c][k];
      projected[r * KEPT + c] = sum;
    }
  }
  return projected;
}

/** A checksum of 32 bytes, then per token a scale (32-bit float, little-endian) and 128 signed bytes. */
function writeTable(vectors: Float64Array): void {
  const body = Buffer.alloc(size * (4 + KEPT));
  for (let r = 0; r < size; r++) {
    const row = vectors.subarray(r * KEPT, (r + 1) * KEPT);
    const length = Math.hypot(...row);
    const weight = special.has(r) || length === 0 ? 0 : Math.log(1 + Math.max(1, r - FIRST_WORD)) / length;
    const most = row.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    body.writeFloatLE((weight * most) / 127, r * (4 + KEPT));
    for (let c = 0; c < KEPT; c++) body.writeInt8(Math.round((row[c] / most) * 127), r * (4 + KEPT) + 4 + c);
  }
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(join(OUTPUT, 'token-vectors.bin'), Buffer.concat([createHash('sha256').update(body).digest(), body]));
  writeFileSync(join(OUTPUT, 'tokenizer.json'), readFileSync(tokenizerPath));
}
