import { Simulator, type SimulatorOptions } from '../../env/index.ts';
import type { Policy } from '../policy.ts';

export interface AverageCostOptions extends SimulatorOptions {
  readonly policy: Policy;
  /** Periods left out at the start, and those that are averaged. */
  readonly warmUp: number;
  readonly periods: number;
}

/** [lane] cost per period of a policy, averaged over the periods after the warm-up. */
export function averageCosts({ policy, warmUp, periods, ...options }: AverageCostOptions): Float64Array {
  const simulator = new Simulator(options);
  const { view, lanes, network } = simulator;
  const orders = new Float64Array(network.arcs.length * lanes);
  const totals = new Float64Array(lanes);
  for (let period = 0; period < warmUp + periods; period++) {
    orders.fill(0);
    policy.order(view, orders);
    simulator.step(orders);
    if (period < warmUp) continue;
    for (let lane = 0; lane < lanes; lane++) totals[lane] += simulator.cost[lane];
  }
  for (let lane = 0; lane < lanes; lane++) totals[lane] /= periods;
  return totals;
}
