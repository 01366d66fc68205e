import type { Network } from '../../env/index.ts';
import { sS } from '../baselines/index.ts';
import { sumOfPeriods } from './demand-sums.ts';
import {
  firstReason,
  stationaryDemand,
  whyNotForEver,
  whyNothingOrdered,
  whyNotOneNode,
  whyNotPlainArc,
  whyNotStationary,
  whyNotUnlimitedRoom,
  whyNotWholeUnits,
} from './plain-network.ts';
import type { Answer, Solver } from './solver.ts';
import { optimalReorderPolicy } from './zheng-federgruen.ts';

function covers(network: Network): string | undefined {
  const reason = firstReason(whyNotOneNode(network), whyNotStationary(network), whyNotForEver(network), whyNotUnlimitedRoom(network));
  if (reason) return reason;
  const [node] = network.nodes;
  if (node.inbound.length > 1) return `it has ${node.inbound.length} sources`;
  if (node.backlogged[0] < 1) return 'unmet demand does not wait';
  if (node.life !== null) return 'units do not keep';
  if (node.price[0] > 0) return 'it earns a price on backlogged units';
  if (!(node.holdingCost[0] > 0)) return `holdingCost ${node.holdingCost[0]}: stock may grow without bound`;
  if (!(node.shortageCost[0] > 0)) return whyNothingOrdered(node);
  return firstReason(whyNotPlainArc(network.arcs[0]), whyNotWholeUnits(network));
}

function solve(network: Network): Answer {
  const { nodes, arcs } = network;
  const [holdingCost, shortageCost] = [nodes[0].holdingCost[0], nodes[0].shortageCost[0]];
  const { leadTime, fixedCost, unitCost, transitCost } = arcs[0];
  const own = stationaryDemand(network, nodes[0]);
  const demand = own.table();
  const covered = sumOfPeriods(demand, leadTime[0] + 1);
  const positionCost = (position: number): number => {
    let total = 0;
    for (let d = 0; d < covered.length; d++)
      total += covered[d] * (d < position ? holdingCost * (position - d) : shortageCost * (d - position));
    return total;
  };
  let cheapestPosition = 0;
  while (positionCost(cheapestPosition + 1) < positionCost(cheapestPosition)) cheapestPosition++;
  const { s, S, costPerPeriod: kept } = optimalReorderPolicy({ fixedCost: fixedCost[0], demand, positionCost, cheapestPosition });
  const costPerPeriod = kept + (unitCost[0] + transitCost[0] * leadTime[0]) * own.mean;
  const { order, explain } = sS({ s, S });
  return {
    costPerPeriod,
    bounds: [costPerPeriod, costPerPeriod],
    policy: { name: 'optimal', parameters: { solver: 'zheng-federgruen', s, S }, order, explain },
  };
}

/**
 * Full backlog with one source: (s, S) on the inventory position, whose cost is that of the period in which an order placed now arrives, after the
 * demand of the lead time and that period.
 */
export const reorderPoints: Solver = {
  name: 'zheng-federgruen',
  title: 'Zheng and Federgruen: (s, S) where demand waits',
  answer: 'exact',
  covers,
  solve,
};
