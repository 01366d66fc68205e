import type { Arc } from '../../env/index.ts';
import { fractile, sumOfPeriods } from './demand-sums.ts';
import { MOST_TRANSITIONS } from './expand.ts';
import { stateLayout } from './state-layout.ts';
import { isClassic, type StockModel } from './stock-model.ts';

/** Steps per unit where stock comes in parts of units because a part of unmet demand waits; for a first look, and for the answer. */
export const COARSEST = 4;
export const FINEST = 8;

/** The orders that are tried: a policy outside of them is not looked at. */
export interface OrderBounds {
  /** Largest order on one arc [units]. */
  readonly largestOrder: number;
  /** The inventory position after ordering lies between these [units]. */
  readonly lowestPosition: number;
  readonly highestPosition: number;
  /** Net stock below this is not told apart [units]. */
  readonly floor: number;
  /** Is it proved that an optimal policy keeps to them? If not they are widened as long as the best policy touches them. */
  readonly proved: boolean;
}

/**
 * The orders worth trying. Lost sales without a fixed cost: no order beyond the p / (p + h) fractile of one period's demand, no position beyond
 * that of the demand of the lead time and one period (Zipkin 2008, "Old and new methods for lost-sales inventory systems"). Elsewhere a start
 * that is widened as needed.
 */
export function orderBounds(model: StockModel): OrderBounds {
  const { demand, backlogged, meanDemand, network } = model;
  const { arcs } = network;
  const [node] = network.nodes;
  const holdingCost = Math.max(node.holdingCost[0], 1e-9);
  const shortageCost = node.shortageCost[0] + node.price[0];
  const level = Math.min(shortageCost / (shortageCost + holdingCost), 0.9999);
  const longest = Math.max(...arcs.map(({ maxLeadTime }) => maxLeadTime));
  const position = fractile(sumOfPeriods(demand, longest + 1), level);
  const fixedCost = Math.max(...arcs.map((arc) => arc.fixedCost[0]));
  const lot = Math.ceil(Math.max(...arcs.flatMap(lots)));
  const batch = Math.min(Math.ceil(1.5 * Math.sqrt((2 * fixedCost * meanDemand) / holdingCost)), 50 * demand.length) + lot;
  if (backlogged === 0) {
    const largestOrder = batch === 0 ? fractile(demand, level) : position + batch;
    const highestPosition = position + batch;
    return { largestOrder, lowestPosition: 0, highestPosition, floor: 0, proved: batch === 0 && isClassic(model) };
  }
  const low = -Math.ceil(Math.sqrt((2 * fixedCost * meanDemand) / shortageCost)) - lot;
  return {
    largestOrder: arcs.length === 1 ? Number.POSITIVE_INFINITY : demand.length + batch,
    lowestPosition: low,
    highestPosition: position + batch + 1,
    floor: low - (longest + 1) * demand.length,
    proved: false,
  };
}

/** Quantities [units] that an arc makes worth ordering at once. */
function lots({ minimumOrder, batch, priceBreaks }: Arc): number[] {
  return [minimumOrder[0], batch[0], ...(priceBreaks?.from.map((from) => from[0]) ?? [])];
}

/** Bounds with more room, for when the best policy touched them. */
export function widened(bounds: OrderBounds): OrderBounds {
  const span = Math.max(4, Math.ceil((bounds.highestPosition - bounds.lowestPosition) / 3));
  const lowest = bounds.floor < 0 ? bounds.lowestPosition - span : bounds.lowestPosition;
  return {
    ...bounds,
    largestOrder: bounds.largestOrder + span,
    lowestPosition: lowest,
    highestPosition: bounds.highestPosition + span,
    floor: bounds.floor < 0 ? bounds.floor - span : bounds.floor,
  };
}

/** The same bounds with more backlog told apart. */
export function deepened(bounds: OrderBounds): OrderBounds {
  return { ...bounds, floor: Math.floor(1.5 * bounds.floor) };
}

/** Why a model has too many states to be solved within the bounds, estimated before they are looked for, or undefined. */
export function whyTooLarge(model: StockModel, bounds: OrderBounds, maxStates: number): string | undefined {
  const { states, transitions } = modelSize(model, bounds);
  const loose = model.backlogged === 0 ? 1 : 20;
  if (states <= loose * maxStates && transitions <= loose * MOST_TRANSITIONS) return undefined;
  const count = (value: number) => value.toLocaleString('en');
  return (
    `it has about ${count(states)} states and ${count(transitions)} transitions, more than the ${count(maxStates)} and ` +
    `${count(MOST_TRANSITIONS)} that value iteration takes; a shorter lead time, a smaller mean demand or a smaller fixed cost would do`
  );
}

/** States and transitions that the bounds leave room for, the transitions roughly. */
function modelSize(
  { network, demand, backlogged }: StockModel,
  bounds: OrderBounds,
): { readonly states: number; readonly transitions: number } {
  const { arcs } = network;
  const { pipelineLength, ages } = stateLayout(network);
  const parts = pipelineLength.reduce((sum, length) => sum + length, ages - 1);
  const span = bounds.highestPosition - Math.min(0, bounds.lowestPosition - demand.length);
  const room = bounds.floor < 0 ? span : bounds.highestPosition;
  const splits = countSplits(parts + arcs.length, bounds.largestOrder, room);
  const choices = bounds.floor < 0 && arcs.length === 1 ? countSplits(parts, bounds.largestOrder, room) * span : splits;
  const typicalStock = room / (parts + arcs.length + 1);
  const fractions = backlogged > 0 && backlogged < 1 ? FINEST : 1;
  const outcomes =
    (1 + Math.min(backlogged > 0 ? demand.length : typicalStock, demand.length - 1)) * supplyOutcomes(network.arcs, typicalStock);
  return {
    states: Math.round(fractions * countSplits(parts, bounds.largestOrder, room)),
    transitions: Math.round(fractions * choices * outcomes),
  };
}

/** How many things supply can bring in a period, roughly. */
function supplyOutcomes(arcs: readonly Arc[], typicalOrder: number): number {
  return arcs.reduce((product, { randomLeadTime: drawn, yield: part, lostOrders, disruptions }) => {
    const leadTimes = drawn ? (drawn.crossing ? 2 ** (drawn.max - drawn.min) : drawn.max - drawn.min + 1) : 1;
    const yields = part === null ? 1 : part.kind === 'binomial' ? 1 + typicalOrder : 2;
    return product * leadTimes * yields * (lostOrders ? 2 : 1) * (disruptions ? 2 : 1);
  }, 1);
}

/** Ways to have whole numbers, a stock and `parts` quantities within the largest order, that add up to no more than `most`. */
function countSplits(parts: number, largestOrder: number, most: number): number {
  let ways = new Float64Array(most + 1).fill(1);
  for (let part = 0; part < parts; part++) {
    const more = new Float64Array(most + 1);
    for (let total = 0; total <= most; total++) {
      for (let quantity = 0; quantity <= Math.min(largestOrder, total); quantity++) more[total] += ways[total - quantity];
    }
    ways = more;
  }
  return ways.reduce((sum, count) => sum + count, 0);
}
