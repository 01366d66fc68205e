import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Dashboard, readClientMessage, startDashboard } from '../../dashboard/index.ts';
import { Client } from './client.ts';
import { emptyPage } from './empty-page.ts';
import { HandClock } from './hand-clock.ts';
import { playedThrough, smallSource } from './small-source.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 60 };
const page = emptyPage();
const clock = new HandClock();
const log: string[] = [];
let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard({ source: smallSource, start, page: page.folder, clock, log: (line) => log.push(line) });
});
afterAll(async () => {
  await dashboard.close();
  page.remove();
});

const text = fc.oneof(fc.constantFrom('shop', 'depot', 's-S', 'base-stock', 'run:../../etc/passwd', '__proto__', '', 'human'), fc.string());
const number = fc.oneof(fc.integer({ min: -2, max: 80 }), fc.integer(), fc.double());
const anything = fc.oneof(text, number, fc.jsonValue());
/** A message that is right in most of its fields. */
const near = fc
  .record(
    {
      type: fc.constantFrom('watch', 'control', 'order', 'join', 'hint', 'explain', 'follow', 'train', 'item', 'compare'),
      scenario: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('shop', 'depot') }, { weight: 1, arbitrary: anything }),
      policies: fc.oneof(
        { weight: 4, arbitrary: fc.constant(['base-stock']) },
        { weight: 1, arbitrary: fc.array(text) },
        { weight: 1, arbitrary: anything },
      ),
      set: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.dictionary(text, anything) }),
      seed: fc.oneof({ weight: 4, arbitrary: fc.nat(9) }, { weight: 1, arbitrary: anything }),
      periods: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 40 }) }, { weight: 1, arbitrary: anything }),
      period: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 10 }) }, { weight: 1, arbitrary: anything }),
      policy: fc.oneof({ weight: 4, arbitrary: fc.nat(3) }, { weight: 1, arbitrary: anything }),
      action: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('play', 'pause', 'step', 'end', 'restart', 'seed', 'speed', 'stop') },
        { weight: 1, arbitrary: anything },
      ),
      game: fc.oneof(
        { weight: 3, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.constant({ seats: { store: 'human' } }) },
        { weight: 1, arbitrary: anything },
      ),
      orders: fc.oneof(
        { weight: 4, arbitrary: fc.constant([3]) },
        { weight: 1, arbitrary: fc.array(number) },
        { weight: 1, arbitrary: anything },
      ),
      session: text,
      run: fc.oneof(fc.constant(null), text),
      lane: fc.oneof(fc.nat(5), anything),
      speed: fc.oneof(fc.double({ min: 0.1, max: 1000 }), anything),
      scores: fc.oneof(fc.boolean(), anything),
      shortageCost: fc.oneof(fc.double({ min: 1, max: 90 }), anything),
      leadTime: fc.oneof(fc.nat(8), anything),
      mean: fc.oneof(fc.double({ min: 1, max: 19 }), anything),
      spread: fc.oneof(fc.double({ min: 1, max: 9 }), anything),
    },
    { requiredKeys: ['type'] },
  )
  .map((message) => JSON.stringify(message));
const messages = fc.oneof({ weight: 1, arbitrary: fc.string() }, { weight: 1, arbitrary: fc.json() }, { weight: 8, arbitrary: near });

/** All that was sent before has been read when this has been answered. */
async function settled(client: Client): Promise<void> {
  const pong = new Promise((resolve) => client.socket.once('pong', resolve));
  client.socket.ping();
  await pong;
}

test('10,000 random and mutated messages: what is wrong is answered, and neither the server nor another session ends', async () => {
  const other = await Client.connect(dashboard.url);
  other.send({ type: 'watch', ...start });
  await other.next('watching');
  const storm = await Client.connect(dashboard.url);
  const sent = fc.sample(messages, { numRuns: 10_000, seed: 7 });
  let wrong = 0;
  for (const [k, message] of sent.entries()) {
    storm.send(message);
    const read = readClientMessage(message);
    if (read.type === 'error') {
      wrong++;
      expect(read.expected).toMatch(/^(?!Invalid)./);
    }
    if (k % 50 < 49) continue;
    await settled(storm);
    // A second for what it may send, and for what plays.
    clock.turn(1000);
  }
  await settled(storm);
  expect(storm.socket.readyState).toBe(storm.socket.OPEN);
  const errors = storm.received.filter(({ type }) => type === 'error');
  expect(errors.length).toBeGreaterThanOrEqual(wrong);
  expect(wrong).toBeGreaterThan(2000);
  const kinds = new Set(storm.received.map(({ type }) => type));
  for (const kind of ['watching', 'frames', 'end', 'playing', 'hint', 'explanation', 'seats', 'evaluations'] as const)
    expect(kinds).toContain(kind);
  expect(log).toEqual([]);

  other.send({ type: 'control', action: 'end' });
  await settled(other);
  clock.turn(100);
  await other.next('end');
  expect(other.frames()).toEqual(await playedThrough(start));
  storm.close();
  other.close();
});
