import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type Embedder,
  findAnalogues,
  type History,
  hashingEmbedder,
  introductionFeatures,
  openMethods,
  type Promotion,
  readTexts,
  type SalesNote,
} from '../../../forecasting/index.ts';
import { madeUpHistory } from '../made-up-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'texts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function note(text: string, period: number): SalesNote {
  return { text, period, knownAt: period - 1, date: '2024-01-01', known: '2024-01-01' };
}

function promotion(text: string, period: number): Promotion {
  return { text, from: '2024-01-01', to: '2024-01-07', depth: 0.2, firstPeriod: period, lastPeriod: period, knownAt: period - 1 };
}

const plain = madeUpHistory();
const history: History = {
  ...plain,
  notes: [note('Street fair', 9), note('Rain all week', 20), note('Street fair', 30)],
  promotions: [promotion('Half price', 5), promotion('', 12), promotion('Half price', 25), promotion('On the front page', 33)],
};

/** An embedder that keeps account of what it was asked. */
function watched(asked: string[], changes: Partial<Embedder> = {}): Embedder {
  const inner = hashingEmbedder();
  return {
    ...inner,
    name: 'transformer',
    embed: (texts) => {
      asked.push(...texts);
      return inner.embed(texts);
    },
    ...changes,
  };
}

describe('the texts of a history', () => {
  test('are descriptions with their categories, notes and what promotions say, each embedded once', async () => {
    const asked: string[] = [];
    const texts = await readTexts(history, { transformer: watched(asked), folder: join(folder, 'once') });
    expect(asked).toContain('red mug, mug');
    expect(asked.filter((text) => text.startsWith('Street fair'))).toHaveLength(1);
    expect(new Set(asked).size).toBe(asked.length);
    expect([...(texts.events?.notes.keys() ?? [])]).toEqual(['Street fair', 'Rain all week']);
    expect([...(texts.promotions?.keys() ?? [])]).toEqual(['Half price', 'On the front page']);
    await readTexts(history, { transformer: watched(asked), folder: join(folder, 'once') });
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('are nothing where there are no notes and promotions say nothing', async () => {
    const { events, promotions } = await readTexts({ ...plain, promotions: [promotion(' ', 3)] }, { embedder: 'hashing' });
    expect([events, promotions]).toEqual([null, null]);
  });

  test('are all read by one embedder, though descriptions were read before by a model that is gone', async () => {
    const once = { folder: join(folder, 'gone'), report: () => {} };
    await readTexts(plain, { ...once, transformer: watched([]) });
    const gone = watched([], { embed: () => Promise.reject(new Error('gone')) });
    const { descriptions, events } = await readTexts(history, { ...once, transformer: gone });
    expect(descriptions).toMatchObject({
      embedder: 'static',
      searched: [{ embedder: 'transformer', outcome: 'gone' }, { embedder: 'static' }],
    });
    expect(descriptions.fallback).toContain('gone');
    expect(events?.notes.get('Street fair')).toHaveLength(descriptions.vectors[0].length);
  });
});

test('several methods look for a model that is missing once, and say so once', async () => {
  const said: string[] = [];
  let looked = 0;
  const missing = watched([], {
    embed: () => {
      looked++;
      return Promise.reject(new Error('nowhere to be found'));
    },
  });
  const options = { transformer: missing, folder: join(folder, 'missing'), report: (line: string) => said.push(line) };
  const opened = await openMethods(['global+text', 'ridge+text', 'auto'], history, options);
  expect(looked).toBe(1);
  expect(said.filter((line) => line.includes('cannot be had'))).toHaveLength(1);
  for (const { text } of opened) {
    expect(text?.fallback).toContain('nowhere to be found');
    expect(text?.searched.map(({ embedder }) => embedder)).toEqual(['transformer', 'static']);
  }
});

describe('an item without a description', () => {
  test('is alike nothing, not alike others without one', async () => {
    const items = plain.items.map((item, i) => ({
      ...item,
      description: i < 3 ? '' : item.description,
      category: i < 3 ? ' ' : item.category,
    }));
    const { descriptions } = await readTexts({ ...plain, items }, { embedder: 'static' });
    const { count, weights, neighbours } = findAnalogues(descriptions.vectors, { count: 5 });
    for (let rank = 0; rank < count; rank++) {
      expect(weights.subarray(0, 3 * count).every((weight) => weight === 0)).toBe(true);
      for (let i = 3; i < items.length; i++) if (neighbours[i * count + rank] < 3) expect(weights[i * count + rank]).toBe(0);
    }
  });

  test('is introduced at what its price promises', () => {
    const selling = [0, 1, 2, 3].map((k) => ({ rate: k, price: 0, vector: Float32Array.of(Math.cos(k), Math.sin(k)) }));
    const [, , peers, alike, mean, likeness] = introductionFeatures({ price: 0, vector: new Float32Array(2), selling });
    expect([alike, mean, likeness]).toEqual([peers, peers, 0]);
    const nameless = { rate: 9, price: 0, vector: new Float32Array(2) };
    const described = introductionFeatures({ price: 0, vector: Float32Array.of(1, 0), selling: [...selling, nameless] });
    expect(described[4]).toBeCloseTo(1.5, 12);
  });
});
