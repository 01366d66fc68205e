import { describe, expect, test } from 'vitest';
import { type Scenario, Simulator } from '../../env/index.ts';
import { follow, replayed, shop } from './shop.ts';

describe('shelf life', () => {
  test('units received with life m serve m periods and are discarded after the last, before holding is charged', () => {
    const scenario = shop({ item: { life: 2 }, location: { disposalCost: 7 }, demands: [1] });
    const seen = follow(scenario, [[6], [0], [0]], ({ view, discarded, costs }) => [
      view.onHand[0],
      discarded[0],
      costs.holding[0],
      costs.disposal[0],
    ]);
    expect(seen).toEqual([
      [5, 0, 5, 0],
      [0, 4, 0, 28],
      [0, 0, 0, 0],
    ]);
  });

  /** What is left by life after 5 old and 5 fresh units met a demand of 4. */
  function left(issuing: 'fifo' | 'lifo'): number[] {
    const scenario = shop({ item: { life: 3 }, location: { issuing, initialStock: 5 }, demands: [0, 4] });
    const simulator = new Simulator({ scenario, lanes: 1 });
    simulator.step(Float64Array.of(0));
    simulator.step(Float64Array.of(5));
    return [1, 2, 3].map((life) => simulator.view.onHandByLife(0, life)[0]);
  }

  test('the oldest are issued first under fifo, the youngest under lifo', () => {
    expect(left('fifo')).toEqual([1, 5, 0]);
    expect(left('lifo')).toEqual([5, 1, 0]);
  });

  test('may differ by lane', () => {
    const simulator = new Simulator({ scenario: shop({ item: { life: [1, 2] }, demands: [0] }), lanes: 2 });
    simulator.step(Float64Array.of(3, 3));
    expect([...simulator.discarded]).toEqual([3, 0]);
  });

  test('goes on where it was when units move from one location to another; on the way nothing ages', () => {
    const scenario: Scenario = {
      ...shop({ item: { life: 3 } }),
      locations: [
        { id: 'depot', holdingCost: 0, shortage: { kind: 'lost', cost: 0 }, initialStock: 0 },
        { id: 'shop', holdingCost: 0, shortage: { kind: 'lost', cost: 0 }, initialStock: 0 },
      ],
      links: [
        { from: 'supplier', to: 'depot', leadTime: 0 },
        { from: 'depot', to: 'shop', leadTime: 2 },
      ],
      demand: [{ location: 'shop', process: replayed([0]) }],
    };
    const seen = follow(
      scenario,
      [
        [6, 0],
        [0, 4],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      ({ view, discarded }) => [[1, 2, 3].map((life) => view.onHandByLife(1, life)[0]), [...discarded]],
    );
    expect(seen).toEqual([
      [
        [0, 0, 0],
        [0, 0],
      ],
      [
        [0, 0, 0],
        [0, 0],
      ],
      [
        [0, 4, 0],
        [2, 0],
      ],
      [
        [4, 0, 0],
        [0, 0],
      ],
      [
        [0, 0, 0],
        [0, 4],
      ],
    ]);
  });
});

describe('shared room', () => {
  test('what all items together take up beyond the capacity is counted, kept and charged', () => {
    const scenario: Scenario = {
      ...shop({ location: { capacity: 10, overflowCost: 3, holdingCost: 0 } }),
      items: [
        { id: 'small', volume: 1 },
        { id: 'large', volume: 4 },
      ],
      demand: [{ location: 'shop', item: 'small', process: replayed([2]) }],
    };
    const seen = follow(
      scenario,
      [
        [4, 3],
        [0, 0],
      ],
      ({ view, overflow, costs }) => [...view.onHand, overflow[0], costs.overflow[0]],
    );
    expect(seen).toEqual([
      [2, 3, 4, 12],
      [0, 3, 2, 6],
    ]);
  });
});

describe('a finite horizon', () => {
  test('pays the salvage value of what is left in its last period', () => {
    const scenario = shop({ periods: 2, location: { salvageValue: 0.5 }, demands: [1] });
    const seen = follow(scenario, [[6], [0], [0]], ({ costs, cost }) => [costs.revenue[0], cost[0]]);
    expect(seen).toEqual([
      [0, 5],
      [2, 2],
      [0, 3],
    ]);
  });
});
