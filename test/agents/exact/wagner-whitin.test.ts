import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveExact } from '../../../agents/index.ts';
import { type Scenario, Simulator } from '../../../env/index.ts';
import { laneCosts, stockPoint } from './cases.ts';

interface LotOptions {
  readonly demand: readonly number[];
  readonly fixedCost: number;
  readonly holdingCost?: number;
  readonly unitCost?: number;
  readonly leadTime?: number;
  readonly initialStock?: number;
  readonly shortage?: Scenario['locations'][number]['shortage'];
}

function lots({ demand, fixedCost, holdingCost = 1, unitCost = 0, leadTime = 0, initialStock = 0, shortage }: LotOptions): Scenario {
  const plain = stockPoint({
    periods: demand.length,
    location: { holdingCost, initialStock, shortage: shortage ?? { kind: 'lost', cost: 1e6 } },
    links: [{ leadTime, fixedCost, unitCost }],
  });
  return { ...plain, demand: [{ location: 'shop', process: { kind: 'list', values: demand, after: 'nothing' } }] };
}

/** What the plan costs when the simulator carries it out. */
function carriedOut(scenario: Scenario): number {
  return laneCosts(scenario, solveExact(scenario).policy, { lanes: 1, periods: scenario.periods ?? 0, warmUp: 0 })[0];
}

describe('known demand', () => {
  /** Snyder and Shen, "Fundamentals of Supply Chain Theory", section 3.7: 1,380 in all, with orders of 210 and 150. */
  it('has the plan of the textbook', () => {
    const { solver, costPerPeriod, policy } = solveExact(lots({ demand: [90, 120, 80, 70], fixedCost: 500, holdingCost: 2 }));
    expect(solver).toBe('wagner-whitin');
    expect(costPerPeriod * 4).toBeCloseTo(1380, 9);
    expect(policy.parameters.orders).toEqual([210, 0, 150, 0]);
  });

  it('tells what it has planned from the period on that is asked about', () => {
    const scenario = lots({ demand: [90, 120, 80, 70], fixedCost: 500, holdingCost: 2 });
    const { policy } = solveExact(scenario);
    const simulator = new Simulator({ scenario, lanes: 1 });
    simulator.step(Float64Array.of(210));
    expect(policy.explain?.(simulator.view, 0)).toEqual({ planned: [{ arc: 0, orders: [0, 150, 0] }] });
  });

  it('shifts its orders by the lead time, and serves the first periods from stock', () => {
    const scenario = lots({ demand: [30, 40, 90, 120, 80, 70], fixedCost: 500, holdingCost: 2, leadTime: 2, initialStock: 70 });
    const { costPerPeriod, policy } = solveExact(scenario);
    expect(policy.parameters.orders).toEqual([210, 0, 150, 0, 0, 0]);
    expect(costPerPeriod * 6).toBeCloseTo(1380 + 2 * 40, 9);
    expect(carriedOut(scenario)).toBeCloseTo(costPerPeriod, 9);
  });

  it('never costs more than the orders that a search through all of them finds, and costs what it says', () => {
    const cases = fc.record({
      demand: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }),
      fixedCost: fc.integer({ min: 0, max: 6 }),
      unitCost: fc.integer({ min: 0, max: 3 }),
      leadTime: fc.integer({ min: 0, max: 1 }),
      initialStock: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('lost', 'backlog'),
      cost: fc.integer({ min: 0, max: 8 }),
    });
    fc.assert(
      fc.property(cases, ({ kind, cost, ...options }) => {
        const scenario = lots({ ...options, shortage: { kind: kind === 'lost' ? 'lost' : 'backlog', cost } });
        const { costPerPeriod } = solveExact(scenario);
        expect(carriedOut(scenario)).toBeCloseTo(costPerPeriod, 9);
        expect(costPerPeriod).toBeCloseTo(bestOfAll(scenario), 9);
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  it('takes any demand that is known, not only lists', () => {
    const constant = stockPoint({ periods: 8, demand: { name: 'deterministic', value: 5 }, links: [{ leadTime: 0, fixedCost: 10 }] });
    expect(solveExact(constant).solver).toBe('wagner-whitin');
    expect(solveExact(constant).costPerPeriod * 8).toBe(4 * (10 + 5));
    expect(() => solveExact(stockPoint({ periods: 8, links: [{ leadTime: 0, fixedCost: 10 }] }))).toThrow(
      /its demand is not known in advance/,
    );
  });
});

/** The least cost over all whole orders of up to 16 in each of 4 periods: every plan is a lane. */
function bestOfAll(scenario: Scenario): number {
  const most = 17;
  const lanes = most ** 3;
  let best = Number.POSITIVE_INFINITY;
  for (let last = 0; last < 5; last++) {
    const order = ({ period }: { period: Int32Array }, orders: Float64Array) => {
      for (let lane = 0; lane < lanes; lane++) {
        orders[lane] = period[lane] === 3 ? last : Math.floor(lane / most ** period[lane]) % most;
      }
    };
    for (const cost of laneCosts(scenario, { order }, { lanes, periods: 4, warmUp: 0 })) best = Math.min(best, cost);
  }
  return best;
}
