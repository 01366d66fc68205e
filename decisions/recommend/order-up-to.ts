import { expectedCost, type ItemPlan, positionOf, roundedUp } from './item-plan.ts';
import type { ItemTerms } from './terms.ts';

export interface LevelOrder {
  /** [units] to order. */
  readonly order: number;
  /** [units] that on hand and on order are raised to. */
  readonly orderUpTo: number;
  /** What kept the order from being just what lacks. */
  readonly changed: 'batch' | 'minimum' | 'not worth the minimum' | 'order cost' | null;
}

/**
 * The newsvendor's level: demand until the order after this one arrives stays within it with the chance `service`. With a cost per order, what lacks and
 * an economic lot are ordered together, as (s, S) policies do (Silver, Pyke and Thomas 2017, section 7.6).
 */
export function orderToLevel(plan: ItemPlan, service: number, periodMean: number): LevelOrder {
  const { terms } = plan;
  const level = plan.demand[plan.demand.length - 1].quantile(service);
  const lacks = level - positionOf(plan);
  const lot = economicLot(terms, periodMean);
  const orderUpTo = level + lot;
  if (!(lacks > 0)) return { order: 0, orderUpTo, changed: null };
  const wanted = lacks + lot;
  const order = roundedUp(wanted, terms);
  if (terms.minimumOrder > wanted) {
    const worth = expectedCost(plan, order) < expectedCost(plan, 0);
    return { order: worth ? order : 0, orderUpTo, changed: worth ? 'minimum' : 'not worth the minimum' };
  }
  return { order, orderUpTo, changed: order > wanted + 1e-9 ? 'batch' : lot > 0 ? 'order cost' : null };
}

/** [units] that make ordering and holding cost the same per period (Harris 1913); 0 where an order costs nothing. No more than can be sold in its life. */
function economicLot({ orderCost, holdingCost, life }: ItemTerms, mean: number): number {
  if (!(orderCost > 0 && holdingCost > 0 && mean > 0)) return 0;
  return Math.floor(Math.min(Math.sqrt((2 * orderCost * mean) / holdingCost), (life ?? Number.POSITIVE_INFINITY) * mean));
}

/** The chance at which one unit more and one unit less cost the same: shortage / (shortage + holding until the next order arrives). */
export function criticalRatio({ holdingCost, shortageCost }: ItemTerms, review: number): number {
  return shortageCost / (shortageCost + holdingCost * review);
}
