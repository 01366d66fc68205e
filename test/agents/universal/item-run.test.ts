import { describe, expect, test } from 'vitest';
import { sS } from '../../../agents/index.ts';
import { itemFacts, itemPlace } from '../../../agents/universal/item-facts.ts';
import { DrawnRun } from '../../../agents/universal/training/drawn-run.ts';
import { type ItemRun, levelOrder } from '../../../agents/universal/training/item-run.ts';
import { KnownRun } from '../../../agents/universal/training/known-run.ts';
import { type Link, type Location, type Scenario, Simulator } from '../../../env/index.ts';
import { store } from '../lost-sales.ts';

const PERIODS = 80;
const FIRST = 12;

/** A store with other terms. */
function storeWith(location: Partial<Location>, link: Partial<Link>, leadTime = 1): Scenario {
  const plain = store({ shortageCost: 9, leadTime, initialStock: 11 });
  return { ...plain, locations: [{ ...plain.locations[0], ...location }], links: [{ ...plain.links[0], ...link }] };
}

const UNIFORM = [0.25, 0.25, 0.25, 0.25];

const cases: readonly [string, Scenario, { s: number; S: number; r: number }][] = [
  ['no lead time', storeWith({}, {}, 0), { s: 7, S: 8, r: 9 }],
  ['a lead time of 1', storeWith({}, {}), { s: 11, S: 12, r: 6 }],
  ['a lead time of 4', storeWith({}, {}, 4), { s: 26, S: 27, r: 6 }],
  ['a fixed cost', storeWith({}, { fixedCost: 25 }, 2), { s: 12, S: 30, r: 16 }],
  ['a fixed cost and no lead time', storeWith({}, { fixedCost: 25 }, 0), { s: 3, S: 18, r: Infinity }],
  ['batches and a smallest order', storeWith({}, { fixedCost: 3, batch: 4, minimumOrder: 10 }, 2), { s: 14, S: 26, r: 20 }],
  ['backlog', storeWith({ shortage: { kind: 'backlog', cost: 9 } }, { fixedCost: 25 }, 3), { s: 14, S: 34, r: Infinity }],
  ['partial backlog', storeWith({ shortage: { kind: 'partial', cost: 6, backlogged: 0.3 } }, { fixedCost: 9 }, 3), { s: 13, S: 24, r: 15 }],
  ['a lead time that is drawn', storeWith({}, { leadTime: { values: [1, 2, 3, 4], probabilities: UNIFORM } }), { s: 19, S: 20, r: 7 }],
  [
    'orders that overtake',
    storeWith(
      { shortage: { kind: 'backlog', cost: 9 } },
      { fixedCost: 9, leadTime: { values: [0, 2, 3, 5], probabilities: UNIFORM, crossing: true } },
    ),
    { s: 18, S: 30, r: Infinity },
  ],
];

describe('an item run on its own', () => {
  test.each(cases)('with %s costs and comes to what the simulator says', (_what, scenario, levels) => {
    const simulator = new Simulator({ scenario, lanes: 1, seed: 3 });
    const { view } = simulator;
    const facts = itemFacts(itemPlace(view.network, 0, 0));
    const run: ItemRun = facts.leadTimeVariance > 0 ? new DrawnRun(facts) : new KnownRun(facts);
    const uniforms = Float64Array.from({ length: PERIODS * simulator.uniformRows }, (_, k) => (k * 0.6180339887 + 0.3) % 1);
    const position = () => view.onHand[0] + view.onOrder[0] - view.backlog[0];
    const demands = new Float64Array(PERIODS);
    const draws = new Float64Array(PERIODS * run.drawsPerPeriod);
    let cost = 0;
    for (let t = 0; t < PERIODS; t++) {
      const row = uniforms.subarray(t * simulator.uniformRows, (t + 1) * simulator.uniformRows);
      draws.set(row.subarray(1, 1 + run.drawsPerPeriod), t * run.drawsPerPeriod);
      simulator.step(Float64Array.of(t === 0 ? FIRST : levelOrder(position(), levels, facts)), row.slice());
      demands[t] = view.lastDemand[0];
      cost += simulator.cost[0];
    }
    const state = new Float64Array(Math.max(1, facts.longest));
    state[0] = 11;
    const path = { demands, draws, weights: new Float64Array(PERIODS).fill(1), full: PERIODS, periods: PERIODS };
    const steady = { s: Float64Array.of(levels.s), S: Float64Array.of(levels.S), r: Float64Array.of(levels.r), stride: 0 };
    const total = run.cost({ state, at: 0 }, FIRST, { ...path, levels: steady }, 0);
    if (facts.waits > 0 && facts.waits < 1) expect(total).toBeCloseTo(cost, 9);
    else expect(total).toBe(cost);
    run.run({ state, at: 0 }, (t, at) => (t === 0 ? FIRST : levelOrder(at, levels, facts)), path);
    expect(state[0]).toBeCloseTo(view.onHand[0] - view.backlog[0], 9);
    for (let i = 1; i < facts.longest; i++)
      expect(state[i]).toBe((facts.leadTimeVariance > 0 ? view.outstanding(0, i) : view.arriving(0, i))[0]);
  });

  test('levels that move are those of their period', () => {
    const scenario = storeWith({}, { fixedCost: 5 }, 2);
    const simulator = new Simulator({ scenario, lanes: 1, seed: 3 });
    const { view } = simulator;
    const facts = itemFacts(itemPlace(view.network, 0, 0));
    const demands = new Float64Array(PERIODS);
    const levels = { s: new Float64Array(PERIODS), S: new Float64Array(PERIODS), r: new Float64Array(PERIODS).fill(Infinity), stride: 1 };
    let cost = 0;
    for (let t = 0; t < PERIODS; t++) {
      levels.s[t] = 8 + (t % 7);
      levels.S[t] = 20 + (t % 5);
      const orders = new Float64Array(1);
      if (t === 0) orders[0] = FIRST;
      else sS({ s: levels.s[t], S: levels.S[t] }).order(view, orders);
      simulator.step(orders);
      demands[t] = view.lastDemand[0];
      cost += simulator.cost[0];
    }
    const path = {
      demands,
      draws: new Float64Array(0),
      levels,
      weights: new Float64Array(PERIODS).fill(1),
      full: PERIODS,
      periods: PERIODS,
    };
    expect(new KnownRun(facts).cost({ state: Float64Array.of(11, 0), at: 0 }, FIRST, path, 0)).toBe(cost);
  });
});
