import { describe, expect, test } from 'vitest';
import { Simulator, UserError } from '../../env/index.ts';
import { follow, shop } from './shop.ts';

/** Twenty on hand, five a day sold, nothing ordered. */
const sells = (part: number, after: number, periods: number | null = null) =>
  shop({ demands: [5], periods, location: { initialStock: 20, price: 7, returns: { part, after, refund: 8 } } });

describe('returns', () => {
  test('are back so many periods after the sale, and are refunded in the period before', () => {
    const nothing = Array.from({ length: 7 }, () => [0]);
    const days = follow(sells(1, 2), nothing, ({ view, served, returned, costs }) => [
      view.onHand[0],
      served[0],
      returned[0],
      costs.revenue[0],
    ]);
    expect(days).toEqual([
      [15, 5, 0, 35],
      [15, 5, 5, 35 - 40],
      [15, 5, 5, 35 - 40],
      [15, 5, 5, 35 - 40],
      [15, 5, 5, 35 - 40],
      [15, 5, 5, 35 - 40],
      [15, 5, 5, 35 - 40],
    ]);
  });

  test('come back unit by unit with their probability', () => {
    const lanes = 4000;
    const simulator = new Simulator({ scenario: sells(0.3, 1), lanes, seed: 1 });
    simulator.step(new Float64Array(lanes));
    const back = simulator.returned;
    const mean = back.reduce((sum, units) => sum + units, 0) / lanes;
    const variance = back.reduce((sum, units) => sum + (units - mean) ** 2, 0) / lanes;
    expect(mean).toBeCloseTo(1.5, 1);
    expect(variance).toBeCloseTo(5 * 0.3 * 0.7, 0.9);
    expect(back.every(Number.isInteger)).toBe(true);
  });

  test('are expected by the planner as far as units have been sold', () => {
    const simulator = new Simulator({ scenario: sells(0.4, 3), lanes: 1 });
    const expected = () => [1, 2, 3].map((ahead) => simulator.view.returning(0, ahead)[0]);
    expect(expected()).toEqual([0, 0, 0]);
    simulator.step(new Float64Array(1));
    expect(expected()).toEqual([0, 2, 0]);
    simulator.step(new Float64Array(1));
    expect(expected()).toEqual([2, 2, 0]);
  });

  test('of the last period of a scenario that ends count for nothing', () => {
    const revenue = follow(sells(1, 1, 3), [[0], [0], [0]], ({ costs }) => costs.revenue[0]);
    expect(revenue).toEqual([35 - 40, 35 - 40, 35]);
  });

  test.each([
    [{ part: 1.2, after: 1 }, /locations\.shop\.returns\.part: 1\.2; expected a number from 0 to 1/],
    [{ part: 0.2, after: 0 }, /locations\.shop\.returns\.after: 0; expected a whole number of periods, 1 or more/],
  ])('%j are refused by the name of the field', (returns, message) => {
    const build = () => new Simulator({ scenario: shop({ location: { returns } }), lanes: 1 });
    expect(build).toThrow(UserError);
    expect(build).toThrow(message);
  });

  test('are refused where units age', () => {
    const scenario = shop({ item: { life: 3 }, location: { returns: { part: 0.1, after: 1 } } });
    expect(() => new Simulator({ scenario, lanes: 1 })).toThrow(/returns: "item" has a life; expected an item that keeps/);
  });
});
