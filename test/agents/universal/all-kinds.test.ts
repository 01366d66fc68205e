import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { universal } from '../../../agents/index.ts';
import { type DemandProcessSpec, type Link, type Scenario, Simulator } from '../../../env/index.ts';
import { ANY, madeNetwork } from './made-network.ts';

const networks = [madeNetwork({ bounds: ANY })];

interface Item {
  readonly scenario: Scenario;
  /** The same with all costs multiplied. */
  readonly dearer: (factor: number) => Scenario;
}

const leadTimes: fc.Arbitrary<Link['leadTime']> = fc.oneof(
  fc.integer({ min: 0, max: 8 }),
  fc.integer({ min: 1, max: 5 }).map((low) => ({ values: [low, low + 1, low + 2], probabilities: [0.2, 0.3, 0.5] })),
  fc.integer({ min: 0, max: 5 }).map((low) => ({ values: [low, low + 3], probabilities: [0.7, 0.3], crossing: true })),
);

const demands: fc.Arbitrary<DemandProcessSpec> = fc
  .record({ mean: fc.double({ min: 0.5, max: 30, noNaN: true }), ratio: fc.double({ min: 1.1, max: 9, noNaN: true }), moves: fc.boolean() })
  .map(({ mean, ratio, moves }): DemandProcessSpec => {
    const steady: DemandProcessSpec = { kind: 'stationary', distribution: { name: 'negative-binomial', mean, variance: ratio * mean } };
    return moves ? { kind: 'seasonal', base: steady, factors: [0.4, 1, 1.6, 1] } : steady;
  });

/** Items of every kind that networks order for. */
const items: fc.Arbitrary<Item> = fc
  .record({
    shortageCost: fc.double({ min: 1, max: 100, noNaN: true }),
    waits: fc.constantFrom(0, 0.3, 1),
    fixedCost: fc.constantFrom(0, 12.5),
    batch: fc.constantFrom(1, 5),
    minimumOrder: fc.constantFrom(0, 8),
    leadTime: leadTimes,
    process: demands,
  })
  .map(({ shortageCost, waits, fixedCost, batch, minimumOrder, leadTime, process }) => {
    const dearer = (factor: number): Scenario => ({
      id: 'store',
      title: 'One store',
      periods: null,
      warmUp: 0,
      items: [{ id: 'item' }],
      locations: [
        { id: 'shop', holdingCost: factor, shortage: { kind: 'partial', cost: factor * shortageCost, backlogged: waits }, initialStock: 9 },
      ],
      links: [{ from: 'supplier', to: 'shop', leadTime, fixedCost: factor * fixedCost, batch, minimumOrder }],
      demand: [{ location: 'shop', process }],
    });
    return { scenario: dearer(1), dearer };
  });

/** Orders of some periods, [period][lane], by the networks wherever they can. */
function orders(
  scenario: Scenario,
  { lanes = 1, seeds = [5] }: { readonly lanes?: number; readonly seeds?: readonly number[] } = {},
): number[][] {
  const simulator = new Simulator({ scenario, lanes, seeds });
  const policy = universal({ networks, force: true });
  const placed = new Float64Array(lanes);
  return Array.from({ length: 10 }, () => {
    policy.order(simulator.view, placed.fill(0));
    simulator.step(placed);
    return Array.from(placed);
  });
}

describe('of items of every kind', () => {
  test('costs that are all multiplied by one number change no order', () => {
    fc.assert(
      fc.property(items, fc.constantFrom(0.01, 0.5, 3, 700), ({ scenario, dearer }, factor) => {
        expect(orders(dearer(factor))).toEqual(orders(scenario));
      }),
      { numRuns: 60 },
    );
  });

  test('an item gets the same orders alone and among other lanes', () => {
    fc.assert(
      fc.property(items, ({ scenario }) => {
        const alone = orders(scenario, { seeds: [7] });
        const among = orders(scenario, { lanes: 12, seeds: Array.from({ length: 12 }, (_, lane) => lane) });
        expect(among.map((row) => row[7])).toEqual(alone.map(([order]) => order));
      }),
      { numRuns: 40 },
    );
  });

  test('orders are such as the link takes', () => {
    fc.assert(
      fc.property(items, ({ scenario }) => {
        const [{ batch, minimumOrder }] = scenario.links;
        for (const [order] of orders(scenario)) {
          expect(order % Number(batch)).toBe(0);
          expect(order === 0 || order >= Number(minimumOrder)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
