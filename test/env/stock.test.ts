import { describe, expect, test } from 'vitest';
import { type Scenario, Simulator } from '../../env/index.ts';
import { follow, replayed, shop } from './shop.ts';

describe('one stock point', () => {
  test('an order of period t with lead time L is received at the start of t + L', () => {
    const onHand = follow(shop({ link: { leadTime: 3 }, demands: [0] }), [[7], [0], [0], [0]], ({ view }) => view.onHand[0]);
    expect(onHand).toEqual([0, 0, 7, 7]);
  });

  test('an order with lead time 0 serves the demand that follows it', () => {
    const seen = follow(shop({ demands: [4] }), [[6]], ({ view, served, costs }) => [served[0], view.onHand[0], costs.holding[0]]);
    expect(seen).toEqual([[4, 2, 2]]);
  });

  test('unmet demand is lost, waits, or waits in part', () => {
    const unmet = (shortage: Scenario['locations'][number]['shortage']) =>
      follow(shop({ location: { shortage, initialStock: 2 }, demands: [10, 0] }), [[0], [3]], ({ view, lost, costs }) => [
        lost[0],
        view.backlog[0],
        costs.shortage[0],
      ]);
    expect(unmet({ kind: 'lost', cost: 4 })).toEqual([
      [8, 0, 32],
      [0, 0, 0],
    ]);
    expect(unmet({ kind: 'backlog', cost: 4 })).toEqual([
      [0, 8, 32],
      [0, 5, 20],
    ]);
    expect(unmet({ kind: 'partial', cost: 4, backlogged: 0.25 })).toEqual([
      [6, 2, 32],
      [0, 0, 0],
    ]);
  });

  test('a backlog is served before new demand', () => {
    const scenario = shop({ location: { shortage: { kind: 'backlog', cost: 1 } }, demands: [5, 5] });
    const seen = follow(scenario, [[0], [7]], ({ view, served }) => [served[0], view.backlog[0]]);
    expect(seen).toEqual([
      [0, 5],
      [2, 3],
    ]);
  });

  test('an order that is negative or no number is refused by name', () => {
    const simulator = new Simulator({ scenario: shop({}), lanes: 2 });
    expect(() => simulator.step(Float64Array.of(1, -1))).toThrow('order -1 on supplier>shop in lane 1');
    expect(() => simulator.step(Float64Array.of(Number.NaN, 1))).toThrow('order NaN on supplier>shop in lane 0');
  });
});

/** A warehouse with 10 units and no supply in time, and two shops that order from it. */
const warehouse: Scenario = {
  ...shop({}),
  locations: [
    { id: 'warehouse', holdingCost: 1, shortage: { kind: 'lost', cost: 0 }, initialStock: 10 },
    { id: 'north', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 0 },
    { id: 'south', holdingCost: 1, shortage: { kind: 'lost', cost: 4 }, initialStock: 0 },
  ],
  links: [
    { from: 'supplier', to: 'warehouse', leadTime: 1 },
    { from: 'warehouse', to: 'north', leadTime: 1, fixedCost: 3 },
    { from: 'warehouse', to: 'south', leadTime: 1, fixedCost: 3 },
  ],
  demand: [
    { location: 'north', process: replayed([0]) },
    { location: 'south', process: replayed([0]) },
  ],
};

describe('two customers of one sender', () => {
  test('are never promised the same unit', () => {
    const seen = follow(warehouse, [[0, 8, 8]], ({ view, shipped, shortShipped }) => ({
      shipped: [...shipped],
      short: [...shortShipped],
      left: view.onHand[0],
    }));
    expect(seen).toEqual([{ shipped: [0, 5, 5], short: [0, 3, 3], left: 0 }]);
  });

  test('share in proportion to their orders, in whole units', () => {
    const [shipped] = follow(warehouse, [[0, 16, 4]], (simulator) => [...simulator.shipped]);
    expect(shipped).toEqual([0, 8, 2]);
  });

  test('are owed nothing: what was not shipped has to be ordered again, and an order in vain costs nothing', () => {
    const seen = follow(
      warehouse,
      [
        [5, 10, 0],
        [0, 5, 5],
        [0, 0, 0],
      ],
      ({ shipped, costs }) => [...shipped, costs.fixed[0]],
    );
    expect(seen).toEqual([
      [5, 10, 0, 3],
      [0, 3, 2, 6],
      [0, 0, 0, 0],
    ]);
  });
});
