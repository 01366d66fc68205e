import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openLanguageModel, type Review, rephrase } from '../../../decisions/index.ts';
import { writeLanguageModel } from './made-language-model.ts';

const review: Review = {
  run: 'r',
  kind: 'recommendation',
  title: 'global',
  findings: [{ id: 'bias', section: 'How it is doing', text: 'The bias is -15.6 % of sales: it forecasts too little.' }],
  groups: [],
};
const saying = (text: string) => `Sure! ${JSON.stringify({ findings: [{ id: 'bias', text }] })}`;

let models = '';
beforeAll(() => {
  models = mkdtempSync(join(tmpdir(), 'replenish-models-'));
  vi.stubEnv('REPLENISH_MODELS', models);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(models, { recursive: true, force: true });
});

function answerOf(name: string, answer: string, options: { ends?: boolean; timeout?: number } = {}) {
  writeLanguageModel(join(models, 'made', name), answer, options);
  return rephrase(review, openLanguageModel({ llm: `local:made/${name}`, timeout: options.timeout }));
}

describe('a text-generation model that runs on this machine', () => {
  test('words the findings', async () => {
    const text = 'It forecasts too little: the bias is -15.6 % of sales.';
    const { worded, note } = await answerOf('honest', saying(text));
    expect(note).toBe('Worded by made/honest; its numbers were checked against the findings.');
    expect(worded).toEqual([{ id: 'bias', text }]);
  });

  test('may not add a number either', async () => {
    const { worded, note } = await answerOf('inventive', saying('The bias is 42 %.'));
    expect(worded).toBeNull();
    expect(note).toContain('a number that is not in the finding bias: 42');
  });

  test('is interrupted where it does not come to an end in time', async () => {
    const { worded, note } = await answerOf('endless', 'and so on', { ends: false, timeout: 1 });
    expect(worded).toBeNull();
    expect(note).toContain('it did not answer in time');
  });
});
