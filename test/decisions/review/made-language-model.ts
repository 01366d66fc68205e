import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** After a token that is not among the answer's comes the answer; after the answer comes the end, or the answer again and again. */
const TOKENS = { other: 0, answer: 1, end: 2 };

/**
 * Writes a text-generation model as transformers.js loads them: an ONNX graph that looks up, by the last token, which one comes next, and a tokenizer that has the whole answer as one
 * token. So what it says is known, and all that loads and runs a model is real.
 */
export function writeLanguageModel(folder: string, answer: string, { ends = true } = {}): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const json = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value));
  const shape = { vocab_size: 3, hidden_size: 2, num_attention_heads: 1, num_key_value_heads: 1, num_hidden_layers: 1 };
  json('config.json', { model_type: 'llama', architectures: ['LlamaForCausalLM'], eos_token_id: TOKENS.end, ...shape });
  json('generation_config.json', { eos_token_id: TOKENS.end });
  json('tokenizer_config.json', {
    tokenizer_class: 'PreTrainedTokenizer',
    unk_token: '[other]',
    eos_token: '[end]',
    chat_template: "{% for message in messages %}{{ message['role'] + ' ' + message['content'] + ' ' }}{% endfor %}",
  });
  json('tokenizer.json', {
    version: '1.0',
    added_tokens: [
      { id: TOKENS.end, content: '[end]', special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
    ],
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: { type: 'Fuse' },
    model: { type: 'WordLevel', unk_token: '[other]', vocab: { '[other]': TOKENS.other, [answer]: TOKENS.answer, '[end]': TOKENS.end } },
  });
  writeFileSync(join(folder, 'onnx', 'model.onnx'), nextTokenGraph([TOKENS.answer, ends ? TOKENS.end : TOKENS.answer, TOKENS.end]));
}

// Types, fields and codes of onnx.proto (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
const FLOAT = 1;
const INT64 = 7;

/** logits [batch, token, vocabulary] = row input_ids[batch, token] of a table. */
function nextTokenGraph(next: readonly number[]): Uint8Array {
  const table = new Float32Array(next.length ** 2);
  next.forEach((token, row) => {
    table[row * next.length + token] = 1;
  });
  const tensor = [field(1, next.length), field(1, next.length), field(2, FLOAT), field(8, 'table'), field(9, Buffer.from(table.buffer))];
  const node = [field(1, 'table'), field(1, 'input_ids'), field(2, 'logits'), field(4, 'Gather')];
  const input = typed('input_ids', INT64, ['batch', 'token']);
  const output = typed('logits', FLOAT, ['batch', 'token', next.length]);
  const graph = [field(1, joined(node)), field(2, 'next token'), field(5, joined(tensor)), field(11, input), field(12, output)];
  return joined([field(1, 8), field(7, joined(graph)), field(8, joined([field(2, 13)]))]);
}

function typed(name: string, type: number, dimensions: readonly (string | number)[]): Uint8Array {
  const shape = dimensions.map((size) => field(1, field(typeof size === 'string' ? 2 : 1, size)));
  return joined([field(1, name), field(2, field(1, joined([field(1, type), field(2, joined(shape))])))]);
}

/** A field of a protocol buffer: a number, or a text, message or bytes behind its length. */
function field(number: number, value: number | string | Uint8Array): Uint8Array {
  if (typeof value === 'number') return joined([varint(number << 3), varint(value)]);
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return joined([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    bytes.push(rest < 128 ? rest : (rest & 127) | 128);
    if (rest < 128) return Uint8Array.from(bytes);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
