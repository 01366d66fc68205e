import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { baseStock } from '../../agents/index.ts';
import { COST_PARTS, Simulator, UserError } from '../../env/index.ts';
import { evaluate, Ledger, simulate } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { anyNetwork, writeOrders } from '../env/networks.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replenish-simulate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function given(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Rows of a ledger, by column. */
function readLedger(file: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k], cell])));
}

const sum = (rows: readonly Record<string, string>[], column: string) => rows.reduce((total, row) => total + Number(row[column]), 0);

describe('the ledger', () => {
  it('adds up to the totals, and to what evaluate says of the same lane', async () => {
    const loaded = await loadScenario('orgym-inventory', { set: ['periods=null', 'links.0.fixedCost=3', 'links.1.transitCost=0.25'] });
    const out = join(folder, 'ledger.csv');
    const { totals, periods } = await simulate({ loaded, policy: 'base-stock:S=120', periods: 40, seed: 5, out });
    const rows = readLedger(out);
    expect(rows).toHaveLength(periods * 3);
    for (const part of [...COST_PARTS, 'cost'] as const) expect(sum(rows, part)).toBeCloseTo(totals[part], 6);
    const scenario = { ...loaded.scenario, warmUp: 0 };
    const { results } = evaluate({ scenario, policies: [baseStock({ S: 120 })], lanes: 1, periods: 40, seed: 5 });
    expect(totals.cost / periods).toBeCloseTo(results[0].costPerPeriod, 9);
    expect(totals.transit / periods).toBeCloseTo(results[0].costs.transit, 9);
  });

  it('accounts for every unit and every cost of any network', () => {
    fc.assert(
      fc.property(anyNetwork, fc.integer({ min: 0, max: 999 }), (scenario, seed) => {
        const simulator = new Simulator({ scenario, lanes: 1, seed, closing: true });
        const ledger = new Ledger(simulator);
        const orders = new Float64Array(simulator.network.arcs.length);
        const stock = Float64Array.from(simulator.view.onHand);
        for (let period = 0; period < 25; period++) {
          ledger.open();
          writeOrders(orders, period);
          simulator.step(orders);
          const rows = ledger.close(orders);
          for (const part of COST_PARTS) {
            expect(rows.reduce((total, row) => total + row[part], 0)).toBeCloseTo(simulator.costs[part][0], 6);
          }
          rows.forEach((row, n) => {
            const sentOn = simulator.network.nodes[n].outbound.reduce((total, arc) => total + simulator.shipped[arc], 0);
            expect(row.received).toBeGreaterThanOrEqual(0);
            expect(stock[n] + row.received - row.served - row.discarded - sentOn).toBeCloseTo(row.onHand, 6);
            stock[n] = row.onHand;
          });
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

/** Orders of 4, 0, 6 against demand of 3, 5, 2, 9 with 5 on hand and a lead time of 1: worked out by hand. */
describe('given orders and given demand', () => {
  const set = ['leadTime=1', 'locations.store.initialStock=5'];

  it('are what happens, to the unit', async () => {
    const loaded = await loadScenario('lost-sales', { set });
    const orders = given('orders.csv', 'period,link,item,quantity\n0,supplier>store,item,4\n2,supplier>store,item,6\n');
    const demand = given('demand.csv', 'period,location,quantity\n0,store,3\n1,store,5\n2,store,2\n3,store,9\n');
    const out = join(folder, 'hand.csv');
    const { totals } = await simulate({ loaded, orders, demand, periods: 4, out });
    const rows = readLedger(out);
    expect(rows.map(({ received }) => Number(received))).toEqual([0, 4, 0, 6]);
    expect(rows.map(({ demand: wanted }) => Number(wanted))).toEqual([3, 5, 2, 9]);
    expect(rows.map(({ served }) => Number(served))).toEqual([3, 5, 1, 6]);
    expect(rows.map(({ onHand }) => Number(onHand))).toEqual([2, 1, 0, 0]);
    expect(rows.map(({ lost }) => Number(lost))).toEqual([0, 0, 1, 3]);
    expect(totals).toMatchObject({ holding: 3, shortage: 16, cost: 19 });
  });

  it('leave demand alone where only orders are given, and orders to the policy where only demand is', async () => {
    const loaded = await loadScenario('lost-sales', { set });
    const orders = given('none.csv', 'period,link,quantity\n');
    const [one, two] = await Promise.all(
      ['base-stock:S=20', undefined].map(async (policy, k) => {
        const out = join(folder, `same${k}.csv`);
        await simulate({ loaded, periods: 20, seed: 3, out, ...(policy ? { policy } : { orders }) });
        return readLedger(out).map(({ demand }) => demand);
      }),
    );
    expect(one).toEqual(two);
    const demand = given('zero.csv', 'period,location,quantity\n0,store,4\n');
    const { totals } = await simulate({ loaded, policy: 'base-stock:S=6', demand, periods: 10 });
    expect(totals).toMatchObject({ shortage: 0, holding: 1 + 2 + 8 * 6 });
  });

  it('count what links do not take and senders do not have', async () => {
    const loaded = await loadScenario('orgym-inventory', { set: ['shortage=lost'] });
    const orders = given(
      'much.csv',
      'period,link,quantity\n0,supplier>manufacturer,100\n0,distributor>retailer,100\n1,distributor>retailer,30\n',
    );
    const { notShipped } = await simulate({ loaded, orders });
    expect(notShipped).toEqual({ clipped: 20, shortShipped: 30, lostOrders: 0 });
  });

  it.each([
    ['period,location,quantity\n0,shop,3\n', /line 2, column location: 'shop'; expected one of store/],
    ['period,location,quantity\n0,store,3\n-1,store,3\n', /line 3, column period: '-1'/],
    ['period,location,quantity\n0.5,store,3\n', /line 2, column period: '0\.5'; expected a whole number/],
    ['period,location,quantity\n0,store,many\n', /line 2, column quantity: 'many'; expected a number/],
    ['period,location,quantity\n0,store,-4\n', /line 2, column quantity: '-4'/],
    ['period,location,item,quantity\n0,store,milk,4\n', /line 2, column item: 'milk'; expected one of item/],
    ['period,place,quantity\n0,store,4\n', /line 1: no column 'location'/],
  ])('are refused with file, line and column: %j', async (text, message) => {
    const loaded = await loadScenario('lost-sales');
    const demand = given('bad.csv', text);
    const refusal = await simulate({ loaded, demand, policy: 'base-stock:S=20' }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(String(refusal)).toContain('bad.csv');
    expect(String(refusal)).toMatch(message);
  });

  it('are refused for a link that there is not, and beside a policy', async () => {
    const loaded = await loadScenario('lost-sales');
    const orders = given('link.csv', 'period,link,quantity\n0,store,3\n');
    await expect(simulate({ loaded, orders })).rejects.toThrow(/column link: 'store'; expected one of supplier>store/);
    await expect(simulate({ loaded, orders, policy: 'base-stock' })).rejects.toThrow(/expected one of the two/);
  });

  it('say which rows come too late to be used', async () => {
    const loaded = await loadScenario('lost-sales');
    const said: string[] = [];
    const demand = given('late.csv', 'period,location,quantity\n0,store,3\n7,store,3\n8,store,3\n');
    await simulate({ loaded, demand, policy: 'base-stock:S=20', periods: 5, onMessage: (line) => said.push(line) });
    expect(said.join()).toMatch(/late\.csv: 2 rows of periods after 4 are not used/);
  });
});

describe('several items', () => {
  it('need the column item, and are told apart by it', async () => {
    const loaded = await loadScenario('catalogue', { set: ['items=2', 'locations=1'] });
    const without = given('items.csv', 'period,location,quantity\n0,shop1,3\n');
    await expect(simulate({ loaded, demand: without, policy: 'base-stock:S=20' })).rejects.toThrow(/no column 'item'/);
    const demand = given('items2.csv', 'period,location,item,quantity\n0,shop1,item2,3\n');
    const orders = given('items3.csv', 'period,link,item,quantity\n0,supplier>shop1,item1,7\n');
    const out = join(folder, 'items-ledger.csv');
    await simulate({ loaded, demand, orders, periods: 1, out });
    expect(readLedger(out).map(({ item, ordered, demand: wanted }) => [item, ordered, wanted])).toEqual([
      ['item1', '7', '0'],
      ['item2', '0', '3'],
    ]);
  });
});

describe('a run that cannot be', () => {
  it('is refused beyond the end of a scenario, and where the ledger cannot be written', async () => {
    const loaded = await loadScenario('orgym-inventory');
    await expect(simulate({ loaded, policy: 'base-stock:S=9', periods: 31 })).rejects.toThrow(/--periods 31: .* ends after 30/);
    const out = join(folder, 'no', 'such', 'ledger.csv');
    await expect(simulate({ loaded, policy: 'base-stock:S=9', out })).rejects.toThrow(/--out .*cannot be written/);
    expect(existsSync(out)).toBe(false);
  });
});
