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
  /** [k] demand from the arrival of an order of today to k periods later. */
  readonly after: readonly CoverDemand[];
  /** [units] stock that is left when an order of today arrives, before anything of that period comes in: numbers that are all as likely. */
  readonly onArrival: readonly number[];
}

/** Numbers by which the stock at the arrival is known. */
const POINTS = 16;

/** The plan of an item, from its demand over the periods [from, to). */
export function createPlan(
  { terms, stock, cover }: { readonly terms: ItemTerms; readonly stock: StockPosition; readonly cover: number },
  demandOf: (from: number, to: number) => CoverDemand,
): ItemPlan {
  const { leadTime } = terms;
  const coming = arrivalsOf(stock, leadTime, cover);
  const demand = Array.from({ length: cover }, (_, ahead) => demandOf(0, ahead + 1));
  const after = leadTime === 0 ? demand : Array.from({ length: cover - leadTime }, (_, k) => demandOf(leadTime, leadTime + k + 1));
  const supply = coming.arrivals.slice(0, leadTime).reduce((sum, units) => sum + units, stock.onHand);
  const points = Array.from({ length: POINTS }, (_, k) => (k + 0.5) / POINTS);
  const onArrival = leadTime === 0 ? [supply] : points.map((level) => Math.max(0, supply - demand[leadTime - 1].quantile(level)));
  return { terms, stock, ...coming, demand, after, onArrival };
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
function arrivalsOf({ open }: StockPosition, leadTime: number, cover: number): { readonly arrivals: number[]; readonly later: number } {
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
 * [money] expected holding and shortage of each period of the cover if `order` units are ordered today and nothing later. Demand that lacks before the
 * order arrives is lost and takes nothing of it; within each of the two parts of the cover it takes what comes later in that part.
 */
export function periodCosts(plan: ItemPlan, order: number): PeriodCost[] {
  const { holdingCost, shortageCost, leadTime } = plan.terms;
  const costs: PeriodCost[] = [];
  const add = (left: number, lacking: number) => costs.push({ holding: holdingCost * left, shortage: shortageCost * Math.max(0, lacking) });
  let supply = plan.stock.onHand;
  for (let ahead = 0; ahead < leadTime; ahead++) {
    supply += plan.arrivals[ahead];
    add(plan.demand[ahead].left(supply), newlyLacking(plan.demand, ahead, supply));
  }
  let received = order;
  for (let k = 0; k < plan.after.length; k++) {
    received += plan.arrivals[leadTime + k];
    let left = 0;
    let lacking = 0;
    for (const start of plan.onArrival) {
      left += plan.after[k].left(start + received) / plan.onArrival.length;
      lacking += newlyLacking(plan.after, k, start + received) / plan.onArrival.length;
    }
    add(left, lacking);
  }
  return costs;
}

/** [units] that lack in a period and not already before it. */
function newlyLacking(demand: readonly CoverDemand[], at: number, supply: number): number {
  return demand[at].lacking(supply) - (at === 0 ? Math.max(0, -supply) : demand[at - 1].lacking(supply));
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
