import { type Network, type Scenario, Simulator } from '../../env/index.ts';
import type { Policy } from '../policy.ts';
import { firstReason, whyNotOneNode, whyNotPlainArc, whyNotUnlimitedRoom } from './plain-network.ts';
import type { Answer, Solver } from './solver.ts';

/** Demand that is known, and what it costs to serve it from orders that arrive in some periods. */
export interface LotSizingProblem {
  /** [period] [units] that initial stock does not serve. */
  readonly demand: readonly number[];
  /** [money] per order and per unit of it. */
  readonly fixedCost: number;
  readonly unitCost: number;
  /** [money/unit/period] */
  readonly holdingCost: number;
  /** [money/unit] of demand that is lost, or [money/unit/period] of demand that waits. */
  readonly shortageCost: number;
  readonly waits: boolean;
  /** First period in which an order can arrive. */
  readonly firstArrival: number;
}

export interface LotSizingPlan {
  readonly cost: number;
  /** [period] [units] that arrive. */
  readonly arrivals: readonly number[];
}

/**
 * The cheapest orders for known demand: each lot serves the demand of periods in a row (Wagner and Whitin 1958, "Dynamic version of the economic lot
 * size model"), those before its arrival late where demand waits (Zangwill 1969), or not at all where losing them is cheaper.
 */
export function planLots(problem: LotSizingProblem): LotSizingPlan {
  const { demand, firstArrival } = problem;
  const periods = demand.length;
  const least = new Array<number>(periods + 1).fill(Number.POSITIVE_INFINITY);
  const choice: { readonly end: number; readonly arrival: number }[] = [];
  least[periods] = 0;
  for (let start = periods - 1; start >= 0; start--) {
    for (let end = start + 1; end <= periods; end++) {
      consider(start, end, -1);
      for (let arrival = Math.max(start, firstArrival); arrival < end; arrival++) {
        consider(start, end, arrival);
        if (!problem.waits) break;
      }
    }
  }
  return { cost: least[0], arrivals: lotsOf(problem, choice) };

  function consider(start: number, end: number, arrival: number): void {
    const cost = least[end] + segmentCost(problem, { start, end, arrival });
    if (cost >= least[start]) return;
    least[start] = cost;
    choice[start] = { end, arrival };
  }
}

/** Periods from start to end - 1 whose demand one lot serves; arrival -1: none does. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly arrival: number;
}

function segmentCost(problem: LotSizingProblem, { start, end, arrival }: Segment): number {
  let cost = 0;
  let ordered = 0;
  for (let period = start; period < end; period++) {
    const units = problem.demand[period];
    const served = servedCost(problem, period, arrival);
    const unserved = unservedCost(problem, period);
    if (served < unserved) ordered += units;
    cost += units * Math.min(served, unserved);
  }
  return cost + (ordered > 0 ? problem.fixedCost : 0);
}

function servedCost({ unitCost, holdingCost, shortageCost, waits }: LotSizingProblem, period: number, arrival: number): number {
  if (arrival < 0) return Number.POSITIVE_INFINITY;
  if (arrival <= period) return unitCost + holdingCost * (period - arrival);
  return waits ? unitCost + shortageCost * (arrival - period) : Number.POSITIVE_INFINITY;
}

function unservedCost({ demand, shortageCost, waits }: LotSizingProblem, period: number): number {
  return waits ? shortageCost * (demand.length - period) : shortageCost;
}

function lotsOf(problem: LotSizingProblem, choice: readonly { readonly end: number; readonly arrival: number }[]): number[] {
  const arrivals = problem.demand.map(() => 0);
  for (let start = 0; start < arrivals.length; start = choice[start].end) {
    const { end, arrival } = choice[start];
    for (let period = start; period < end; period++) {
      if (servedCost(problem, period, arrival) < unservedCost(problem, period)) arrivals[arrival] += problem.demand[period];
    }
  }
  return arrivals;
}

/** The demand of every period of a scenario that ends, or null where it is not known in advance. */
export function knownDemand(scenario: Scenario): readonly number[] | null {
  const simulator = new Simulator({ scenario, lanes: 1 });
  const nothing = new Float64Array(simulator.network.arcs.length);
  const demand: number[] = [];
  for (let period = 0; period < (scenario.periods ?? 0); period++) {
    if (simulator.view.forecastVariance(0, 0)[0] > 0) return null;
    simulator.step(nothing);
    demand.push(simulator.demand[0]);
  }
  return demand;
}

function covers(network: Network): string | undefined {
  const { scenario, arcs } = network;
  if (scenario.periods === null) return 'it goes on for ever';
  const reason = firstReason(whyNotOneNode(network), whyNotUnlimitedRoom(network));
  if (reason) return reason;
  if (arcs.length > 1) return `it has ${arcs.length} sources`;
  const [node] = network.nodes;
  const [{ unitCost, transitCost, leadTime, initialPipeline, id }] = arcs;
  if (initialPipeline.length > 0) return `"${id}" has stock on the way when it starts`;
  if (node.life !== null) return 'units do not keep';
  if (node.backlogged[0] > 0 && node.backlogged[0] < 1) return 'a part of unmet demand waits';
  if (node.backlogged[0] === 1 && node.price[0] > 0) return 'it earns a price on backlogged units';
  if (node.salvageValue[0] > unitCost[0] + transitCost[0] * leadTime[0] + node.holdingCost[0])
    return 'stock is worth more at its end than it costs';
  return firstReason(whyNotPlainArc(arcs[0])) ?? (knownDemand(scenario) === null ? 'its demand is not known in advance' : undefined);
}

function solve({ scenario, nodes: [node], arcs: [arc] }: Network): Answer {
  const demand = knownDemand(scenario) ?? [];
  const periods = demand.length;
  const leadTime = arc.leadTime[0];
  const [holdingCost, price] = [node.holdingCost[0], node.price[0]];
  let stock = node.initialStock[0];
  let paid = 0;
  const unserved = demand.map((units) => {
    const served = Math.min(stock, units);
    stock -= served;
    paid += holdingCost * stock - price * units;
    return units - served;
  });
  const plan = planLots({
    demand: unserved,
    fixedCost: arc.fixedCost[0],
    unitCost: arc.unitCost[0] + arc.transitCost[0] * leadTime,
    holdingCost,
    shortageCost: node.shortageCost[0] + price,
    waits: node.backlogged[0] === 1,
    firstArrival: leadTime,
  });
  const costPerPeriod = (plan.cost + paid - node.salvageValue[0] * stock) / periods;
  const orders = demand.map((_, period) => plan.arrivals[period + leadTime] ?? 0);
  return { costPerPeriod, bounds: [costPerPeriod, costPerPeriod], policy: plannedOrders(orders) };
}

function plannedOrders(planned: readonly number[]): Policy {
  return {
    name: 'optimal',
    parameters: { solver: 'wagner-whitin', orders: planned },
    order({ lanes, period }, orders) {
      for (let lane = 0; lane < lanes; lane++) orders[lane] = planned[period[lane]] ?? 0;
    },
    explain: ({ period }, lane) => ({ planned: [{ arc: 0, orders: planned.slice(period[lane]) }] }),
  };
}

/** One stock point whose demand is known for a number of periods. */
export const wagnerWhitin: Solver = { name: 'wagner-whitin', title: 'Wagner and Whitin: known demand', answer: 'exact', covers, solve };
