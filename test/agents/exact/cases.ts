import type { Policy } from '../../../agents/index.ts';
import { type Distribution, type Item, type Link, type Location, type Scenario, Simulator } from '../../../env/index.ts';

interface StockPointOptions {
  readonly demand?: Distribution;
  readonly location?: Partial<Location>;
  readonly item?: Partial<Item>;
  readonly links?: readonly Partial<Link>[];
  readonly periods?: number;
}

/** One store; Poisson demand with mean 3, h = 1, lost sales at 9, one source with lead time 1 unless given. */
export function stockPoint({ demand = { name: 'poisson', mean: 3 }, location, item, links = [{}], periods }: StockPointOptions): Scenario {
  return {
    id: 'store',
    title: 'One store',
    periods: periods ?? null,
    warmUp: 0,
    items: [{ id: 'item', ...item }],
    locations: [{ id: 'shop', holdingCost: 1, shortage: { kind: 'lost', cost: 9 }, initialStock: 0, ...location }],
    links: links.map((link) => ({ from: 'supplier', to: 'shop', leadTime: 1, ...link })),
    demand: [{ location: 'shop', process: { kind: 'stationary', distribution: demand } }],
  };
}

export interface SerialOptions {
  /** Downstream first. */
  readonly echelonHoldingCosts: readonly number[];
  /** As this environment counts, downstream first. */
  readonly leadTimes: readonly number[];
  readonly shortageCost: number;
  readonly demand: Distribution;
}

/** Stages in a row; stock in transit is charged at its sender's holding cost. */
export function serial({ echelonHoldingCosts, leadTimes, shortageCost, demand }: SerialOptions): Scenario {
  const local = echelonHoldingCosts.map((_, k) => echelonHoldingCosts.slice(k).reduce((a, b) => a + b, 0));
  const name = (k: number) => (k < local.length ? `stage${k + 1}` : 'supplier');
  return {
    id: 'serial',
    title: 'Stages in a row',
    periods: null,
    warmUp: 0,
    items: [{ id: 'item' }],
    locations: local.map((holdingCost, k) => ({
      id: name(k),
      holdingCost,
      shortage: { kind: 'backlog', cost: k === 0 ? shortageCost : 0 },
      initialStock: 0,
    })),
    links: local.map((_, k) => ({ from: name(k + 1), to: name(k), leadTime: leadTimes[k], transitCost: local[k + 1] ?? 0 })),
    demand: [{ location: name(0), process: { kind: 'stationary', distribution: demand } }],
  };
}

export interface RunOptions {
  readonly lanes?: number;
  readonly periods?: number;
  readonly warmUp?: number;
  readonly seed?: number;
}

/** Cost per period of every lane. */
export function laneCosts(scenario: Scenario, policy: Pick<Policy, 'order'>, options: RunOptions = {}): Float64Array {
  const { lanes = 256, periods = 1500, warmUp = 300, seed = 1000 } = options;
  const simulator = new Simulator({ scenario, lanes, seed });
  const orders = new Float64Array(simulator.network.arcs.length * lanes);
  const totals = new Float64Array(lanes);
  for (let period = -warmUp; period < periods; period++) {
    orders.fill(0);
    policy.order(simulator.view, orders);
    simulator.step(orders);
    if (period >= 0) for (let lane = 0; lane < lanes; lane++) totals[lane] += simulator.cost[lane] / periods;
  }
  return totals;
}

/** Mean cost per period in the simulator and the half width of its 95 % interval over lanes. */
export function simulated(scenario: Scenario, policy: Pick<Policy, 'order'>, options?: RunOptions): { mean: number; halfWidth: number } {
  const costs = laneCosts(scenario, policy, options);
  const mean = costs.reduce((a, b) => a + b) / costs.length;
  const variance = costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / (costs.length - 1);
  return { mean, halfWidth: 1.96 * Math.sqrt(variance / costs.length) };
}
