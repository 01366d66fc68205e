import { compileNetwork, type Network, type Node, type Scenario } from '../../env/index.ts';
import { convolve, sumOfPeriods } from './demand-sums.ts';
import {
  firstReason,
  stationaryDemand,
  whyNotForEver,
  whyNotForgottenOrders,
  whyNothingOrdered,
  whyNotPlainArc,
  whyNotStationary,
  whyNotUnlimitedRoom,
  whyNotWholeUnits,
} from './plain-network.ts';

export interface PoolingBound {
  /** [money/period] No policy costs less in the long run. */
  readonly costPerPeriod: number;
  /** [units] Echelon order-up-to level of the warehouse that the bound would take. */
  readonly echelonLevel: number;
}

/** A bound, or why there is none for a scenario. */
export type PoolingAnswer = { readonly bound: PoolingBound } | { readonly bound: null; readonly reason: string };

/**
 * A bound below the cost of every policy for one warehouse and the stock points that it supplies, with backlog: what it would cost if stock could be
 * moved between those points freely in every period (Eppen and Schrage 1981; Federgruen and Zipkin 1984, "Approximations of dynamic, multilocation
 * production and inventory problems"). Then only their joint position counts, and the rest is a chain of two stages.
 */
export function poolingBound(scenario: Scenario): PoolingAnswer {
  const network = compileNetwork(scenario, 1);
  const reason = whyNot(network);
  return reason === undefined ? { bound: boundOf(network) } : { bound: null, reason };
}

function whyNot(network: Network): string | undefined {
  const { scenario, nodes, arcs } = network;
  if ((scenario.laneNames?.length ?? 1) > 1) return 'it is a catalogue';
  const roots = nodes.filter(({ inbound }) => inbound.some((arc) => arcs[arc].from < 0));
  if (roots.length !== 1 || nodes.some(({ inbound }) => inbound.length !== 1))
    return 'it is not one warehouse with one source that supplies all others';
  const [root] = roots;
  if (root.outbound.length < 2 || root.outbound.length !== nodes.length - 1) return 'it is not one warehouse that supplies all others';
  const retailers = retailersOf(network, root);
  const [cheapest] = [...retailers].sort((a, b) => a.holdingCost[0] - b.holdingCost[0]);
  return firstReason(
    root.demand >= 0 ? `"${root.id}" sells to customers too` : undefined,
    retailers.some(({ demand }) => demand < 0) ? 'a stock point has no demand' : undefined,
    whyNotStationary(network),
    whyNotForEver(network),
    whyNotWholeUnits(network),
    whyNotUnlimitedRoom(network),
    whyNotForgottenOrders(network),
    scenario.demandCorrelation === undefined ? undefined : 'demands are correlated',
    nodes.some(({ returns }) => returns) ? 'customers send units back' : undefined,
    nodes.some(({ life }) => life !== null) ? 'units do not keep' : undefined,
    retailers.some(({ backlogged }) => backlogged[0] < 1) ? 'unmet demand does not wait' : undefined,
    retailers.some(({ price }) => price[0] > 0) ? 'it earns a price' : undefined,
    ...retailers.map((node) => (node.shortageCost[0] > 0 ? undefined : whyNothingOrdered(node))),
    cheapest.holdingCost[0] >= root.holdingCost[0] ? undefined : `holding costs less at "${cheapest.id}" than at "${root.id}"`,
    root.holdingCost[0] > 0 ? undefined : `holding costs nothing at "${root.id}"`,
    ...arcs.map((arc) => whyNotPlainArc(arc) ?? (arc.fixedCost[0] > 0 ? `"${arc.id}" has a fixed cost` : undefined)),
  );
}

function retailersOf({ nodes, arcs }: Network, root: Node): Node[] {
  return root.outbound.map((arc) => nodes[arcs[arc].to]);
}

function boundOf(network: Network): PoolingBound {
  const { nodes, arcs } = network;
  const [root] = nodes.filter(({ inbound }) => arcs[inbound[0]].from < 0);
  const retailers = retailersOf(network, root);
  const demands = retailers.map((node) => stationaryDemand(network, node));
  const mean = demands.reduce((sum, demand) => sum + demand.mean, 0);
  const { leadTime, unitCost, transitCost } = arcs[root.inbound[0]];
  const ahead = sumOfPeriods(demands.map((demand) => demand.table()).reduce(convolve), leadTime[0]);
  const held = root.holdingCost[0];
  const paid = retailers.reduce(
    (sum, node, k) => {
      const arc = arcs[node.inbound[0]];
      return sum + demands[k].mean * (arc.unitCost[0] + (arc.transitCost[0] - held) * arc.leadTime[0]);
    },
    mean * (unitCost[0] + transitCost[0] * leadTime[0]),
  );
  const joint = jointCost(network, retailers, held);
  const costAt = (level: number): number => {
    let expected = held * (level - mean * (leadTime[0] + 1));
    for (let demand = 0; demand < ahead.length; demand++) expected += ahead[demand] * joint.at(level - demand);
    return expected;
  };
  // Convex, and above this level every unit more is only held.
  let echelonLevel = joint.best + ahead.length - 1;
  while (costAt(echelonLevel - 1) <= costAt(echelonLevel)) echelonLevel--;
  return { costPerPeriod: paid + costAt(echelonLevel), echelonLevel };
}

interface JointCost {
  /** The joint position that costs least. */
  readonly best: number;
  /** [money/period] of the best division of at most so many units among the points, beyond holding at the warehouse's cost. */
  at(position: number): number;
}

/** A separable convex division: from the best position of each point down, the unit is taken away that is missed least. */
function jointCost(network: Network, retailers: readonly Node[], held: number): JointCost {
  const points = retailers.map((node) => {
    const demand = stationaryDemand(network, node);
    const periods = network.arcs[node.inbound[0]].leadTime[0] + 1;
    const table = sumOfPeriods(demand.table(), periods);
    const over = node.holdingCost[0] - held;
    const under = node.shortageCost[0] + node.holdingCost[0];
    return { over, under, mean: demand.mean * periods, atLeast: survival(table), position: 0 };
  });
  let cost = 0;
  for (const point of points) {
    while (point.under * chance(point, point.position + 1) > point.over) point.position++;
    cost += point.over * (point.position - point.mean);
    for (let k = point.position + 1; k < point.atLeast.length; k++) cost += point.under * point.atLeast[k];
  }
  const best = points.reduce((sum, { position }) => sum + position, 0);
  /** [units below the best] */
  const costs = [cost];
  const at = (position: number): number => {
    const below = Math.max(0, best - position);
    while (costs.length <= below) {
      const rises = points.map((point) => point.under * chance(point, point.position) - point.over);
      const taken = rises.indexOf(Math.min(...rises));
      cost += rises[taken];
      points[taken].position--;
      costs.push(cost);
    }
    return costs[below];
  };
  return { best, at };
}

/** P(demand >= k): 1 for k of 0 and less. */
function chance({ atLeast }: { readonly atLeast: Float64Array }, k: number): number {
  if (k <= 0) return 1;
  return k < atLeast.length ? atLeast[k] : 0;
}

function survival(table: Float64Array): Float64Array {
  const atLeast = table.slice();
  for (let k = atLeast.length - 2; k >= 0; k--) atLeast[k] += atLeast[k + 1];
  return atLeast;
}
