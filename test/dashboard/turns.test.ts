import { describe, expect, test } from 'vitest';
import { type Clock, type Piecework, Turns } from '../../dashboard/index.ts';

/** Every look at the clock takes a millisecond, and what is planned is called when the test says so. */
function hastyClock() {
  let time = 0;
  const planned: (() => void)[] = [];
  const clock: Clock = {
    now: () => time++,
    after: (_, callback) => {
      planned.push(callback);
      return () => {};
    },
  };
  return { clock, next: () => planned.shift()?.() };
}

function* pieces(count: number, done: string[]): Piecework<string> {
  for (let k = 1; k <= count; k++) {
    done.push(`piece ${k}`);
    yield;
  }
  return 'all';
}

describe('a long computation', () => {
  test('lets those who are waited for go before its next pieces', async () => {
    const { clock, next } = hastyClock();
    const turns = new Turns(clock);
    const done: string[] = [];
    const all = turns.through(pieces(20, done));
    next();
    const first = done.length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(10);
    turns.ask('prompt', () => done.push('prompt'));
    while (done.length < 21) next();
    expect(done[first]).toBe('prompt');
    next();
    expect(await all).toBe('all');
  });

  test('fails as its work fails, and the next one is done', async () => {
    const { clock, next } = hastyClock();
    const turns = new Turns(clock);
    const broken = turns.through(
      (function* (): Piecework<never> {
        yield;
        throw new Error('come loose');
      })(),
    );
    const sound = turns.through(pieces(1, []));
    for (let k = 0; k < 5; k++) next();
    await expect(broken).rejects.toThrow('come loose');
    expect(await sound).toBe('all');
  });
});
