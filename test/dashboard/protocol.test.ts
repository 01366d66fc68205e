import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS, readClientMessage } from '../../dashboard/index.ts';

const anyType = 'an object whose type is one of watch, control, order, join, hint, explain, follow, train, item, compare';
const watch = { type: 'watch', scenario: 'shop', policies: ['s-S'], seed: 1, periods: 100 };

describe('a message from a page', () => {
  test('is completed with what was left out', () => {
    expect(readClientMessage(JSON.stringify(watch))).toEqual({
      ...watch,
      set: {},
      lane: 0,
      item: null,
      played: 0,
      play: false,
      speed: 4,
      scores: false,
      game: null,
    });
    expect(readClientMessage('{"type":"control","action":"play"}')).toEqual({ type: 'control', action: 'play' });
  });

  test.each([
    ['not JSON at all', 'received "not JSON at all", which is not JSON', 'one JSON object a message'],
    ['7', 'message: received 7', anyType],
    ['{"type":"sell"}', 'type: received "sell"', anyType],
    [{ ...watch, periods: 0 }, 'periods: received 0', `a whole number from 1 to ${LIMITS.periods}`],
    [{ ...watch, periods: LIMITS.periods + 1 }, `periods: received ${LIMITS.periods + 1}`, `a whole number from 1 to ${LIMITS.periods}`],
    [{ ...watch, seed: 1.5 }, 'seed: received 1.5', `a whole number from 0 to ${LIMITS.seed}`],
    [{ ...watch, policies: [] }, 'policies: received []', 'at least 1 policy'],
    [{ ...watch, policies: ['a', 'b', 'c', 'd', 'e'] }, 'policies: received ["a","b","c","d","e"]', 'at most 4 policies'],
    [{ ...watch, policies: ['a', 'a'] }, 'policies: received ["a","a"]', 'each policy once'],
    [{ ...watch, scenario: undefined }, 'scenario: received nothing', 'the id of a scenario'],
    [{ ...watch, speed: -1 }, 'speed: received -1', `a number above 0 and at most ${LIMITS.speed}`],
    [{ type: 'control', action: 'jump' }, 'action: received "jump"', 'one of play, pause, step, end, restart, speed, seed'],
  ])('%j is answered with what was received and what was expected', (message, received, expected) => {
    const data = typeof message === 'string' ? message : JSON.stringify(message);
    expect(readClientMessage(data)).toMatchObject({ type: 'error', message: received, expected });
  });

  test('of any kind is understood or answered, never thrown over', () => {
    const mutated = fc.record(
      {
        type: fc.oneof(fc.constantFrom('watch', 'control'), fc.jsonValue()),
        scenario: fc.oneof(fc.string(), fc.jsonValue()),
        policies: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
        set: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()),
        seed: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
        periods: fc.oneof(fc.integer(), fc.jsonValue()),
        action: fc.oneof(fc.constantFrom('play', 'step'), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    const data = fc.oneof(
      fc.string(),
      fc.json(),
      mutated.map((message) => JSON.stringify(message)),
    );
    fc.assert(
      fc.property(data, (text) => {
        const message = readClientMessage(text);
        // Each field says what it takes in words of its own.
        if (message.type === 'error') expect(message.expected).toMatch(/^(?!Invalid)./);
        else if (message.type === 'watch') expect(message.periods).toBeGreaterThan(0);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
