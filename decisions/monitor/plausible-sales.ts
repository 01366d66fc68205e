import { UserError } from '../../env/index.ts';
import type { History } from '../../forecasting/index.ts';

/** Periods before the live ones that say what sales of this business look like. */
const RECENT = 26;
/** Part of the file's items that the run knows, at least. */
const SHARED = 0.5;
/** The median item sells at most this many times what it sold, and at least the inverse. */
const SCALE = 10;
/** Items that sell in a period are at least this part of those that sold in the quietest period of late; looked at where there are so many. */
const SELLING = 0.75;
const ENOUGH = 10;

const FIX = 'correct the file, or add --trust where it is right';

interface Fresh {
  readonly file: string;
  /** First live period of the file. */
  readonly from: number;
  /** Items that the run and the file share. */
  readonly shared: number;
  readonly fresh: History;
}

/**
 * Refuses sales that are hardly those of the same business: other items, another unit, or cut off in the middle.
 * @throws UserError
 */
export function refuseOtherSales(joined: History, { file, from, shared, fresh }: Fresh): void {
  if (shared < SHARED * Math.min(fresh.items.length, joined.items.length)) {
    throw new UserError(
      `${file}: the run knows ${shared} of its ${fresh.items.length} items; expected at least half of them, as of the same business; ${FIX}`,
    );
  }
  const { typical, items } = typicalRatio(joined, from);
  if (items >= ENOUGH && (typical > SCALE || typical < 1 / SCALE)) {
    const times = typical > 1 ? `${round(typical)} times` : `1/${round(1 / typical)} of`;
    throw new UserError(
      `${file}: the median of ${items} items sells ${times} what it sold before; expected at most ${SCALE} times and at least 1/${SCALE}, in the unit of the run; ${FIX}`,
    );
  }
  const fewest = fewestSellers(joined, from);
  for (let t = from; fewest >= ENOUGH && t < joined.periods.length; t++) {
    const selling = sellersOf(joined, t);
    if (!joined.open[t] || selling >= SELLING * fewest) continue;
    throw new UserError(
      `${file}: ${selling} items sold in the ${joined.periodLength} of ${joined.periods[t]}, where of late no ${joined.periodLength} had fewer than ${fewest}; expected a whole ${joined.periodLength}, written to its end; ${FIX}`,
    );
  }
}

/** Median over items that sold before of live sales per open period over earlier ones. */
function typicalRatio({ items, periods, quantity, open }: History, from: number): { typical: number; items: number } {
  const ratios: number[] = [];
  const mean = (item: number, start: number, end: number) => {
    let sum = 0;
    let count = 0;
    for (let t = start; t < end; t++) {
      sum += open[t] ? quantity[item * periods.length + t] : 0;
      count += open[t];
    }
    return count > 0 ? sum / count : 0;
  };
  for (let item = 0; item < items.length; item++) {
    const before = mean(item, Math.max(0, from - RECENT), from);
    const live = mean(item, from, periods.length);
    if (before > 0 && live > 0) ratios.push(live / before);
  }
  ratios.sort((a, b) => a - b);
  return { typical: ratios[Math.floor(ratios.length / 2)] ?? 1, items: ratios.length };
}

function fewestSellers(history: History, from: number): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let t = Math.max(0, from - RECENT); t < from; t++) if (history.open[t]) fewest = Math.min(fewest, sellersOf(history, t));
  return Number.isFinite(fewest) ? fewest : 0;
}

function sellersOf({ items, periods, quantity }: History, period: number): number {
  let count = 0;
  for (let item = 0; item < items.length; item++) if (quantity[item * periods.length + period] > 0) count++;
  return count;
}

function round(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1);
}
