import { describe, expect, test } from 'vitest';
import { createStream, createSupplyEnvironment, type Scenario, type SupplyEnvironment } from '../../env/index.ts';
import { shop } from './shop.ts';

const priced = (options: Parameters<typeof shop>[0] = {}) =>
  shop({ ...options, location: { price: 15, ...options.location }, link: { leadTime: 2, unitCost: 10, ...options.link } });
const environmentOf = (scenario: Scenario) =>
  createSupplyEnvironment({ scenario, lanes: 1, seed: 3, actions: { kind: 'quantity', max: 40 } });

interface Sums {
  readonly rewards: number;
  readonly lessons: number;
  readonly demand: number;
}

/** Steps an environment and adds up what it gave. */
function run(environment: SupplyEnvironment, orders: readonly number[]): Sums {
  return orders.reduce(
    (sums, order) => {
      const { rewards, lessons } = environment.step([order]);
      return {
        rewards: sums.rewards + rewards[0],
        lessons: sums.lessons + (lessons?.[0] ?? Number.NaN),
        demand: sums.demand + environment.simulator.demand[0],
      };
    },
    { rewards: 0, lessons: 0, demand: 0 },
  );
}

const drawn = (periods: number, most: number) => {
  const stream = createStream(5, 'orders');
  return Array.from({ length: periods }, () => stream.integer(most + 1));
};

describe('what a decision did', () => {
  test('is the reward where nothing has a price', () => {
    expect(environmentOf(shop({})).step([3]).lessons).toBeUndefined();
  });

  test('leaves out what is laid out for stock, and what demand brings in anyway', () => {
    const environment = environmentOf(priced({ demands: [4], location: { initialStock: 30 } }));
    const { rewards, lessons } = environment.step([20]);
    expect(rewards[0]).toBe(4 * 15 - 20 * 10 - 26);
    expect(lessons?.[0]).toBe(-26);
  });

  test('counts a sale that is lost at its margin', () => {
    const environment = environmentOf(priced({ demands: [4] }));
    expect(environment.step([0]).lessons?.[0]).toBe(-4 * (15 - 10) - 4 * 4);
  });

  test('adds up to the rewards but for the margin of all demand and the worth of what is there at the end, whatever is ordered', () => {
    for (const backlogged of [false, true]) {
      const location = backlogged ? { shortage: { kind: 'backlog' as const, cost: 4 } } : {};
      const environment = environmentOf(priced({ location }));
      const { rewards, lessons, demand } = run(environment, drawn(200, 10));
      const { onHand, onOrder, backlog } = environment.simulator.view;
      const worth = 10 * (onHand[0] + onOrder[0]) + (15 - 10) * backlog[0];
      expect(lessons).toBeCloseTo(rewards + worth - (15 - 10) * demand, 6);
    }
  });

  test('counts what is expected to come back as it is sold', () => {
    const returns = { part: 0.25, after: 3, refund: 15 };
    const environment = environmentOf(priced({ demands: [8], location: { initialStock: 4000, holdingCost: 0, returns } }));
    const { lessons } = run(environment, new Array(400).fill(0));
    // Each of 3,200 sales is refunded with a chance of a quarter: on average that is the margin.
    expect(Math.abs(lessons)).toBeLessThan(4 * (15 - 10) * Math.sqrt(3200 * 0.25 * 0.75));
  });

  test('of a season that ends: an order beyond what can still be sold is told in the period in which it is placed', () => {
    const season = (order: number) => {
      const environment = environmentOf(
        priced({ demands: [4], periods: 6, location: { initialStock: 8, salvageValue: 3, holdingCost: 0 }, link: { leadTime: 1 } }),
      );
      const first = environment.step([order]).lessons?.[0] ?? Number.NaN;
      return { first, whole: first + run(environment, new Array(5).fill(0)).lessons };
    };
    expect(season(16).first).toBe(0);
    expect(season(16).whole).toBe(0);
    expect(season(26).first).toBe(-10 * (10 - 3));
    expect(season(26).whole).toBe(-10 * (10 - 3));
  });

  test('is told alike of a step that is tried out and of the one that is taken', () => {
    for (const periods of [null, 2]) {
      const environment = environmentOf(priced({ demands: [4], periods, location: { initialStock: 9, salvageValue: 3 } }));
      for (const action of [7, 5]) {
        const tried = environment.lookahead([action], 2).lessons?.slice();
        const { lessons } = environment.step([action]);
        expect(tried).toEqual(Float64Array.of(lessons?.[0] ?? Number.NaN, lessons?.[0] ?? Number.NaN));
      }
    }
  });
});
