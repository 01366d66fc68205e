import type { CoverDemand } from './cover-demand.ts';
import type { StockPosition } from './read-stock.ts';
import type { ItemTerms } from './terms.ts';

/** All that an item's order is decided on. */
export interface ItemPlan {
  readonly terms: ItemTerms;
  readonly stock: StockPosition;
  /** [units] of open orders by the period of their arrival, as many as the cover has. */
  readonly arrivals: readonly number[];
  /** [units] of open orders that come after the cover. */
  readonly later: number;
  /** [ahead] demand of the periods 0 to ahead taken together; as many as the cover has. */
  readonly demand: readonly CoverDemand[];
}

/** Cost of a period of the cover. */
export interface PeriodCost {
  /** [money] */
  readonly holding: number;
  readonly shortage: number;
}

/** [periods] from today until the order after this one arrives, cut where what is bought would expire first. */
export function coverPeriods({ leadTime, life }: ItemTerms, review: number): number {
  return leadTime + Math.min(review, life ?? Number.POSITIVE_INFINITY);
}

/** Open orders by period: one of which nobody said when it comes is expected when an order of today would come. */
export function arrivalsOf(
  { open }: StockPosition,
  leadTime: number,
  cover: number,
): { readonly arrivals: number[]; readonly later: number } {
  const arrivals = new Array<number>(cover).fill(0);
  let later = 0;
  for (const { ahead = leadTime, units } of open) {
    if (ahead < cover) arrivals[ahead] += units;
    else later += units;
  }
  return { arrivals, later };
}

/** [units] on hand and coming within the cover. */
export function positionOf({ stock, arrivals }: ItemPlan): number {
  return arrivals.reduce((sum, units) => sum + units, stock.onHand);
}

/**
 * [money] expected holding and shortage of each period of the cover if `order` units are ordered today and nothing later. A unit lacks in the period in
 * which it is asked for, once; the demand it stood for is met late, so what comes later is used up by it too.
 */
export function periodCosts({ terms, stock, arrivals, demand }: ItemPlan, order: number): PeriodCost[] {
  const { holdingCost, shortageCost, leadTime } = terms;
  let supply = stock.onHand;
  return demand.map((upToNow, ahead) => {
    supply += arrivals[ahead] + (ahead === leadTime ? order : 0);
    const before = ahead === 0 ? Math.max(0, -supply) : demand[ahead - 1].lacking(supply);
    return { holding: holdingCost * upToNow.left(supply), shortage: shortageCost * Math.max(0, upToNow.lacking(supply) - before) };
  });
}

/** [money] of an order over the whole cover, its fixed cost counted. What units cost is not: what is left of them is worth it. */
export function expectedCost(plan: ItemPlan, order: number): number {
  const fixed = order > 0 ? plan.terms.orderCost : 0;
  return periodCosts(plan, order).reduce((sum, { holding, shortage }) => sum + holding + shortage, fixed);
}

/** [units] an order of so much as it can be placed: a whole number of batches, no less than the minimum. */
export function roundedUp(units: number, { minimumOrder, batch }: ItemTerms): number {
  if (!(units > 0)) return 0;
  return Math.ceil(Math.max(units, minimumOrder) / batch - 1e-9) * batch;
}
