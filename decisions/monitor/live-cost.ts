import { pairedDifference } from '../../forecasting/index.ts';
import { realisedCosts } from '../recommend/realised-costs.ts';
import type { KeptRecommendation } from '../store/recommendation.ts';
import { knownQuantity } from './live-forecasts.ts';
import type { LiveHistory } from './live-history.ts';
import type { Figure } from './live-scores.ts';

/** What a recommendation would cost with the demand that came, and what it said it would, over the same items and periods. */
export interface LiveCost {
  /** Items x periods that it gave a cost for and whose demand is known by now. */
  readonly entries: number;
  /** [money] holding and shortage. */
  readonly promised: number;
  readonly live: number;
  /** (live - promised) / promised, with a 90 % interval over items and periods; NaN where nothing was promised. */
  readonly difference: Figure;
  /** Items whose cost is furthest above what was promised, by money. */
  readonly worst: readonly { readonly item: string; readonly promised: number; readonly live: number }[];
}

const WORST = 5;

/**
 * Live cost against promised cost: the suggestion is taken as followed and nothing is ordered later, as the promise has it.
 * Sales stand for demand, so a shop that was sold out looks cheaper than it was.
 */
export function liveCost(kept: KeptRecommendation, sales: LiveHistory, seed: number): LiveCost {
  const { horizon, promisedCost } = kept.predictions;
  const rows = { item: [] as number[], origin: [] as number[], actual: [] as number[], difference: [] as number[] };
  const byItem = kept.suggestions.map(({ item }) => ({ item, promised: 0, live: 0 }));
  for (const [i, own] of byItem.entries()) {
    const suggestion = kept.suggestions[i];
    const live = realisedCosts({ terms: kept.terms[i], suggestion, sold: knownSales(sales, i, horizon) }, suggestion.order);
    for (let t = 0; t < live.length; t++) {
      const promised = promisedCost[i * horizon + t];
      if (Number.isNaN(promised)) continue;
      rows.item.push(i);
      rows.origin.push(t);
      rows.actual.push(promised);
      rows.difference.push(live[t] - promised);
      own.promised += promised;
      own.live += live[t];
    }
  }
  const total = (of: (one: (typeof byItem)[number]) => number) => byItem.reduce((sum, one) => sum + of(one), 0);
  const worst = byItem.filter((one) => one.live > one.promised).sort((a, b) => b.live - b.promised - (a.live - a.promised));
  return {
    entries: rows.item.length,
    promised: total(({ promised }) => promised),
    live: total(({ live }) => live),
    difference: differenceOf(rows, { items: byItem.length, origins: horizon, seed }),
    worst: worst.slice(0, WORST),
  };
}

function differenceOf(
  rows: {
    readonly item: readonly number[];
    readonly origin: readonly number[];
    readonly actual: readonly number[];
    readonly difference: readonly number[];
  },
  { items, origins, seed }: { readonly items: number; readonly origins: number; readonly seed: number },
): Figure {
  if (!rows.actual.some((promised) => promised > 0)) return { value: Number.NaN, ci90: [Number.NaN, Number.NaN] };
  const used = rows.origin.reduce((most, t) => Math.max(most, t), 0) + 1;
  const { mean, ci90 } = pairedDifference({ ...rows, items, origins: Math.min(origins, used) }, { block: 1, seed });
  return { value: mean, ci90 };
}

/** [ahead] units sold, up to the first period that says nothing about demand. */
function knownSales({ history, from }: LiveHistory, item: number, horizon: number): number[] {
  const sold: number[] = [];
  for (let t = 0; t < horizon && from + t < history.periods.length; t++) {
    const units = knownQuantity(history, item, from + t, history.periods.length);
    if (Number.isNaN(units)) break;
    sold.push(units);
  }
  return sold;
}
