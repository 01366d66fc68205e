import { coverDistribution, type Forecast, type PeriodLength } from '../../forecasting/index.ts';
import { coverDemand } from './cover-demand.ts';
import type { EventEffect } from './events.ts';
import { coverPeriods, createPlan, expectedCost, type ItemPlan, periodCosts, positionOf } from './item-plan.ts';
import type { LevelOrder } from './order-up-to.ts';
import type { StockPosition } from './read-stock.ts';
import { reasonOf } from './reason.ts';
import type { ItemState, Suggestion } from './suggestion.ts';
import type { ItemTerms } from './terms.ts';

/** The plan of one item: its demand over every part of the cover, and what comes when. */
export function planItem(
  forecast: Forecast,
  item: number,
  {
    terms,
    stock,
    horizon,
    review,
  }: { readonly terms: ItemTerms; readonly stock: StockPosition; readonly horizon: number; readonly review: number },
): ItemPlan {
  const cover = coverPeriods(terms, review);
  return createPlan({ terms, stock, cover }, (from, to) => coverDemand(coverDistribution(forecast, { horizon, item, from, to })));
}

export interface SuggestionFacts {
  readonly item: string;
  readonly plan: ItemPlan;
  /** Order, level and what changed them, before limits across items. */
  readonly level: LevelOrder;
  /** [units] within the limits, and what they were. */
  readonly order: number;
  readonly cutFor: string | null;
  readonly service: number | null;
  readonly policy: string | null;
  readonly state: ItemState;
  readonly silent: number;
  readonly hidden: number;
  readonly effects: readonly EventEffect[];
  readonly periodLength: PeriodLength;
}

/** What is said of an item. */
export function suggestionOf(facts: SuggestionFacts): Suggestion {
  const { plan, order, level, state, hidden, silent } = facts;
  const { stock, arrivals, later, demand, terms } = plan;
  const cover = demand[demand.length - 1];
  const position = positionOf(plan);
  const reason = reasonOf({
    ...facts,
    wanted: level.order,
    coverPeriods: demand.length,
    terms,
    changed: level.changed,
    later,
    lasts: lasting(plan, position),
    lastsWith: lasting(plan, position + order),
  });
  return {
    item: facts.item,
    order,
    wanted: level.order,
    onHand: stock.onHand,
    onOrder: stock.open.reduce((sum, { units }) => sum + units, 0),
    arrivals,
    coverPeriods: demand.length,
    forecast: { mean: rounded(cover.mean), p10: cover.quantile(0.1), p50: cover.quantile(0.5), p90: cover.quantile(0.9) },
    orderUpTo: level.orderUpTo,
    service: facts.service,
    expectedCost: { order: rounded(expectedCost(plan, order)), nothing: rounded(expectedCost(plan, 0)) },
    state,
    flags: flagsOf(stock, { hidden, silent, state, later }),
    reason,
  };
}

/** [ahead] money that following the suggestion is expected to cost; NaN beyond the cover. */
export function promisedCosts(plan: ItemPlan, order: number, horizon: number): Float64Array {
  const costs = new Float64Array(horizon).fill(Number.NaN);
  periodCosts(plan, order).forEach(({ holding, shortage }, ahead) => {
    costs[ahead] = holding + shortage;
  });
  return costs;
}

/** [periods] that units last at the rate that is expected: beyond the cover as in its last period. */
function lasting({ demand }: ItemPlan, units: number): number {
  if (!(units > 0)) return 0;
  let before = 0;
  for (const [ahead, { mean }] of demand.entries()) {
    if (mean >= units) return ahead + (mean > before ? (units - before) / (mean - before) : 0);
    before = mean;
  }
  const last = before - (demand.length > 1 ? demand[demand.length - 2].mean : 0);
  return last > 0 ? demand.length + (units - before) / last : Number.POSITIVE_INFINITY;
}

function flagsOf(
  { known, negative, open }: StockPosition,
  { hidden, state, later }: { readonly hidden: number; readonly silent: number; readonly state: ItemState; readonly later: number },
): string[] {
  return [
    ...(state === 'selling' ? [] : [state]),
    ...(known ? [] : ['no stock given']),
    ...(negative ? ['negative stock'] : []),
    ...(open.some(({ overdue }) => overdue) ? ['overdue order'] : []),
    ...(later > 0 ? ['order comes late'] : []),
    ...(hidden > 0 ? ['stock-out hid demand'] : []),
  ];
}

function rounded(value: number): number {
  return Number(value.toPrecision(8));
}
