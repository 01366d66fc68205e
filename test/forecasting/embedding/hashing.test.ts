import { describe, expect, test } from 'vitest';
import { cosine, hashingEmbedder } from '../../../forecasting/index.ts';

const embedder = hashingEmbedder();

describe('hashing embedder', () => {
  test('gives vectors of length 1 that do not depend on case, spacing or the other texts', async () => {
    const [alone] = await embedder.embed(['White  hanging\theart']);
    const [, beside] = await embedder.embed(['SOMETHING ELSE', 'WHITE HANGING HEART']);
    expect(alone).toHaveLength(embedder.dimension);
    expect(cosine(alone, alone)).toBeCloseTo(1, 6);
    expect(beside).toEqual(alone);
  });

  test('likens what is spelled alike', async () => {
    const [heart, hearts, drawer] = await embedder.embed(['WHITE HANGING HEART', 'WHITE HANGING HEARTS', 'OFFICE MUG WARMER BLUE']);
    expect(cosine(heart, hearts)).toBeGreaterThan(0.85);
    expect(cosine(heart, drawer)).toBeLessThan(0.3);
  });

  test('looks within words only, so that their order does not count', async () => {
    const [forwards, backwards] = await embedder.embed(['tea towel', 'towel tea']);
    expect(forwards).toEqual(backwards);
  });

  test('tells short words apart and takes any script', async () => {
    const [a, b, chinese, emoji] = await embedder.embed(['a', 'b', '红灯笼', '🎄🎁']);
    expect(cosine(a, b)).toBe(0);
    for (const vector of [a, chinese, emoji]) expect(cosine(vector, vector)).toBeCloseTo(1, 6);
  });

  test('gives zeros for a text without words', async () => {
    const [empty] = await embedder.embed(['  ']);
    expect(empty.every((value) => value === 0)).toBe(true);
  });
});
