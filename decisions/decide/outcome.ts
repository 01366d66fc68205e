import { UserError } from '../../env/index.ts';
import { type History, importSales, periodStart } from '../../forecasting/index.ts';
import { coverPeriods } from '../recommend/item-plan.ts';
import { realisedCosts } from '../recommend/realised-costs.ts';
import { keptReading, type NewerReading } from '../store/kept-reading.ts';
import type { KeptRecommendation } from '../store/recommendation.ts';
import type { Decision, Verdict } from './read-decisions.ts';

/** What an item came to cost: as decided, and as suggested. [money] over the periods of the cover */
export interface ItemOutcome {
  readonly item: string;
  readonly decision: Verdict | 'open';
  readonly suggested: number;
  readonly decided: number;
  /** [units] sold in those periods. */
  readonly sold: number;
  readonly costAsSuggested: number;
  readonly costAsDecided: number;
  /** [money] what the suggestion was expected to cost. */
  readonly promised: number;
}

export interface Outcome {
  /** Items whose cover is over, and those whose is not. */
  readonly judged: number;
  readonly waiting: number;
  readonly costAsSuggested: number;
  readonly costAsDecided: number;
  readonly promised: number;
  /** Items on which something else was decided than suggested, the dearest difference first. */
  readonly changed: readonly ItemOutcome[];
  readonly items: readonly ItemOutcome[];
}

/**
 * What suggestions and decisions cost in the light of newer sales: holding and shortage over each item's cover, with the sales as demand. Sales without
 * stock understate demand, so shortages are costed too low alike for both. @throws UserError
 */
export async function outcomeOf(
  { record, history, terms, suggestions }: KeptRecommendation,
  decided: ReadonlyMap<string, Decision>,
  { sales, decisions, ...said }: NewerReading & { readonly sales: string; readonly decisions?: string },
): Promise<Outcome> {
  const { history: newer } = await importSales({
    ...keptReading(record, said),
    sales,
    beside: decisions === undefined ? [] : [decisions],
    period: history.periodLength,
  });
  const rows = new Map(newer.items.map(({ id }, i) => [id, i]));
  const items: ItemOutcome[] = [];
  for (const [i, suggestion] of suggestions.entries()) {
    const cover = coverPeriods(terms[i], record.review);
    const sold = soldIn(newer, rows.get(suggestion.item), history, record.origin, cover);
    if (sold === null) continue;
    const decision = decided.get(suggestion.item);
    const order = decision?.order ?? suggestion.order;
    const fixed = (units: number) => (units > 0 ? terms[i].orderCost : 0);
    const cost = (units: number) =>
      realisedCosts({ terms: terms[i], suggestion, sold }, units).reduce((sum, money) => sum + money, fixed(units));
    items.push({
      item: suggestion.item,
      decision: decision?.decision ?? 'open',
      suggested: suggestion.order,
      decided: order,
      sold: sold.reduce((a, b) => a + b, 0),
      costAsSuggested: rounded(cost(suggestion.order)),
      costAsDecided: rounded(cost(order)),
      promised: suggestion.expectedCost.order,
    });
  }
  if (items.length === 0) {
    const first = periodStart(history, record.origin);
    throw new UserError(
      `${sales}: no item's periods from ${first} on are complete in it; expected sales up to the end of a lead time; wait for newer ones`,
    );
  }
  const total = (of: (one: ItemOutcome) => number) => rounded(items.reduce((sum, one) => sum + of(one), 0));
  return {
    judged: items.length,
    waiting: suggestions.length - items.length,
    costAsSuggested: total((one) => one.costAsSuggested),
    costAsDecided: total((one) => one.costAsDecided),
    promised: total((one) => one.promised),
    changed: items
      .filter((one) => one.decided !== one.suggested)
      .toSorted((a, b) => Math.abs(b.costAsDecided - b.costAsSuggested) - Math.abs(a.costAsDecided - a.costAsSuggested)),
    items,
  };
}

/** [ahead] units sold in the periods of the cover; null where the newer sales do not reach its end. An item without a line sold nothing. */
function soldIn(newer: History, row: number | undefined, history: History, origin: number, cover: number): number[] | null {
  const sold: number[] = [];
  for (let ahead = 0; ahead < cover; ahead++) {
    const at = newer.periods.indexOf(periodStart(history, origin + ahead));
    if (at < 0) return null;
    sold.push(row === undefined ? 0 : newer.quantity[row * newer.periods.length + at]);
  }
  return sold;
}

function rounded(value: number): number {
  return Number(value.toPrecision(8));
}
