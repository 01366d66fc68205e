import { describe, expect, test } from 'vitest';
import { ROOMS, Rooms, type ServerMessage, type WatchSource, watchMessage } from '../../dashboard/index.ts';
import { HandClock } from './hand-clock.ts';
import { smallSource } from './small-source.ts';

const watch = watchMessage.parse({ type: 'watch', scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100, speed: 10 });

/** Somebody who watches and keeps what is said. */
function member() {
  const told: ServerMessage[] = [];
  const faults: unknown[] = [];
  return {
    told,
    faults,
    send: (message: ServerMessage) => told.push(message),
    tell: () => {},
    turn: () => {},
    restart: () => {},
    fault: (e: unknown) => faults.push(e),
  };
}

function rooms(source: WatchSource = smallSource) {
  const clock = new HandClock();
  return { clock, rooms: new Rooms({ source, clock }) };
}

describe('a session', () => {
  test('that nobody watches stands still, is kept for a minute, and is then freed', async () => {
    const { clock, rooms: all } = rooms();
    const room = await all.open(watch);
    const viewer = member();
    all.enter(room, viewer);
    room.session.control('play');
    clock.turn(1000);
    expect(room.session.played).toBe(10);
    all.leave(room, viewer);
    clock.turn(ROOMS.kept - 1);
    expect(room.session.played).toBe(10);
    expect(all.find(room.id)).toBe(room);
    clock.turn(1);
    expect(() => all.find(room.id)).toThrow('it is gone');
    expect(all.size).toBe(0);
  });

  test('goes on where it was when somebody comes back within the minute', async () => {
    const { clock, rooms: all } = rooms();
    const room = await all.open(watch);
    const [first, second] = [member(), member()];
    all.enter(room, first);
    room.session.control('play');
    clock.turn(1000);
    all.leave(room, first);
    clock.turn(ROOMS.kept / 2);
    all.enter(room, second);
    clock.turn(1000);
    expect(room.session.played).toBe(20);
    clock.turn(2 * ROOMS.kept);
    expect(all.find(room.id)).toBe(room);
  });

  test('gives its place to a new one where there are too many and nobody watches it; else the new one is refused', async () => {
    const { rooms: all } = rooms();
    const open = async () => {
      const room = await all.open(watch);
      all.enter(room, member());
    };
    for (let k = 1; k < ROOMS.most; k++) await open();
    const idle = await all.open(watch);
    await open();
    expect(all.size).toBe(ROOMS.most);
    expect(() => all.find(idle.id)).toThrow('it is gone');
    await expect(open()).rejects.toThrow(`${ROOMS.most} sessions are open`);
  });

  test('starts over with another seed, which is another demand, and tells everybody', async () => {
    const { clock, rooms: all } = rooms();
    const room = await all.open(watch);
    const viewer = member();
    all.enter(room, viewer);
    const demand = () => room.session.slice(0, 20).map((frame) => frame.demand);
    const play = () => {
      for (let k = 0; k < 20; k++) room.control({ type: 'control', action: 'step' });
      clock.turn(0);
      return demand();
    };
    const before = play();
    room.control({ type: 'control', action: 'seed', seed: 5 });
    expect([room.session.played, room.watch.seed]).toEqual([0, 5]);
    expect(play()).not.toEqual(before);
    room.control({ type: 'control', action: 'seed', seed: 1 });
    expect(play()).toEqual(before);
  });

  test('ends the work for it when nobody waits any more', async () => {
    const signals: AbortSignal[] = [];
    const never: WatchSource = {
      ...smallSource,
      scores: (_, { signal } = {}) => {
        if (signal !== undefined) signals.push(signal);
        return new Promise(() => {});
      },
    };
    const { rooms: all } = rooms(never);
    const room = await all.open(watch);
    const viewer = member();
    all.enter(room, viewer);
    all.score(room);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    all.leave(room, viewer);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(viewer.faults).toEqual([]);
  });

  test('that computes for long delays no other: who waits for a step is served before it', async () => {
    const { clock, rooms: all } = rooms();
    const [long, short] = [await all.open({ ...watch, periods: 5000 }), await all.open(watch)];
    const order: string[] = [];
    all.enter(long, { ...member(), tell: () => order.push('long') });
    all.enter(short, { ...member(), tell: () => order.push('short') });
    long.session.control('end');
    short.session.control('play');
    clock.turn(100);
    expect(short.session.played).toBe(1);
    expect(order).toContain('short');
  });
});
