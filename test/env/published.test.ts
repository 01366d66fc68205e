import { describe, expect, test } from 'vitest';
import { type Scenario, Simulator, type StateView } from '../../env/index.ts';
import { shop } from './shop.ts';

interface Measured {
  readonly mean: number;
  readonly standardError: number;
}

/** Long-run average cost of orders written by `order`, over independent lanes. */
function measure(
  scenario: Scenario,
  order: (view: StateView, orders: Float64Array) => void,
  { lanes = 200, periods = 2000, warmUp = 100 } = {},
): Measured {
  const simulator = new Simulator({ scenario, lanes, seed: 77 });
  const orders = new Float64Array(simulator.network.arcs.length * lanes);
  const cost = new Float64Array(lanes);
  for (let t = 0; t < warmUp + periods; t++) {
    order(simulator.view, orders);
    simulator.step(orders);
    if (t >= warmUp) for (let lane = 0; lane < lanes; lane++) cost[lane] += simulator.cost[lane] / periods;
  }
  const mean = cost.reduce((sum, x) => sum + x, 0) / lanes;
  const variance = cost.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (lanes - 1);
  return { mean, standardError: Math.sqrt(variance / lanes) };
}

const baseStock = (level: number) => (view: StateView, orders: Float64Array) => {
  for (let lane = 0; lane < view.lanes; lane++)
    orders[lane] = Math.max(0, level - view.onHand[lane] - view.onOrder[lane] + view.backlog[lane]);
};

// Zipkin, Old and new methods for lost-sales inventory systems, Operations Research 56 (2008), Table 3, Poisson demand with mean 5, h = 1.
describe('base stock under lost sales (Zipkin 2008)', () => {
  test.each([
    [4, 1, 12, 4.1628],
    [4, 4, 25, 5.1978],
    [19, 2, 21, 7.8422],
    [19, 4, 31, 9.2319],
  ])('p = %d, L = %d, S = %d costs %d', (cost, leadTime, level, published) => {
    const scenario = shop({ location: { shortage: { kind: 'lost', cost } }, link: { leadTime } });
    const { mean, standardError } = measure(scenario, baseStock(level));
    expect(standardError).toBeLessThan(0.03);
    expect(Math.abs(mean - published)).toBeLessThan(2.6 * standardError);
  });
});
