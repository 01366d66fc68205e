import { compileNetwork, distributionTable, type Scenario, Simulator, specialTerms, UserError } from '../../env/index.ts';
import { fractile, sumOfPeriods } from './demand-sums.ts';

/** What an exact solver needs to know of a single stock point with stationary demand, taken from a scenario. Money per unit, one lane. */
export interface StockModel {
  readonly scenario: Scenario;
  /** [arc] lead time of each source [periods]. */
  readonly leadTimes: readonly number[];
  /** Probabilities of a period's demand of 0, 1, 2, ... */
  readonly demand: Float64Array;
  readonly meanDemand: number;
  readonly demandVariance: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly price: number;
  /** 0 lost sales, 1 backlog. */
  readonly backlogged: number;
  /** [arc] */
  readonly fixedCosts: readonly number[];
  /** [arc] */
  readonly unitCosts: readonly number[];
  /** [arc] per unit and period on the way. */
  readonly transitCosts: readonly number[];
  readonly initialStock: number;
}

/** The orders that are tried: a policy outside of them is not looked at. */
export interface OrderBounds {
  /** Largest order on one arc [units]. */
  readonly largestOrder: number;
  /** The inventory position after ordering lies between these [units]. */
  readonly lowestPosition: number;
  readonly highestPosition: number;
  /** Is it proved that an optimal policy keeps to them? If not they are widened as long as the best policy touches them. */
  readonly proved: boolean;
}

/**
 * Reads a scenario as a single stock point.
 * @throws UserError that says what the exact solvers do not cover
 */
export function stockModel(scenario: Scenario): StockModel {
  const reason = whyNotSingleStockPoint(scenario);
  if (reason) throw new UserError(`no exact solution of "${scenario.id}": ${reason}; compare with tuned policies instead`);
  const { network, view } = new Simulator({ scenario, lanes: 1 });
  const [node] = network.nodes;
  const { process } = scenario.demand[0];
  if (process.kind !== 'stationary') throw new UserError(`no exact solution of "${scenario.id}": ${DRIVEN}`);
  const demand = distributionTable(process.distribution, 0);
  return {
    scenario,
    leadTimes: network.arcs.map((arc) => arc.leadTime[0]),
    demand,
    meanDemand: view.forecastMean(0, 0)[0],
    demandVariance: view.forecastVariance(0, 0)[0],
    holdingCost: node.holdingCost[0],
    shortageCost: node.shortageCost[0],
    price: node.price[0],
    backlogged: node.backlogged[0],
    fixedCosts: network.arcs.map((arc) => arc.fixedCost[0]),
    unitCosts: network.arcs.map((arc) => arc.unitCost[0]),
    transitCosts: network.arcs.map((arc) => arc.transitCost[0]),
    initialStock: node.initialStock[0],
  };
}

const DRIVEN = 'its demand follows forecasts or a record, so no period is like another';

/** Why the exact solvers cannot take a scenario, or undefined where they can. */
export function whyNotSingleStockPoint(scenario: Scenario): string | undefined {
  if (scenario.items.length * scenario.locations.length !== 1)
    return `it has ${scenario.items.length} items at ${scenario.locations.length} locations`;
  if (scenario.demand.length !== 1) return 'it has no demand';
  if (scenario.demand[0].process.kind !== 'stationary') return DRIVEN;
  if (scenario.periods !== null) return `it ends after ${scenario.periods} periods`;
  if ((scenario.laneNames?.length ?? 1) > 1) return `it is a catalogue of ${scenario.laneNames?.length} items`;
  if (scenario.links.length === 0) return 'nothing supplies it';
  const network = compileNetwork(scenario, 1);
  const [special] = specialTerms(network);
  if (special) return special;
  const [node] = network.nodes;
  if (node.backlogged[0] > 0 && node.price[0] > 0) return 'it earns a price on backlogged units';
  return undefined;
}

/**
 * The orders worth trying. Lost sales without a fixed cost: no order beyond the p / (p + h) fractile of one period's demand, no position beyond
 * that of the demand of the lead time and one period (Zipkin 2008, "Old and new methods for lost-sales inventory systems"). Elsewhere a start
 * that is widened as needed.
 */
export function orderBounds(model: StockModel): OrderBounds {
  const { holdingCost, demand, fixedCosts, backlogged, leadTimes, meanDemand } = model;
  const shortageCost = model.shortageCost + model.price;
  if (!(holdingCost > 0))
    throw new UserError(`holdingCost ${holdingCost}: an exact solution needs a holding cost above 0, or stock may grow without bound`);
  const level = shortageCost / (shortageCost + holdingCost);
  const longest = Math.max(...leadTimes);
  const position = fractile(sumOfPeriods(demand, longest + 1), level);
  const fixedCost = Math.max(...fixedCosts);
  const batch = Math.ceil(1.5 * Math.sqrt((2 * fixedCost * meanDemand) / holdingCost));
  if (backlogged === 0) {
    if (fixedCost === 0)
      return { largestOrder: fractile(demand, level), lowestPosition: 0, highestPosition: position, proved: leadTimes.length === 1 };
    return { largestOrder: position + batch, lowestPosition: 0, highestPosition: position + batch, proved: false };
  }
  const low = -Math.ceil(Math.sqrt((2 * fixedCost * meanDemand) / Math.max(shortageCost, 1e-9)));
  return { largestOrder: Number.POSITIVE_INFINITY, lowestPosition: low, highestPosition: position + batch + 1, proved: false };
}

/** Bounds with more room, for when the best policy touched them. */
export function widened(bounds: OrderBounds): OrderBounds {
  const span = Math.max(4, Math.ceil((bounds.highestPosition - bounds.lowestPosition) / 3));
  const { lowestPosition } = bounds;
  return {
    ...bounds,
    largestOrder: bounds.largestOrder + span,
    lowestPosition: lowestPosition > 0 || bounds.largestOrder < Number.POSITIVE_INFINITY ? lowestPosition : lowestPosition - span,
    highestPosition: bounds.highestPosition + span,
  };
}

/** States and transitions that the bounds leave room for under lost sales, the transitions roughly. */
export function modelSize(model: StockModel, bounds: OrderBounds): { readonly states: number; readonly transitions: number } {
  const stages = model.leadTimes.reduce((sum, leadTime) => sum + Math.max(0, leadTime - 1), 0);
  const choices = countSplits(stages + model.leadTimes.length, bounds);
  const typicalStock = bounds.highestPosition / (stages + model.leadTimes.length + 1);
  return { states: countSplits(stages, bounds), transitions: Math.round(choices * (1 + Math.min(typicalStock, model.demand.length - 1))) };
}

/** Ways to have whole numbers, a stock and `stages` quantities within the largest order, that add up to no more than the highest position. */
function countSplits(stages: number, { largestOrder, highestPosition }: OrderBounds): number {
  let ways = new Float64Array(highestPosition + 1).fill(1);
  for (let stage = 0; stage < stages; stage++) {
    const more = new Float64Array(highestPosition + 1);
    for (let total = 0; total <= highestPosition; total++) {
      for (let quantity = 0; quantity <= Math.min(largestOrder, total); quantity++) more[total] += ways[total - quantity];
    }
    ways = more;
  }
  return ways.reduce((sum, count) => sum + count, 0);
}
