import { type Arc, type LaneDistribution, laneDistribution, type Network, type Node, type StateView } from '../../env/index.ts';
import { criticalStock } from '../exact/index.ts';
import {
  AHEAD,
  type DemandFacts,
  type ForecastMoments,
  forecastDemandFacts,
  meanAhead,
  ownUnit,
  steadyDemandFacts,
} from './demand-facts.ts';
import { type LeadTimeFacts, leadTimeFacts } from './lead-time-facts.ts';

/** Means above this are worked in larger units, so that a fast mover looks like a slower one. [units/period] */
export const LARGEST_MEAN = 20;

/** Money that orders depend on, in holding costs of one of the item's own units and a period. */
export interface CostFacts {
  /** What a unit that cannot be served costs in its first period: the part that is lost and the part that waits, each at its cost. */
  readonly shortageRatio: number;
  /** Of a lost unit, its margin included. */
  readonly lostRatio: number;
  /** Of a unit that waits, for a period. */
  readonly waitRatio: number;
  /** Part of unmet demand that waits. */
  readonly waits: number;
  /** Of an order. */
  readonly fixedRatio: number;
}

/** What can be ordered, in the item's own units: nothing, or a multiple of `lot` that is at least `least`. */
export interface OrderTerms {
  readonly lot: number;
  readonly least: number;
}

/** What an order for an item depends on, beside its state: all that a universal network knows of it. Quantities are in the item's own unit. */
export interface ItemFacts extends CostFacts, OrderTerms, LeadTimeFacts, DemandFacts {
  /** Units of the scenario in one of the item's own. */
  readonly unit: number;
  /** [units of the scenario] Orders are multiples of it. */
  readonly batch: number;
  /** Is demand forecast anew in each period? Then these facts are of one period. */
  readonly moves: boolean;
  /** Periods of mean demand in the order whose fixed cost and holding cost balance (EOQ); 0 without a fixed cost. */
  readonly cycle: number;
  /** The stock on hand and on order that is best, in the scenario's units, where a formula says it: the newsvendor's, without a lead time or where demand waits. */
  readonly upTo: number | null;
}

/** An item of a lane: its stock point and the link that it orders on. */
export interface ItemPlace {
  readonly network: Network;
  readonly node: Node;
  readonly arc: Arc;
  readonly lane: number;
}

/** The item of stock point n in a lane. */
export function itemPlace(network: Network, n: number, lane: number): ItemPlace {
  const node = network.nodes[n];
  return { network, node, arc: network.arcs[node.inbound[0]], lane };
}

/**
 * The facts of one lane's item, which has to be of a steady demand unless its forecasts are told. Costs that are all multiplied by one number leave
 * them as they are. A mean above `largestMean` is brought down to it by taking several units for one.
 */
export function itemFacts(place: ItemPlace, { forecasts, largestMean = LARGEST_MEAN }: FactsOptions = {}): ItemFacts {
  const { network, node, arc, lane } = place;
  const { process } = network.scenario.demand[node.demand];
  const lead = leadTimeFacts(arc, lane);
  const costs = costsOf(place);
  const needs = { odds: costs.shortageRatio, longest: lead.longest, periods: lead.leadTime + 1 };
  if (process.kind === 'stationary') {
    const distribution = laneDistribution(process.distribution, network.represents[lane]);
    const { unit, facts } = steadyDemandFacts(distribution, { ...needs, largestMean });
    const made = joined({ place, costs, lead, unit, demand: facts, moves: false });
    return { ...made, upTo: formulaLevel(made, distribution) };
  }
  if (forecasts === undefined) throw new RangeError(`demand of kind "${process.kind}" has no facts without its forecasts`);
  const moments = forecasts();
  // What an item sells by now may be far from what it usually sells: a new one, or one whose season it is.
  const unit = ownUnit(Math.max(moments.usualMean, meanAhead(moments.means, needs.periods)), largestMean);
  const demand = forecastDemandFacts(moments, { ...needs, unit });
  return { ...joined({ place, costs, lead, unit, demand, moves: true }), upTo: null };
}

/** The facts of an item in the period in which a view is. */
export function factsIn(view: StateView, place: ItemPlace, options: Omit<FactsOptions, 'forecasts'> = {}): ItemFacts {
  return itemFacts(place, { ...options, forecasts: () => forecastsOf(view, place) });
}

/** What a view says of the demand of an item's stock point in the periods to come. */
function forecastsOf(view: StateView, { network, node, lane }: ItemPlace): ForecastMoments {
  const n = network.nodes.indexOf(node);
  return {
    means: Float64Array.from({ length: AHEAD }, (_, ahead) => view.forecastMean(n, ahead)[lane]),
    variances: Float64Array.from({ length: AHEAD }, (_, ahead) => view.forecastVariance(n, ahead)[lane]),
    usualMean: view.typicalMean[n * view.lanes + lane],
    usualVariance: view.typicalVariance[n * view.lanes + lane],
    usualIsPast: view.typicalIsPast(n),
  };
}

export interface FactsOptions {
  /** Asked for where demand moves; see factsIn. */
  readonly forecasts?: () => ForecastMoments;
  /** Default LARGEST_MEAN. */
  readonly largestMean?: number;
}

/** Rounded, so that costs in another currency give the same numbers to the last bit. */
function costsOf({ node, arc, lane }: ItemPlace): Omit<CostFacts, 'fixedRatio'> {
  const holding = node.holdingCost[lane];
  const waits = node.backlogged[lane];
  const lostRatio = Math.fround((node.shortageCost[lane] + node.price[lane] - arc.unitCost[lane]) / holding);
  const waitRatio = Math.fround(node.shortageCost[lane] / holding);
  // A part of 0 of what is without bound is nothing.
  const shortageRatio = (waits < 1 ? (1 - waits) * lostRatio : 0) + (waits > 0 ? waits * waitRatio : 0);
  return { shortageRatio, lostRatio, waitRatio, waits };
}

interface Joined {
  readonly place: ItemPlace;
  readonly costs: Omit<CostFacts, 'fixedRatio'>;
  readonly lead: LeadTimeFacts;
  readonly unit: number;
  readonly demand: DemandFacts;
  readonly moves: boolean;
}

function joined({ place: { node, arc, lane }, costs, lead, unit, demand, moves }: Joined): Omit<ItemFacts, 'upTo'> {
  const fixedRatio = Math.fround(arc.fixedCost[lane] / node.holdingCost[lane]) / unit;
  const batch = Math.max(1, arc.batch[lane]);
  const lot = Math.max(1, batch / unit);
  const least = Math.max(lot, Math.ceil(arc.minimumOrder[lane] / unit / lot - 1e-9) * lot);
  const cycle = Math.sqrt((2 * fixedRatio) / demand.believedUsual);
  return { ...costs, ...lead, ...demand, fixedRatio, lot, least, unit, batch, moves, cycle };
}

/** Is every whole number an order, and does an order cost nothing by itself? Then to order nothing is no more than the smallest of all orders. */
export function isPlain({ fixedRatio, least, lot }: Pick<ItemFacts, 'fixedRatio' | 'least' | 'lot'>): boolean {
  return fixedRatio === 0 && lot === 1 && least === 1;
}

/**
 * The newsvendor's stock for the lead time and one period: the best where nothing is ordered meanwhile, or where what is short waits. Where a part waits stock is no whole number
 * while orders are: the level between whole units then says which of the two stocks around it costs less.
 */
function formulaLevel(facts: Omit<ItemFacts, 'upTo'>, demand: LaneDistribution): number | null {
  const { longest, leadTimeVariance, waits, shortageRatio, cover, unit } = facts;
  if (!isPlain(facts) || leadTimeVariance > 0) return null;
  if (longest === 0 && (waits === 0 || waits === 1)) return criticalStock({ demand, overage: 1, underage: shortageRatio });
  if ((longest > 0 && waits < 1) || longest >= cover.length) return null;
  return waits === 1 ? Math.ceil(cover[longest] * unit - 1e-9) : cover[longest] * unit;
}
