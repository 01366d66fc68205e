import { describe, expect, test } from 'vitest';
import { Simulator } from '../../env/index.ts';
import { shop } from './shop.ts';

describe('a random lead time', () => {
  const values = [1, 2, 4];
  const probabilities = [0.2, 0.5, 0.3];

  /** Part of single orders, one every nine periods, that are received 1, 2, 3, 4 periods later. */
  function observed(crossing: boolean, spec: { values: readonly number[]; probabilities: readonly number[] }): number[] {
    const lanes = 4000;
    const simulator = new Simulator({ scenario: shop({ link: { leadTime: { ...spec, crossing } }, demands: [0] }), lanes, seed: 5 });
    const counts = new Array<number>(9).fill(0);
    const order = new Float64Array(lanes);
    for (let t = 0; t < 27; t++) {
      const before = Float64Array.from(simulator.view.onHand);
      simulator.step(order.fill(t % 9 === 0 ? 1 : 0));
      simulator.view.onHand.forEach((stock, lane) => {
        counts[t % 9] += (stock - before[lane]) / (3 * lanes);
      });
    }
    return counts.slice(0, 4);
  }

  test('has the distribution that was given, with crossing', () => {
    observed(true, { values, probabilities }).forEach((part, k) => {
      expect(part).toBeCloseTo([0.2, 0.5, 0, 0.3][k], 1.5);
    });
  });

  test('has the distribution that was given, without crossing', () => {
    observed(false, { values: [1, 2, 3], probabilities: [0.2, 0.3, 0.5] }).forEach((part, k) => {
      expect(part).toBeCloseTo([0.2, 0.3, 0.5, 0][k], 1.5);
    });
  });

  /** Does the order of period 1 (2 units) ever come before that of period 0 (1 unit)? */
  function overtakes(crossing: boolean): boolean {
    const lanes = 200;
    const scenario = shop({ link: { leadTime: { values: [1, 2, 3], probabilities: [0.2, 0.3, 0.5], crossing } }, demands: [0] });
    const simulator = new Simulator({ scenario, lanes });
    const order = new Float64Array(lanes);
    let any = false;
    for (let t = 0; t < 4; t++) {
      simulator.step(order.fill(t < 2 ? t + 1 : 0));
      any ||= simulator.view.onHand.includes(2);
    }
    return any;
  }

  test('lets orders overtake each other only where it is told to', () => {
    expect(overtakes(true)).toBe(true);
    expect(overtakes(false)).toBe(false);
  });

  test('is no more known to the planner than its distribution and the age of the order', () => {
    const scenario = shop({ link: { leadTime: { values, probabilities, crossing: true } }, demands: [0] });
    const simulator = new Simulator({ scenario, lanes: 400, seed: 2 });
    simulator.step(new Float64Array(400).fill(10));
    const { view } = simulator;
    for (let lane = 0; lane < 400; lane++) {
      if (view.onHand[lane] > 0) continue;
      expect([1, 2, 3].map((periods) => view.arriving(0, periods)[lane])).toEqual([6.25, 0, 3.75]);
      expect(view.outstanding(0, 1)[lane]).toBe(10);
    }
  });
});
