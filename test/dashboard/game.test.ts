import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, laboratorySource, startDashboard, type WatchSource } from '../../dashboard/index.ts';
import { Client } from './client.ts';
import { emptyPage } from './empty-page.ts';

const page = emptyPage();
const clients: Client[] = [];
let dashboard: Dashboard;
let source: WatchSource;

beforeAll(async () => {
  source = await laboratorySource();
  dashboard = await startDashboard({
    source,
    start: { scenario: 'lost-sales', policies: ['base-stock:S=30'], seed: 1, periods: 10 },
    page: page.folder,
  });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await dashboard.close();
  page.remove();
});

async function connect(): Promise<Client> {
  const client = await Client.connect(dashboard.url);
  clients.push(client);
  return client;
}

const alone = {
  type: 'watch',
  scenario: 'lost-sales',
  policies: ['base-stock:S=26', 'constant:r=5'],
  seed: 3,
  periods: 6,
  game: { seats: { store: 'human' } },
};
const stages = ['retailer', 'wholesaler', 'distributor', 'factory'];

describe('a game for one', () => {
  test('plays the orders given, beside policies on the same demand', async () => {
    const client = await connect();
    client.send(alone);
    const watching = await client.next('watching');
    expect(watching.names).toEqual(['you', 'Base stock: S=26', 'Constant: r=5']);
    expect(watching.game?.seats).toEqual([{ location: 'store', by: 'human', links: ['supplier>store'] }]);
    const given = [3, 7, 0, 5, 5, 6];
    for (const [t, quantity] of given.entries()) client.send({ type: 'order', period: t + 1, orders: [quantity] });
    await client.next('end');
    const frames = client.frames();
    expect(frames.map(({ policies }) => policies[0].orders)).toEqual(given);
    expect(frames.map(({ policies }) => policies[2].orders)).toEqual([5, 5, 5, 5, 5, 5]);
  });

  test('a player who orders as a policy does pays what it pays, and hints say what it would order', async () => {
    const client = await connect();
    client.send(alone);
    await client.next('watching');
    for (let period = 1; period <= 6; period++) {
      client.send({ type: 'hint' });
      const { hints, period: due } = await client.next('hint');
      expect(due).toBe(period);
      const base = hints.find(({ name }) => name === 'Base stock: S=26');
      client.send({ type: 'order', period, orders: base?.orders });
    }
    const { totals } = await client.next('end');
    expect(totals[0]).toEqual(totals[1]);
  });

  test('ends with a debrief: cost parts against each policy and the optimum, and the worst periods with reasons', async () => {
    const client = await connect();
    client.send({ ...alone, periods: 8 });
    await client.next('watching');
    for (let period = 1; period <= 8; period++) client.send({ type: 'order', period, orders: [period === 1 ? 60 : 0] });
    let debrief = await client.next('debrief');
    if (debrief.against.length < 3) debrief = await client.next('debrief');
    const frames = client.frames();
    const total = (k: number) => frames.reduce((sum, { policies }) => sum + policies[k].cost, 0);
    expect(debrief.you.totalCost).toBeCloseTo(total(0), 9);
    expect(debrief.you.costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(total(0), 9);
    expect(debrief.against.map(({ name }) => name)).toEqual(['Base stock: S=26', 'Constant: r=5', 'optimal']);
    expect(debrief.worst).toHaveLength(3);
    const [worst] = debrief.worst;
    expect(worst.cost - worst.referenceCost).toBeGreaterThan(0);
    // Sixty units ordered in period 1 arrive four periods later, and lie there.
    expect(debrief.worst.flatMap(({ reasons }) => reasons).map(({ kind }) => kind)).toContain('surplus');
    expect(
      debrief.worst.flatMap(({ reasons }) => reasons).find(({ kind, orderPeriod }) => kind === 'surplus' && orderPeriod === 1)?.ordered,
    ).toBe(60);
  });

  test.each([
    [{ type: 'order', period: 2, orders: [1] }, 'period 2', 'one for period 1'],
    [{ type: 'order', period: 1, orders: [1, 2] }, '2 quantities', null],
    [{ type: 'order', period: 1, orders: [-1] }, 'received -1', '0 or more units'],
    [{ type: 'control', action: 'end' }, 'goes on by its orders', 'an order, or control with restart or seed'],
  ])('%j is answered with what was expected', async (message, said, expected) => {
    const client = await connect();
    client.send(alone);
    await client.next('watching');
    client.send(message);
    const error = await client.next('error');
    expect(error.message).toContain(said);
    expect(error.expected).toBe(expected);
  });

  test('starts over: the same demand, other orders', async () => {
    const client = await connect();
    client.send(alone);
    await client.next('watching');
    client.send({ type: 'order', period: 1, orders: [9] });
    await client.next('frames');
    const [before] = client.frames();
    client.send({ type: 'control', action: 'restart' });
    await client.next('watching');
    client.send({ type: 'order', period: 1, orders: [2] });
    while (client.frames().length < 1) await client.next('frames');
    const [after] = client.frames();
    expect([after.demand, after.policies[0].orders]).toEqual([before.demand, 2]);
  });

  test('a seat that is nobody is refused, and one that is missing', async () => {
    const client = await connect();
    client.send({ ...alone, game: { seats: { cellar: 'human' } } });
    expect((await client.next('error')).message).toContain('seat "cellar"');
    client.send({ ...alone, scenario: 'beer-game', policies: ['base-stock:S=20'], game: { seats: { retailer: 'human' } } });
    expect((await client.next('error')).message).toContain('nobody orders at');
  });
});

describe('the beer game', () => {
  const four = {
    type: 'watch',
    scenario: 'beer-game',
    policies: ['sterman:S=17,alpha=0.26,beta=0.34,L=8'],
    seed: 1,
    periods: 36,
    game: { seats: { retailer: 'human', wholesaler: 'human', distributor: 'sterman:S=28,alpha=1,beta=1,L=4', factory: 'human' } },
  };

  test('waits for every human seat, each in a browser of its own; the others are policies', async () => {
    const host = await connect();
    host.send(four);
    const { session, seat, network } = await host.next('watching');
    expect(seat?.location).toBe('retailer');
    expect(network.locations.map(({ id }) => id)).toEqual([...stages].reverse());
    const others = [await connect(), await connect()];
    for (const [k, location] of ['wholesaler', 'factory'].entries()) {
      others[k].send({ type: 'join', session, seat: location });
      expect((await others[k].next('watching')).seat?.location).toBe(location);
    }
    for (let period = 1; period <= 8; period++) {
      for (const [k, client] of [host, ...others].entries()) client.send({ type: 'order', period, orders: [k + 4] });
      while (host.frames().length < period) await host.next('frames');
    }
    const last = host.frames()[7];
    const byLink = Object.fromEntries(network.links.map(({ to }, k) => [to, last.policies[0].links?.orders[k]]));
    expect([byLink.retailer, byLink.wholesaler, byLink.factory]).toEqual([4, 5, 6]);
    expect(last.policies[0].locations?.cost.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(last.policies[0].cost, 9);
  });

  test('a seat is kept for whoever has its key, and refused to others while its holder is there', async () => {
    const host = await connect();
    host.send(four);
    const { session } = await host.next('watching');
    const guest = await connect();
    guest.send({ type: 'join', session, seat: 'factory' });
    const { seat } = await guest.next('watching');
    const stranger = await connect();
    stranger.send({ type: 'join', session, seat: 'factory' });
    expect((await stranger.next('error')).message).toContain('somebody sits there');
    guest.close();
    await guest.closed;
    const back = await connect();
    back.send({ type: 'join', session, seat: 'factory', key: seat?.key });
    expect((await back.next('watching')).seat).toEqual(seat);
  });
});
