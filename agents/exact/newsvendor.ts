import type { LaneDistribution, Network } from '../../env/index.ts';
import { baseStock } from '../baselines/index.ts';
import { integrate } from './integrate.ts';
import { firstReason, stationaryDemand, whyNotOneNode, whyNotPlainArc, whyNotStationary, whyNotUnlimitedRoom } from './plain-network.ts';
import type { Answer, Solver } from './solver.ts';

/** A choice of one stock before demand, in money per unit that was too much or too little. */
export interface NewsvendorProblem {
  readonly demand: LaneDistribution;
  /** [money/unit] of stock that is left. */
  readonly overage: number;
  /** [money/unit] of demand that is not met. */
  readonly underage: number;
}

/** The smallest stock whose chance to suffice is underage / (underage + overage); 0 where more would never pay. */
export function criticalStock({ demand, overage, underage }: NewsvendorProblem): number {
  if (underage <= 0) return 0;
  const level = underage / (underage + overage);
  if (!demand.isDiscrete) return demand.quantile(level);
  const table = demand.table();
  let sum = 0;
  for (let k = 0; k < table.length; k++) {
    sum += table[k];
    if (sum >= level) return k;
  }
  return table.length - 1;
}

/** Expected cost of a stock: what is left and what is lacking, each at its price. */
export function mismatchCost({ demand, overage, underage }: NewsvendorProblem, stock: number): number {
  const served = expectedServed(demand, stock);
  return overage * (stock - served) + underage * (demand.mean - served);
}

/** E min(demand, stock), from the table, or by integration over the quantiles. */
function expectedServed(demand: LaneDistribution, stock: number): number {
  if (!demand.isDiscrete) return integrate((u) => Math.min(demand.quantile(u), stock), 0, 1, 1e-12 * Math.max(1, demand.mean));
  const table = demand.table();
  let served = 0;
  for (let k = 0; k < table.length; k++) served += Math.min(k, stock) * table[k];
  return served;
}

/** A network as a newsvendor: the two prices, and what is paid whatever the stock. */
interface Reading extends NewsvendorProblem {
  /** [money/period] */
  readonly constant: number;
}

/**
 * What is left stays for the next period (continuing), is sold off (the last period), or is thrown away (a life of one period); what is lacking
 * costs its penalty, and where it is lost its price too, less what the unit would have cost.
 */
function read(network: Network): Reading {
  const [node] = network.nodes;
  const [arc] = network.arcs;
  const ends = network.scenario.periods !== null;
  const c = arc.unitCost[0];
  const price = node.price[0];
  const demand = stationaryDemand(network, node);
  const expires = node.life !== null && node.life[0] === 1;
  const left = expires ? node.disposalCost[0] : node.holdingCost[0] - (ends ? node.salvageValue[0] : 0);
  const carried = !ends && !expires;
  const waits = node.backlogged[0] === 1 && !ends;
  const lacking = node.shortageCost[0] + (waits ? 0 : price - c);
  return { demand, overage: left + (carried ? 0 : c), underage: lacking, constant: (c - price) * demand.mean };
}

function covers(network: Network): string | undefined {
  const reason = firstReason(whyNotOneNode(network), whyNotStationary(network), whyNotUnlimitedRoom(network));
  if (reason) return reason;
  if (network.arcs.length > 1) return `it has ${network.arcs.length} sources`;
  const [arc] = network.arcs;
  const [node] = network.nodes;
  const { periods } = network.scenario;
  if (arc.maxLeadTime > 0) return `it has a lead time of ${arc.maxLeadTime}`;
  if (arc.fixedCost[0] > 0) return 'it has a fixed cost';
  if (periods !== null && periods > 1) return `it ends after ${periods} periods`;
  if (node.life !== null && node.life[0] > 1) return `its units last ${node.life[0]} periods`;
  if (node.backlogged[0] > 0 && node.backlogged[0] < 1) return 'a part of unmet demand waits';
  if (node.life !== null && node.backlogged[0] === 1 && periods === null) return 'demand waits for units that do not keep';
  const { overage } = read(network);
  if (!(overage > 0)) return `a unit that is left costs ${overage}: it could be stocked without bound`;
  return whyNotPlainArc(arc);
}

function solve(network: Network): Answer {
  const reading = read(network);
  const best = criticalStock(reading);
  const once = network.scenario.periods !== null;
  const initial = once ? network.nodes[0].initialStock[0] : 0;
  const paid = once ? network.arcs[0].unitCost[0] * initial : 0;
  const costPerPeriod = reading.constant + mismatchCost(reading, Math.max(best, initial)) - paid;
  const { order, explain } = baseStock({ S: best });
  return {
    costPerPeriod,
    bounds: [costPerPeriod, costPerPeriod],
    policy: { name: 'optimal', parameters: { solver: 'newsvendor', S: best }, order, explain },
  };
}

/** One stock point without a lead time: the critical fractile of one period's demand (Arrow, Harris and Marschak 1951). */
export const newsvendor: Solver = { name: 'newsvendor', title: 'Newsvendor: the critical fractile', answer: 'exact', covers, solve };
