import { type Arc, type Network, type Scenario, Simulator, type StateView } from '../../env/index.ts';
import { facingDemand, type ItemNumbers } from '../baselines/index.ts';

/** A stock point with the numbers that search ranges go by, of every item of a catalogue (one where there is none). */
export interface StockPointNumbers {
  readonly node: number;
  readonly id: string;
  readonly location: string;
  readonly items: readonly ItemNumbers[];
}

/** The stock points that orders can be placed for. */
export function stockPointNumbers(scenario: Scenario, items: number): StockPointNumbers[] {
  const { network, view } = new Simulator({ scenario, lanes: items });
  const onwards = leadTimesOnwards(network, items);
  return network.nodes.flatMap(({ id, location, inbound }, node) => {
    if (inbound.length === 0) return [];
    return [{ node, id, location, items: Array.from({ length: items }, (_, item) => numbersOf(view, node, item, onwards[node][item])) }];
  });
}

function numbersOf(view: StateView, node: number, item: number, onwards: number): ItemNumbers {
  const { network, lanes } = view;
  const { holdingCost, inbound } = network.nodes[node];
  const facing = facingDemand(network)[node];
  const sum = (values: Float64Array) => facing.reduce((total, at) => total + values[at * lanes + item], 0);
  const leadTimes = inbound.map((arc) => waitingTime(network.arcs[arc], item));
  const leadTime = Math.max(...leadTimes);
  return {
    meanDemand: sum(view.typicalMean),
    demandVariance: sum(view.typicalVariance),
    leadTime,
    shortestLeadTime: Math.min(...leadTimes),
    echelonLeadTime: leadTime + onwards,
    holdingCost: holdingCost[item],
    shortageCost: facing.reduce((most, at) => Math.max(most, network.nodes[at].shortageCost[item]), 0),
    backlogged: facing.reduce((most, at) => Math.max(most, network.nodes[at].backlogged[item]), 0),
    fixedCost: Math.max(...inbound.map((arc) => network.arcs[arc].fixedCost[item])),
  };
}

/** [periods] from an order to its receipt, where there is stock: on its way to the sender, and back as goods. */
function waitingTime({ orderDelay, leadTime }: Arc, item: number): number {
  return orderDelay[item] + leadTime[item];
}

/** [node][item] the longest way from a stock point to a customer [periods]. */
function leadTimesOnwards({ nodes, arcs, order }: Network, items: number): Float64Array[] {
  const onwards = nodes.map(() => new Float64Array(items));
  for (const node of [...order].reverse()) {
    for (const arc of nodes[node].outbound) {
      const { to } = arcs[arc];
      for (let item = 0; item < items; item++) {
        onwards[node][item] = Math.max(onwards[node][item], waitingTime(arcs[arc], item) + onwards[to][item]);
      }
    }
  }
  return onwards;
}
