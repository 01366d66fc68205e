import type { Network, Scenario } from '../../env/index.ts';
import { compileNetwork } from '../../env/index.ts';
import {
  firstReason,
  stationaryDemand,
  whyNotForEver,
  whyNothingOrdered,
  whyNotOneNode,
  whyNotPlainArc,
  whyNotStationary,
  whyNotWholeUnits,
} from './plain-network.ts';
import { whyNotListedChances } from './supply-chance.ts';

/** What value iteration needs to know of a single stock point with stationary demand. Money per unit, one lane. */
export interface StockModel {
  readonly scenario: Scenario;
  readonly network: Network;
  /** Probabilities of a period's demand of 0, 1, 2, ... */
  readonly demand: Float64Array;
  readonly meanDemand: number;
  readonly demandVariance: number;
  /** 0 lost sales, 1 backlog. */
  readonly backlogged: number;
  readonly initialStock: number;
}

/**
 * Reads a network of one lane that `whyNotStockModel` has no objection to.
 */
export function stockModel(network: Network): StockModel {
  const [node] = network.nodes;
  const demand = stationaryDemand(network, node);
  return {
    scenario: network.scenario,
    network,
    demand: demand.table(),
    meanDemand: demand.mean,
    demandVariance: demand.variance,
    backlogged: node.backlogged[0],
    initialStock: node.initialStock[0],
  };
}

/** Why a network is no single stock point that value iteration covers, or undefined where it is. */
export function whyNotStockModel(network: Network): string | undefined {
  const reason = firstReason(
    whyNotOneNode(network),
    whyNotStationary(network),
    whyNotForEver(network),
    whyNotWholeUnits(network),
    whyNotListedChances(network),
  );
  if (reason) return reason;
  const [{ holdingCost, life, backlogged }] = network.nodes;
  if (!(holdingCost[0] > 0) && life === null) {
    return `holdingCost ${holdingCost[0]}: an exact solution needs a holding cost above 0, or stock may grow without bound`;
  }
  if (life !== null && backlogged[0] > 0 && backlogged[0] < 1) return 'a part of unmet demand waits for units that age';
  return undefined;
}

/** The same for a scenario, catalogues included. */
export function whyNotSingleStockPoint(scenario: Scenario): string | undefined {
  const lanes = scenario.laneNames?.length ?? 1;
  return lanes > 1 ? `it is a catalogue of ${lanes} items` : whyNotStockModel(compileNetwork(scenario, 1));
}

/** Is there one source with nothing but a lead time and a price, and stock that keeps? */
export function isClassic({ network: { arcs, nodes, places } }: StockModel): boolean {
  return arcs.length === 1 && whyNotPlainArc(arcs[0]) === undefined && nodes[0].life === null && places.length === 0;
}

/** Why no policy has a finite cost or orders anything, or undefined. */
export function whyNotSupplied({ network, meanDemand, backlogged }: StockModel): string | undefined {
  const [node] = network.nodes;
  if (backlogged < 1) return undefined;
  if (!(node.shortageCost[0] > 0)) return whyNothingOrdered(node);
  const most = network.arcs.reduce((sum, { capacity, yield: part, lostOrders, disruptions }) => {
    const up = disruptions?.kind === 'markov' ? disruptions.recover[0] / (disruptions.recover[0] + disruptions.fail[0]) : 1;
    const chance = (part?.mean[0] ?? 1) * (1 - (lostOrders?.[0] ?? 0)) * up;
    return sum + (chance > 0 ? chance * capacity[0] : 0);
  }, 0);
  if (most > meanDemand) return undefined;
  return `its links bring at most ${most} units a period of the ${meanDemand} that are demanded on average and wait; raise their capacity or yield`;
}
