import { z } from 'zod';
import { UserError } from '../../env/index.ts';

/** Answers a question in words; the signal ends the wait. */
export interface LanguageModel {
  readonly name: string;
  ask(instructions: string, question: string, signal?: AbortSignal): Promise<string>;
}

export interface ModelOptions {
  /** Base of an OpenAI-compatible endpoint (http://localhost:11434/v1), or `local:MODEL` for a text-generation model of transformers.js. */
  readonly llm: string;
  /** Name of the model at the endpoint. */
  readonly model?: string;
  /** Sent as a bearer token. */
  readonly key?: string;
  /** [ms] until an answer is waited for. Default: 60,000. */
  readonly timeout?: number;
}

/** [bytes] of an answer that are read. */
const LONGEST = 200_000;
const LOCAL = 'local:';

const answer = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });

/** Opens a model; nothing is sent or loaded before it is asked. @throws UserError */
export function openLanguageModel({ llm, model, key, timeout = 60_000 }: ModelOptions): LanguageModel {
  if (llm.startsWith(LOCAL)) return localModel(llm.slice(LOCAL.length), timeout);
  const url = endpointOf(llm);
  if (model === undefined) throw new UserError(`--llm ${llm}: expected the name of a model with it; add --llm-model NAME`);
  return {
    name: model,
    ask: (instructions, question, signal) =>
      withinTime(timeout, signal, async (ending) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
          body: JSON.stringify({ model, temperature: 0, messages: messagesOf(instructions, question) }),
          redirect: 'error',
          signal: ending,
        });
        if (!response.ok) throw new Error(`it answered with status ${response.status}`);
        const read = answer.safeParse(parse(await readUpTo(response, LONGEST)));
        if (!read.success) throw new Error('its answer is not of the form that OpenAI-compatible endpoints have');
        return read.data.choices[0].message.content;
      }),
  };
}

function messagesOf(instructions: string, question: string) {
  return [
    { role: 'system', content: instructions },
    { role: 'user', content: question },
  ];
}

/** AbortSignal.timeout joined with others by AbortSignal.any is collected before its time in Node 20, and then never comes: this timer is held. */
async function withinTime<T>(timeout: number, signal: AbortSignal | undefined, work: (ending: AbortSignal) => Promise<T>): Promise<T> {
  const ending = new AbortController();
  const stop = () => ending.abort(signal?.reason);
  const late = setTimeout(() => ending.abort(new DOMException('it did not answer in time', 'TimeoutError')), timeout);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(late);
    signal?.removeEventListener('abort', stop);
  }
}

function endpointOf(llm: string): URL {
  const url = URL.canParse(llm) ? new URL(llm) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError(`--llm ${llm}: expected an http or https address, or local:MODEL; for example --llm http://localhost:11434/v1`);
  }
  if (!url.pathname.endsWith('/chat/completions')) url.pathname = `${url.pathname.replace(/\/$/, '')}/chat/completions`;
  return url;
}

async function readUpTo(response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw new Error(`its answer is longer than ${most} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('its answer is no JSON');
  }
}

/** A model that transformers.js runs on this machine; looked for in REPLENISH_MODELS, then as the library does. Loading it is not timed, what it says is. */
function localModel(name: string, timeout: number): LanguageModel {
  if (name === '')
    throw new UserError('--llm local: expected a model after it; for example --llm local:onnx-community/Qwen2.5-0.5B-Instruct');
  return {
    name,
    ask: async (instructions, question, signal) => {
      const { env, InterruptableStoppingCriteria, pipeline } = await import('@xenova/transformers');
      if (process.env.REPLENISH_MODELS) env.localModelPath = process.env.REPLENISH_MODELS;
      const generate = await pipeline('text-generation', name, { device: 'cpu' });
      return withinTime(timeout, signal, async (ending) => {
        const stopping = new InterruptableStoppingCriteria();
        ending.addEventListener('abort', () => stopping.interrupt(), { once: true });
        const asked = { max_new_tokens: 2000, do_sample: false, stopping_criteria: stopping };
        const output: unknown = await generate(messagesOf(instructions, question), asked);
        ending.throwIfAborted();
        const read = generated.safeParse(output);
        if (!read.success) throw new Error('its answer is not of the form that text generation has');
        return read.data[0].generated_text.at(-1)?.content ?? '';
      });
    },
  };
}

const generated = z.array(z.object({ generated_text: z.array(z.object({ role: z.string(), content: z.string() })) })).min(1);
