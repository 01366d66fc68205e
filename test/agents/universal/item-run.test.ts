import { describe, expect, test } from 'vitest';
import { cappedBaseStock } from '../../../agents/index.ts';
import { ItemRun } from '../../../agents/universal/training/item-run.ts';
import { Simulator } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

describe('an item run on its own', () => {
  test.each([
    { leadTime: 1, S: 12, r: 6 },
    { leadTime: 4, S: 27, r: 6 },
  ])('costs and comes to what the simulator says, with lead time $leadTime', ({ leadTime, S, r }) => {
    const first = 4;
    const simulator = new Simulator({ scenario: store({ shortageCost: 9, leadTime, initialStock: 11 }), lanes: 1, seed: 3 });
    const policy = cappedBaseStock({ S, r });
    const demands: number[] = [];
    let cost = 0;
    for (let t = 0; t < 60; t++) {
      const orders = Float64Array.of(0);
      if (t === 0) orders[0] = first;
      else policy.order(simulator.view, orders);
      simulator.step(orders);
      demands.push(simulator.view.lastDemand[0]);
      cost += simulator.cost[0];
    }
    const run = new ItemRun({ leadTime, lost: 9 });
    const state = new Float64Array(Math.max(1, leadTime)).fill(0);
    state[0] = 11;
    expect(run.cost({ state, at: 0 }, first, { S, r }, Float64Array.from(demands), 0, 60)).toBe(cost);
    const order = (t: number, position: number) => (t === 0 ? first : Math.max(0, Math.min(r, S - position)));
    run.run({ state, at: 0 }, order, Float64Array.from(demands));
    expect(state[0]).toBe(simulator.view.onHand[0]);
    for (let i = 1; i < leadTime; i++) expect(state[i]).toBe(simulator.view.arriving(0, i)[0]);
  });
});
