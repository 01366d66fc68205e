import { describe, expect, test } from 'vitest';
import { type Link, type Scenario, Simulator } from '../../env/index.ts';
import { follow, replayed, shop } from './shop.ts';

const backlog = { shortage: { kind: 'backlog', cost: 1 } } as const;

/** Mean over many lanes and periods of what `read` sees after each period, with a constant order on every arc. */
function average(scenario: Scenario, order: number, read: (simulator: Simulator, lane: number) => number, periods = 50): number {
  const lanes = 2000;
  const simulator = new Simulator({ scenario, lanes, seed: 1 });
  const orders = new Float64Array(simulator.network.arcs.length * lanes).fill(order);
  let sum = 0;
  for (let t = 0; t < periods; t++) {
    simulator.step(orders);
    for (let lane = 0; lane < lanes; lane++) sum += read(simulator, lane);
  }
  return sum / (lanes * periods);
}

describe('what a link takes of an order', () => {
  const taken = (link: Partial<Link>, order: number) =>
    follow(shop({ link, demands: [0] }), [[order]], ({ shipped, clipped }) => [shipped[0], clipped[0]])[0];

  test('is all of it, unless the link has limits', () => expect(taken({}, 7.5)).toEqual([7.5, 0]));
  test('is cut to the capacity, and counted', () => expect(taken({ capacity: 5 }, 8)).toEqual([5, 3]));
  test('is cut to whole batches, and counted', () => expect(taken({ batch: 4 }, 11)).toEqual([8, 3]));
  test('is whole batches within the capacity', () => expect(taken({ batch: 4, capacity: 10 }, 30)).toEqual([8, 22]));
  test('is not less because of rounding', () => expect(taken({ batch: 0.1 }, 0.3)).toEqual([0.3, 0]));
  test('is nothing below the minimum', () => {
    expect(taken({ minimumOrder: 6 }, 5)).toEqual([0, 5]);
    expect(taken({ minimumOrder: 6 }, 6)).toEqual([6, 0]);
  });

  test('may differ by lane', () => {
    const simulator = new Simulator({ scenario: shop({ link: { capacity: [2, 9] } }), lanes: 2 });
    simulator.step(Float64Array.of(5, 5));
    expect([...simulator.shipped]).toEqual([2, 5]);
  });
});

describe('an all-units discount', () => {
  const scenario = shop({
    link: {
      unitCost: 3,
      priceBreaks: [
        { from: 10, cost: 2 },
        { from: 20, cost: 1.5 },
      ],
    },
    demands: [0],
  });

  test.each([
    [9, 27],
    [10, 20],
    [19, 38],
    [20, 30],
  ])('an order of %d costs %d', (order, cost) => {
    expect(follow(scenario, [[order]], ({ costs }) => costs.unit[0])).toEqual([cost]);
  });
});

describe('a disrupted link', () => {
  test('takes no orders in the listed periods, and says so beforehand; what is on the way comes through', () => {
    const scenario = shop({ link: { leadTime: 2, disruptions: { kind: 'listed', periods: [1, 2] } }, demands: [0] });
    const simulator = new Simulator({ scenario, lanes: 1 });
    const seen: number[][] = [];
    for (let t = 0; t < 4; t++) {
      const up = simulator.view.available[0];
      simulator.step(Float64Array.of(5));
      seen.push([up, simulator.shipped[0], simulator.clipped[0], simulator.view.onHand[0]]);
    }
    expect(seen).toEqual([
      [1, 5, 0, 0],
      [0, 0, 5, 5],
      [0, 0, 5, 5],
      [1, 5, 0, 5],
    ]);
  });

  test('that fails with 0.1 and recovers with 0.3 is down a quarter of the time', () => {
    const scenario = shop({ link: { disruptions: { kind: 'markov', fail: 0.1, recover: 0.3 } } });
    expect(average(scenario, 1, ({ clipped }, lane) => clipped[lane], 400)).toBeCloseTo(0.25, 2);
  });

  test('is down for all its items at once', () => {
    const scenario: Scenario = {
      ...shop({ link: { disruptions: { kind: 'markov', fail: 0.5, recover: 0.5 } } }),
      items: [{ id: 'a' }, { id: 'b' }],
      demand: [{ location: 'shop', item: 'a', process: replayed([1]) }],
    };
    const simulator = new Simulator({ scenario, lanes: 5 });
    for (let t = 0; t < 20; t++) {
      simulator.step(new Float64Array(10));
      expect(simulator.view.available.subarray(0, 5)).toEqual(simulator.view.available.subarray(5));
    }
  });
});

describe('lost orders', () => {
  test('never ship, are not on order and cost nothing', () => {
    const scenario = shop({ link: { leadTime: 3, fixedCost: 5, unitCost: 1, lostOrders: 1 }, demands: [0] });
    const seen = follow(scenario, [[4]], ({ view, lostOrders, cost }) => [view.onOrder[0], lostOrders[0], cost[0]]);
    expect(seen).toEqual([[0, 4, 0]]);
  });

  test('are as many as their probability says', () => {
    expect(average(shop({ link: { lostOrders: 0.3 } }), 2, ({ lostOrders }, lane) => lostOrders[lane])).toBeCloseTo(0.6, 2);
  });
});

describe('a random yield', () => {
  test('of single units is binomial: its mean and its variance', () => {
    const scenario = shop({ link: { yield: { kind: 'binomial', mean: 0.7 } }, location: backlog, demands: [0] });
    const usable = ({ wasted }: Simulator, lane: number) => 10 - wasted[lane];
    expect(average(scenario, 10, usable)).toBeCloseTo(7, 1);
    expect(average(scenario, 10, (simulator, lane) => (usable(simulator, lane) - 7) ** 2)).toBeCloseTo(2.1, 1);
  });

  test('of whole deliveries is all or nothing', () => {
    const scenario = shop({ link: { yield: { kind: 'all-or-nothing', mean: 0.6 } }, demands: [0] });
    expect(average(scenario, 10, ({ wasted }, lane) => (wasted[lane] === 0 ? 1 : wasted[lane] === 10 ? 0 : Number.NaN))).toBeCloseTo(
      0.6,
      2,
    );
  });

  test('is not known before the receipt: until then all of it is on order', () => {
    const scenario = shop({ link: { leadTime: 2, yield: { kind: 'binomial', mean: 0.5 } }, demands: [0] });
    const [first, second] = follow(scenario, [[8], [0]], ({ view, wasted }) => [view.onOrder[0], view.onHand[0], wasted[0]]);
    expect(first).toEqual([8, 0, 0]);
    expect(second[0]).toBe(0);
    expect(second[1] + second[2]).toBe(8);
  });
});

describe('two sources of one location', () => {
  const scenario = shop({
    links: [
      { from: 'supplier', to: 'shop', leadTime: 2, unitCost: 1 },
      { from: 'supplier', to: 'shop', leadTime: 0, unitCost: 3 },
      { id: 'courier', from: 'supplier', to: 'shop', leadTime: 1, unitCost: 2 },
    ],
    demands: [0],
  });

  test('have names of their own and deliver each at its time and price', () => {
    const simulator = new Simulator({ scenario, lanes: 1 });
    expect(simulator.network.arcs.map(({ id }) => id)).toEqual(['supplier>shop', 'supplier>shop#2', 'courier']);
    const seen = follow(
      scenario,
      [
        [1, 10, 100],
        [0, 0, 0],
      ],
      ({ view, costs }) => [view.onHand[0], view.onOrder[0], costs.unit[0]],
    );
    expect(seen).toEqual([
      [110, 1, 231],
      [111, 0, 0],
    ]);
  });
});
