import { describe, expect, test } from 'vitest';
import { Simulator } from '../../env/index.ts';
import { loadScenario } from '../../scenarios/index.ts';

const PERIODS = 30;
const PRICE = 2;
const PENALTY = [0.1, 0.075, 0.05];
const HOLDING = [0.15, 0.1, 0.05];
const UNIT_COST = 0.5;
const CAPACITY = [100, 90, 80];
const LEAD_TIME = [3, 5, 10];

/**
 * The accounts of OR-Gym's InvManagement (stage 0 the retailer), without discount and transfer prices: what each stage orders is cut to the capacity and
 * the stock of the stage above it; the rest is penalised, and with backlog added to the next order. A stage receives before it ships.
 */
function profits(demand: readonly number[], orders: readonly (readonly number[])[], backlog: boolean): number[] {
  const stock = [100, 100, 200];
  const sent: number[][] = [];
  let waiting = [0, 0, 0, 0];
  return demand.map((units, n) => {
    LEAD_TIME.forEach((leadTime, m) => {
      if (n >= leadTime) stock[m] += sent[n - leadTime][m];
    });
    const asked = orders[n].map((order, m) => order + waiting[m + 1]);
    const shipped = asked.map((order, m) => Math.min(order, CAPACITY[m], stock[m + 1] ?? Number.POSITIVE_INFINITY));
    sent.push(shipped);
    shipped.slice(0, 2).forEach((quantity, m) => {
      stock[m + 1] -= quantity;
    });
    const wanted = units + waiting[0];
    const sold = Math.min(stock[0], wanted);
    stock[0] -= sold;
    const unfilled = [wanted - sold, ...asked.map((order, m) => order - shipped[m])];
    waiting = backlog ? unfilled : [0, 0, 0, 0];
    const penalty = PENALTY.reduce((sum, k, m) => sum + k * unfilled[m], 0);
    return PRICE * sold - UNIT_COST * shipped[2] - penalty - HOLDING.reduce((sum, h, m) => sum + h * stock[m], 0);
  });
}

describe("OR-Gym's InvManagement", () => {
  const demand = Array.from({ length: PERIODS }, (_, n) => (n * 17 + 5) % 41);
  const orders = demand.map((_, n) => [(n * 29) % 131, (n * 37 + 60) % 120, (n * 23) % 81]);

  test.each([
    ['backlog', true],
    ['lost', false],
  ] as const)('earns, with %s, in each period what its accounts say', async (shortage, backlog) => {
    const set = [`shortage=${shortage}`, `demand=${JSON.stringify([{ location: 'retailer', kind: 'list', values: demand }])}`];
    const { scenario } = await loadScenario('orgym-inventory', { set });
    const simulator = new Simulator({ scenario, lanes: 1 });
    const byTo = ['retailer', 'distributor', 'manufacturer'];
    const stage = simulator.network.arcs.map(({ to }) => byTo.indexOf(simulator.network.nodes[to].id));
    let unfilled = 0;
    profits(demand, orders, backlog).forEach((profit, n) => {
      simulator.step(Float64Array.from(stage, (m) => orders[n][m]));
      expect(-simulator.cost[0]).toBeCloseTo(profit, 9);
      unfilled += simulator.shortShipped.reduce((sum, units) => sum + units, 0) + simulator.view.owed[1] + simulator.view.owed[2];
    });
    expect(unfilled).toBeGreaterThan(100);
  });
});
