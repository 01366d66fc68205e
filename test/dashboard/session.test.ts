import { describe, expect, test } from 'vitest';
import { type SessionEvent, totalsOf, WatchSession } from '../../dashboard/index.ts';
import { HandClock } from './hand-clock.ts';
import { playedThrough, smallSource } from './small-source.ts';

const watched = { scenario: 'shop', policies: ['base-stock', 's-S'], periods: 60, seed: 7 };

async function start({
  speed = 10,
  clock = new HandClock(),
  ...watch
}: Partial<typeof watched> & { speed?: number; clock?: HandClock } = {}) {
  const events: SessionEvent[] = [];
  const faults: unknown[] = [];
  const message = {
    type: 'watch' as const,
    set: {},
    lane: 0,
    item: null,
    scores: false,
    game: null,
    played: 0,
    play: false,
    ...watched,
    ...watch,
    speed,
  };
  const session = new WatchSession({
    episode: await smallSource.open(message),
    speed,
    clock,
    onEvent: (event) => events.push(event),
    onFault: (error) => faults.push(error),
  });
  return { clock, session, events, faults };
}

describe('a watched session', () => {
  test('plays as many periods a second as asked for', async () => {
    const { clock, session } = await start({ speed: 10 });
    session.control('play');
    clock.turn(1000);
    expect(session.played).toBe(10);
    session.control('play', 40);
    clock.turn(1000);
    expect(session.played).toBe(50);
  });

  test('keeps its beat where timers fire before their time', async () => {
    class HastyClock extends HandClock {
      override after(delay: number, callback: () => void): () => void {
        return super.after(0.9 * delay, callback);
      }
    }
    const { clock, session } = await start({ speed: 10, clock: new HastyClock() });
    session.control('play');
    for (let period = 1; period <= 20; period++) {
      clock.turn(99);
      expect(session.played).toBe(period - 1);
      clock.turn(1);
      expect(session.played).toBe(period);
    }
  });

  test('brings several periods in one event where they follow each other faster than a page can show', async () => {
    const { clock, session, events } = await start({ speed: 1000 });
    session.control('play');
    clock.turn(50);
    expect(session.played).toBe(50);
    expect(events.length).toBeLessThanOrEqual(3);
  });

  test('stands still when paused, and a step plays one period', async () => {
    const { clock, session } = await start();
    session.control('play');
    clock.turn(350);
    session.control('pause');
    clock.turn(5000);
    expect(session.played).toBe(3);
    expect(session.running).toBe(false);
    session.control('step');
    expect(session.played).toBe(4);
  });

  test('goes to the end at once and says so once', async () => {
    const { clock, session, events } = await start();
    session.control('end');
    clock.turn(0);
    expect(session.played).toBe(60);
    session.control('step');
    session.control('play');
    clock.turn(1000);
    expect(events.filter((event) => event === 'end')).toHaveLength(1);
    expect(session.running).toBe(false);
  });

  test('shows the same numbers after a restart', async () => {
    const { clock, session } = await start();
    session.control('end');
    clock.turn(0);
    const before = session.slice(0, 60);
    session.control('restart');
    expect([session.played, session.slice(0, 60)]).toEqual([0, []]);
    session.control('end');
    clock.turn(0);
    expect(session.slice(0, 60)).toEqual(before);
    expect(before).toEqual(await playedThrough(watched));
  });

  test('catches up to where a page was, then calls back', async () => {
    const { clock, session } = await start();
    const calls: number[] = [];
    session.catchUp(25, () => calls.push(session.played));
    clock.turn(0);
    expect(calls).toEqual([25]);
  });

  test('totals are those of its frames', async () => {
    const { clock, session } = await start();
    session.control('end');
    clock.turn(0);
    const frames = session.slice(0, 60);
    const [total] = session.totals();
    expect(session.totals()).toEqual(totalsOf(frames, 2));
    expect(total.totalCost).toBeCloseTo(
      frames.reduce((sum, { policies }) => sum + policies[0].cost, 0),
      9,
    );
    expect(total.costPerPeriod).toBeCloseTo(total.totalCost / 60, 12);
  });

  test('a policy that fails pauses the session and is reported', async () => {
    const { clock, session, faults } = await start({ policies: ['base-stock', 'broken'] });
    session.control('play');
    clock.turn(10_000);
    expect(session.played).toBe(2);
    expect(session.running).toBe(false);
    expect(String(faults)).toContain('come loose');
  });

  test('plays nothing after it was closed', async () => {
    const { clock, session } = await start();
    session.control('play');
    session.close();
    clock.turn(1000);
    expect(session.played).toBe(0);
  });
});
