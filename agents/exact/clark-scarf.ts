import type { Network } from '../../env/index.ts';
import { echelonBaseStock } from '../baselines/echelon-base-stock.ts';
import type { Policy } from '../policy.ts';
import { onGrid, wholeUnits } from './grid-demand.ts';
import {
  firstReason,
  stationaryDemand,
  whyNotForEver,
  whyNotForgottenOrders,
  whyNothingOrdered,
  whyNotPlainArc,
  whyNotStationary,
  whyNotUnlimitedRoom,
} from './plain-network.ts';
import { type SerialOptimum, type Stage, solveSerial } from './serial-recursion.ts';
import type { Answer, Solver } from './solver.ts';

/** Steps of the grid per standard deviation of a continuous demand. */
const FINENESS = 60;

/** Nodes of a chain from the customers up, or why there is none. */
function chain({ nodes, arcs, order }: Network): readonly number[] | string {
  const [source] = nodes.filter(({ inbound }) => inbound.length !== 1);
  if (source) return `"${source.id}" has ${source.inbound.length} sources`;
  const fork = nodes.find(({ outbound }) => outbound.length > 1);
  if (fork) return `"${fork.id}" has ${fork.outbound.length} customers in the network`;
  const fromSupplier = arcs.filter(({ from }) => from < 0).length;
  if (fromSupplier !== 1) return `it is ${fromSupplier} chains`;
  const stages = [...order].reverse();
  const selling = stages.slice(1).find((n) => nodes[n].demand >= 0);
  if (selling !== undefined) return `"${nodes[selling].id}" sells to customers and to the stage below`;
  return nodes[stages[0]].demand < 0 ? `"${nodes[stages[0]].id}" has no demand` : stages;
}

function covers(network: Network): string | undefined {
  const stages = chain(network);
  if (typeof stages === 'string') return stages;
  const { nodes, arcs } = network;
  const reason = firstReason(
    whyNotStationary(network),
    whyNotForEver(network),
    whyNotUnlimitedRoom(network),
    whyNotForgottenOrders(network),
    nodes.some(({ returns }) => returns) ? 'customers send units back' : undefined,
    ...arcs.map((arc) => whyNotPlainArc(arc) ?? (arc.fixedCost[0] > 0 ? `"${arc.id}" has a fixed cost` : undefined)),
  );
  if (reason) return reason;
  const last = nodes[stages[0]];
  if (nodes.some(({ life }) => life !== null)) return 'units do not keep';
  if (last.backlogged[0] < 1) return 'unmet demand does not wait';
  if (last.price[0] > 0) return 'it earns a price on backlogged units';
  if (!(last.shortageCost[0] > 0)) return whyNothingOrdered(last);
  const falling = stages.find((n, k) => k + 1 < stages.length && nodes[stages[k + 1]].holdingCost[0] > nodes[n].holdingCost[0]);
  if (falling !== undefined) return `holding costs less at "${nodes[falling].id}" than at the stage above`;
  if (!(nodes[stages[stages.length - 1]].holdingCost[0] > 0)) return 'holding costs nothing at the first stage';
  return undefined;
}

function solve(network: Network): Answer {
  const nodes = chain(network);
  if (typeof nodes === 'string') throw new RangeError(nodes);
  const last = network.nodes[nodes[0]];
  const stages = nodes.map((n, k): Stage => {
    const { holdingCost, inbound } = network.nodes[n];
    const above = k + 1 < nodes.length ? network.nodes[nodes[k + 1]].holdingCost[0] : 0;
    return { leadTime: network.arcs[inbound[0]].leadTime[0], echelonHoldingCost: holdingCost[0] - above };
  });
  const demand = stationaryDemand(network, last);
  const solveOn = (grid: ReturnType<typeof wholeUnits>): SerialOptimum =>
    solveSerial({ stages, shortageCost: last.shortageCost[0], demand: grid });
  const paid = paidWhatever(network, nodes) * demand.mean;
  const policy = ({ levels }: SerialOptimum): Policy => {
    const S = Object.fromEntries(nodes.map((n, k) => [network.nodes[n].id, levels[k]]));
    const { order, parameters, explain } = echelonBaseStock({ S });
    return { name: 'optimal', parameters: { solver: 'clark-scarf', ...parameters }, order, explain };
  };
  if (demand.isDiscrete) {
    const optimum = solveOn(wholeUnits(demand));
    const costPerPeriod = optimum.costPerPeriod + paid;
    return { costPerPeriod, bounds: [costPerPeriod, costPerPeriod], policy: policy(optimum) };
  }
  const step = Math.sqrt(demand.variance) / FINENESS;
  const coarse = solveOn(onGrid(demand, 2 * step));
  const fine = solveOn(onGrid(demand, step));
  const error = Math.abs(coarse.costPerPeriod - fine.costPerPeriod);
  const costPerPeriod = fine.costPerPeriod - error / 3 + paid;
  return { costPerPeriod, bounds: [costPerPeriod - error, costPerPeriod + error], policy: policy(fine) };
}

/** [money/unit] that every unit costs on its way to the customer: its price, and transit beyond its sender's holding cost. */
function paidWhatever({ nodes, arcs }: Network, stages: readonly number[]): number {
  return stages.reduce((sum, n, k) => {
    const { unitCost, transitCost, leadTime } = arcs[nodes[n].inbound[0]];
    const counted = k + 1 < stages.length ? nodes[stages[k + 1]].holdingCost[0] : 0;
    return sum + unitCost[0] + (transitCost[0] - counted) * leadTime[0];
  }, 0);
}

/** Stages in a row with backlog: base stock of echelons is optimal. */
export const clarkScarf: Solver = {
  name: 'clark-scarf',
  title: 'Clark and Scarf: stages in a row',
  answer: 'bounds',
  covers,
  solve,
};
