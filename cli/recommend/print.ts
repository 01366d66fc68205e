import type { RecommendResult } from '../../decisions/index.ts';
import { number, table } from '../tables.ts';

/** Items that people are shown. */
const SHOWN = 20;

/** The dearest orders first, what was cut, and what was found in the files. */
export async function printRecommendation(result: RecommendResult): Promise<string> {
  const { suggestions, totals, limits, findings, asOf, method, policy, run } = result;
  const ordered = suggestions.toSorted(
    (a, b) => b.expectedCost.nothing - b.expectedCost.order - (a.expectedCost.nothing - a.expectedCost.order),
  );
  const rows = ordered
    .slice(0, SHOWN)
    .map(({ item, order, onHand, onOrder, forecast, orderUpTo, expectedCost, reason }) => [
      item,
      ...[order, onHand, onOrder].map((units) => plain(units)),
      number(forecast.mean, 1),
      `${forecast.p10} to ${forecast.p90}`,
      plain(orderUpTo),
      number(expectedCost.order, 2),
      number(expectedCost.nothing, 2),
      reason,
    ]);
  const titles = ['item', 'order', 'on hand', 'on order', 'forecast', '80 %', 'up to', 'cost', 'of nothing', 'why'];
  const shown = await table(
    titles.map((title) => ({ title, align: title === 'item' || title === 'why' ? 'left' : 'right' })),
    rows,
  );
  const more = suggestions.length > SHOWN ? [`${suggestions.length - SHOWN} more items: --out FILE or --json has them all`] : [];
  return [
    `Orders of ${asOf}: ${totals.ordered} of ${totals.items} items, ${plain(totals.units)} units, ${number(totals.money, 2)} of money (${method}, ${policy})`,
    '',
    shown,
    '',
    ...more,
    ...limits.map(
      ({ limit, bound, used, wanted, shadowPrice }) =>
        `${limit}: ${number(used, 2)} of ${number(bound, 2)}, ${number(wanted, 2)} without limits; one more is worth ${number(shadowPrice, 4)}`,
    ),
    ...findings.map(({ kind, count, unit, action }) => `${kind}: ${count} ${unit}, ${action}`),
    ...(run === null ? [] : ['', `Kept as ${run}. After a look at the file: replenish decide ${run} suggestions.csv`]),
  ].join('\n');
}

function plain(units: number): string {
  return String(Number(units.toFixed(2)));
}
