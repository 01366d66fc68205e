import type { CoverDemand } from './cover-demand.ts';
import { createPlan, periodCosts } from './item-plan.ts';
import type { Suggestion } from './suggestion.ts';
import type { ItemTerms } from './terms.ts';

/**
 * [ahead] money that an order came to cost in the periods whose demand is known by now, `sold` of the first ones: holding and shortage where so many
 * units were ordered on the day of the suggestion and nothing later, which is how costs were promised.
 */
export function realisedCosts(
  { terms, suggestion, sold }: { readonly terms: ItemTerms; readonly suggestion: Suggestion; readonly sold: readonly number[] },
  order: number,
): number[] {
  const open = suggestion.arrivals.map((units, ahead) => ({ ahead, units, overdue: false }));
  const stock = { onHand: suggestion.onHand, open, known: true, negative: false };
  const cover = Math.max(sold.length, terms.leadTime);
  const plan = createPlan({ terms, stock, cover }, (from, to) => knownDemand(sold.slice(from, to)));
  return periodCosts(plan, order)
    .slice(0, sold.length)
    .map(({ holding, shortage }) => holding + shortage);
}

/** Demand that is no longer uncertain. */
function knownDemand(sold: readonly number[]): CoverDemand {
  const mean = sold.reduce((sum, units) => sum + units, 0);
  return { mean, quantile: () => mean, left: (stock) => Math.max(0, stock - mean), lacking: (stock) => Math.max(0, mean - stock) };
}
