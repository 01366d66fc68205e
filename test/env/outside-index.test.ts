import { describe, expect, test } from 'vitest';
import { type Link, meanReverting, type OutsideIndex, type Scenario, Simulator, typicalDemand, UserError } from '../../env/index.ts';
import { follow, shop } from './shop.ts';

const LISTED: OutsideIndex = { id: 'list', process: { kind: 'list', levels: [1, 2, 0.5], after: 'repeat' } };

const following = (index: OutsideIndex, elasticity = 1, link: Partial<Link> = {}, foreseen?: boolean): Scenario => ({
  ...shop({ link }),
  demand: [
    {
      location: 'shop',
      process: {
        kind: 'index',
        base: { kind: 'stationary', distribution: { name: 'gamma', mean: 10, cv: 0.5 } },
        index,
        elasticity,
        foreseen,
      },
    },
  ],
});

/** [period][lane] levels of the only index. */
function levelsOf(scenario: Scenario, { lanes, periods }: { readonly lanes: number; readonly periods: number }): Float64Array[] {
  const simulator = new Simulator({ scenario, lanes, seed: 3 });
  const nothing = new Float64Array(lanes * simulator.network.arcs.length);
  return Array.from({ length: periods }, () => {
    const now = simulator.view.indexLevels.slice();
    simulator.step(nothing);
    return now;
  });
}

describe('a price that follows an index', () => {
  test('is charged as the index stands when the order ships', () => {
    const scenario = shop({ link: { unitCost: 3, priceIndex: LISTED, leadTime: 2 } });
    const paid = follow(scenario, [[10], [10], [10], [1]], ({ costs }) => costs.unit[0]);
    expect(paid).toEqual([30, 60, 15, 3]);
  });

  test('cannot have discounts beside it', () => {
    const scenario = shop({ link: { unitCost: 3, priceIndex: LISTED, priceBreaks: [{ from: 5, cost: 2 }] } });
    expect(() => new Simulator({ scenario, lanes: 1 })).toThrow(/priceIndex: "list" beside discounts; expected one of the two/);
  });

  test('is the same index for price and demand', () => {
    const market: OutsideIndex = { id: 'market', process: meanReverting(0.9, 0.3) };
    const simulator = new Simulator({ scenario: following(market, 1, { unitCost: 2, priceIndex: market }), lanes: 50 });
    expect(simulator.network.indices).toEqual([market]);
    const level = simulator.view.indexLevels.slice();
    const mean = simulator.view.forecastMean(0, 0).slice();
    simulator.step(new Float64Array(50).fill(1));
    level.forEach((one, lane) => {
      expect(mean[lane]).toBeCloseTo(10 * one, 9);
      expect(simulator.costs.unit[lane]).toBeCloseTo(2 * one, 9);
    });
  });
});

describe('a mean-reverting index', () => {
  const [persistence, deviation] = [0.8, 0.3];
  const rows = levelsOf(following({ id: 'market', process: meanReverting(persistence, deviation) }), { lanes: 4000, periods: 6 });
  const average = (values: Iterable<number>) => {
    const all = [...values];
    return all.reduce((sum, value) => sum + value, 0) / all.length;
  };

  test.each([0, 5])('has mean 1 and the deviation of its logarithm in period %d', (period) => {
    const logs = rows[period].map(Math.log);
    const mean = average(logs);
    expect(average(rows[period])).toBeCloseTo(1, 1.5);
    expect(Math.sqrt(average(logs.map((x) => (x - mean) ** 2)))).toBeCloseTo(deviation, 1.8);
  });

  test('keeps the part of a distance that its persistence says', () => {
    const [before, after] = [rows[2].map(Math.log), rows[3].map(Math.log)];
    const [a, b] = [average(before), average(after)];
    const covariance = average(before.map((x, lane) => (x - a) * (after[lane] - b)));
    expect(covariance / average(before.map((x) => (x - a) ** 2))).toBeCloseTo(persistence, 1.5);
  });
});

describe('demand that follows an index', () => {
  test('is known where the index is: mean and spread move with it', () => {
    const simulator = new Simulator({ scenario: following(LISTED, 2), lanes: 1 });
    const { view } = simulator;
    expect([0, 1, 2, 3].map((ahead) => view.forecastMean(0, ahead)[0])).toEqual([10, 40, 2.5, 10]);
    expect([0, 1].map((ahead) => view.forecastVariance(0, ahead)[0])).toEqual([25, 400]);
    simulator.step(new Float64Array(1));
    expect(view.forecastMean(0, 0)[0]).toBe(40);
  });

  test.each([1, 4])('is foreseen %d periods ahead as it comes', (ahead) => {
    const lanes = 6000;
    const simulator = new Simulator({ scenario: following({ id: 'market', process: meanReverting(0.7, 0.5) }, -0.8), lanes, seed: 5 });
    const mean = simulator.view.forecastMean(0, ahead).slice();
    const variance = simulator.view.forecastVariance(0, ahead).slice();
    for (let period = 0; period <= ahead; period++) simulator.step(new Float64Array(lanes));
    const scores = mean.map((m, lane) => (simulator.demand[lane] - m) / Math.sqrt(variance[lane]));
    const bias = scores.reduce((sum, z) => sum + z, 0) / Math.sqrt(lanes);
    const squares = scores.reduce((sum, z) => sum + z * z, 0) / lanes;
    expect(Math.abs(bias)).toBeLessThan(4);
    expect(squares).toBeCloseTo(1, 0.9);
  });

  test('is taken to stay where it is by forecasts that do not foresee it', () => {
    const simulator = new Simulator({ scenario: following(LISTED, 2, {}, false), lanes: 1 });
    const { view } = simulator;
    simulator.step(new Float64Array(1));
    expect([0, 1, 2].map((ahead) => view.forecastMean(0, ahead)[0])).toEqual([40, 40, 40]);
    expect([0, 1, 2].map((ahead) => view.forecastVariance(0, ahead)[0])).toEqual([400, 400, 400]);
    simulator.step(new Float64Array(1));
    expect(view.forecastMean(0, 0)[0]).toBe(2.5);
  });

  test('has a long run that counts how the index moves', () => {
    const { process } = following(LISTED).demand[0];
    expect(typicalDemand(process).mean).toBeCloseTo((10 * 3.5) / 3, 9);
    // Law of total variance: 25 E[f²] within, 100 Var[f] between.
    const square = (1 + 4 + 0.25) / 3;
    expect(typicalDemand(process).variance).toBeCloseTo(25 * square + 100 * (square - (3.5 / 3) ** 2), 9);
  });
});

describe('an index that cannot be', () => {
  test.each([
    [{ kind: 'list', levels: [1, 0], after: 'repeat' }, /indices\.bad\.levels\.1: 0; expected a number above 0/],
    [{ kind: 'list', levels: [], after: 'repeat' }, /indices\.bad\.levels: an empty list/],
    [{ kind: 'markov', levels: [1, 2], transition: [[1, 0]] }, /transition: rows of 2; expected 2 rows of 2/],
    [{ kind: 'markov', levels: [1], transition: [[1]], start: 1 }, /start: 1; expected the number of a level, 0 to 0/],
  ] as const)('%j is refused by the name of its field', (process, message) => {
    const build = () => new Simulator({ scenario: following({ id: 'bad', process }), lanes: 1 });
    expect(build).toThrow(UserError);
    expect(build).toThrow(message);
  });

  test('two of one name are refused', () => {
    const scenario = following({ ...LISTED }, 1, { priceIndex: LISTED });
    expect(() => new Simulator({ scenario, lanes: 1 })).toThrow(/indices\.list: two different indices/);
  });
});
