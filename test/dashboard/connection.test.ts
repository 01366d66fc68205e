import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { Client } from './client.ts';
import { emptyPage } from './empty-page.ts';
import { playedThrough, smallSource } from './small-source.ts';

const page = emptyPage();
const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };
const watch = { type: 'watch', ...start };
const log: string[] = [];
let dashboard: Dashboard;
let clients: Client[] = [];

async function connect(): Promise<Client> {
  const client = await Client.connect(dashboard.url);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  dashboard = await startDashboard({ source: smallSource, start, page: page.folder, log: (line) => log.push(line) });
});

afterAll(async () => {
  for (const client of clients) client.close();
  clients = [];
  await dashboard.close();
  page.remove();
});

describe('a page that is connected', () => {
  test('is told what there is to watch, and what to watch first', async () => {
    const client = await connect();
    const hello = await client.next('hello');
    expect(hello.scenarios.map(({ id }) => id)).toEqual(['shop', 'depot']);
    expect(hello.policies.find(({ spec }) => spec === 'run:depot-ppo')?.scenarios).toEqual(['depot']);
    expect(hello.start).toMatchObject(watch);
  });

  test('gets the frames of the episode it asked for, and its totals at the end', async () => {
    const client = await connect();
    client.send({ ...watch, lane: 2, seed: 9 });
    const watching = await client.next('watching');
    expect(watching.names).toEqual(['Base stock', '(s, S)']);
    expect(watching.items[2]).toEqual({ id: '84879', description: 'Assorted colour bird ornament' });
    client.send({ type: 'control', action: 'end' });
    const { totals } = await client.next('end');
    const frames = await playedThrough({ ...start, lane: 2, seed: 9 });
    expect(client.frames()).toEqual(frames);
    expect(totals[1].totalCost).toBe(frames[99].policies[1].totalCost);
  });

  test('is sent a long episode whole, in messages of bounded size', async () => {
    const client = await connect();
    client.send({ ...watch, scenario: 'depot', periods: 5000 });
    await client.next('watching');
    client.send({ type: 'control', action: 'end' });
    const { optimum } = await client.next('end');
    expect(client.frames()).toHaveLength(5000);
    expect(optimum).toEqual({ costPerPeriod: 7.5 });
    const sizes = client.received.map((message) => (message.type === 'frames' ? message.frames.length : 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  });

  test('goes on where it was after its connection was lost', async () => {
    const first = await connect();
    first.send(watch);
    await first.next('watching');
    for (let k = 0; k < 3; k++) first.send({ type: 'control', action: 'step' });
    while (first.frames().length < 3) await first.next('frames');
    first.close();
    const second = await connect();
    second.send({ ...watch, played: 3 });
    while (second.frames().length < 3) await second.next('frames');
    expect(second.frames()).toEqual(first.frames());
  });

  test('comes back to its session, which brings only what it has missed and goes on', async () => {
    const first = await connect();
    first.send(watch);
    const { session } = await first.next('watching');
    for (let k = 0; k < 5; k++) first.send({ type: 'control', action: 'step' });
    while (first.frames().length < 5) await first.next('frames');
    first.close();
    await first.closed;
    const second = await connect();
    second.send({ type: 'join', session, have: 3 });
    expect((await second.next('watching')).session).toBe(session);
    expect(await second.next('frames')).toMatchObject({ from: 3, frames: [{ period: 4 }, { period: 5 }] });
    second.send({ type: 'control', action: 'step' });
    expect(await second.next('frames')).toMatchObject({ from: 5, frames: [{ period: 6 }] });
  });

  test('sees with others in a session what any of them does there', async () => {
    const host = await connect();
    host.send(watch);
    const { session } = await host.next('watching');
    const guests = await Promise.all(Array.from({ length: 20 }, () => connect()));
    for (const guest of guests) guest.send({ type: 'join', session });
    await Promise.all(guests.map((guest) => guest.next('watching')));
    guests[7].send({ type: 'control', action: 'end' });
    await Promise.all([host, ...guests].map((page) => page.next('end')));
    for (const guest of guests) expect(guest.frames()).toEqual(host.frames());
    expect(host.frames()).toHaveLength(100);
  });

  test('that joins a session which is gone is told so', async () => {
    const client = await connect();
    client.send({ type: 'join', session: 'long-ago' });
    expect(await client.next('error')).toMatchObject({ of: 'join', message: expect.stringContaining('it is gone') });
  });

  test('starts over on a restart', async () => {
    const client = await connect();
    client.send(watch);
    await client.next('watching');
    client.send({ type: 'control', action: 'end' });
    await client.next('end');
    client.send({ type: 'control', action: 'restart' });
    expect(await client.next('frames')).toEqual({ type: 'frames', from: 0, frames: [] });
    client.send({ type: 'control', action: 'step' });
    expect((await client.next('frames')).frames).toHaveLength(1);
  });

  test('plays by itself', async () => {
    const client = await connect();
    client.send({ ...watch, periods: 20, play: true, speed: 1000 });
    await client.next('end');
    expect(client.frames()).toHaveLength(20);
  });

  test('is told that it has paused after all that was played before', async () => {
    const client = await connect();
    client.send({ ...watch, periods: 5000, play: true, speed: 1000 });
    while (client.frames().length < 50) await client.next('frames');
    client.send({ type: 'control', action: 'pause' });
    while ((await client.next('playing')).playing);
    const played = client.frames().length;
    client.send({ type: 'control', action: 'step' });
    expect(await client.next('frames')).toMatchObject({ from: played, frames: [{ period: played + 1 }] });
  });

  test('sees only what it asked for last when it asks for several things at once', async () => {
    const client = await connect();
    for (let lane = 0; lane < 4; lane++) client.send({ ...watch, lane });
    expect((await client.next('watching')).watch.lane).toBe(3);
    client.send({ type: 'control', action: 'step' });
    await client.next('frames');
    expect(client.received.filter(({ type }) => type === 'watching')).toHaveLength(1);
  });
});

describe('a mistake of a page', () => {
  test.each([
    ['{', 'which is not JSON', 'one JSON object a message'],
    [{ ...watch, seed: 'x' }, 'seed: received "x"', 'a whole number from 0 to 4294967295'],
    [{ ...watch, scenario: 'nowhere' }, 'There is no scenario "nowhere"', null],
    [{ ...watch, policies: ['fortune-teller'] }, 'There is no policy "fortune-teller"', null],
    [{ ...watch, set: { colour: 1 } }, 'There is no knob "colour"', null],
    [{ type: 'control', action: 'step' }, 'nothing is being watched', 'a watch message first'],
  ])('%j is answered, and the connection goes on', async (message, said, expected) => {
    const client = await connect();
    client.send(message);
    const error = await client.next('error');
    expect(error.message).toContain(said);
    expect(error.expected).toBe(expected);
    client.send(watch);
    await client.next('watching');
  });

  test('a message that is too large ends that connection and no other', async () => {
    const [loud, calm] = [await connect(), await connect()];
    loud.send('x'.repeat(20_000));
    expect(await loud.closed).toBe(1009);
    calm.send(watch);
    await calm.next('watching');
  });

  test('too many messages at once are left out, with a word about it', async () => {
    const client = await connect();
    for (let k = 0; k < 200; k++) client.send('{}');
    for (;;) {
      const error = await client.next('error');
      if (error.expected === 'at most 50 a second') break;
    }
  });

  test('a fault of a policy is told without its details, which go to the log', async () => {
    const client = await connect();
    client.send({ ...watch, policies: ['broken'], play: true, speed: 1000 });
    const error = await client.next('error');
    expect(error.message).not.toContain('come loose');
    expect(log.join('\n')).toContain('come loose');
  });
});
