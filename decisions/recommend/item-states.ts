import type { History } from '../../forecasting/index.ts';
import type { StockPosition } from './read-stock.ts';
import type { ItemState } from './suggestion.ts';

/** [periods] from which an item's rate of selling is told. */
const WINDOW = 26;
/** A silence is noticed where it would come about by chance more rarely than this, while nothing is on hand. */
const HIDDEN = 0.02;
/** The same while there is stock, or for too long to be a stock-out: then the item has stopped. */
const STOPPED = 1e-4;
/** [periods] A stock-out lasts at most so long, and an item is silent at least so long before it has stopped. */
const LONG: Readonly<Record<History['periodLength'], number>> = { day: 42, week: 8, month: 3 };

export interface ItemStates {
  readonly states: readonly ItemState[];
  /** [item] open periods since its last sale. */
  readonly silent: Int32Array;
  /** [item] of them, those in which it was probably out of stock. */
  readonly hidden: Int32Array;
  /** The history in which these say nothing about demand. */
  readonly history: History;
}

/**
 * Tells items that have never sold, have stopped selling, and have sold nothing of late because there was nothing: the stock at hand says which silence
 * is which. A silence is judged by how often the item sold before.
 */
export function tellStates(history: History, stock: readonly Pick<StockPosition, 'onHand' | 'known'>[]): ItemStates {
  const { items, open } = history;
  const periods = open.length;
  const silent = new Int32Array(items.length);
  const hidden = new Int32Array(items.length);
  const missing = history.missing.slice();
  const states = items.map((_, i): ItemState => {
    const start = i * periods;
    let last = periods - 1;
    while (last >= 0 && !(history.quantity[start + last] > 0)) last--;
    if (last < 0) return 'new';
    for (let t = last + 1; t < periods; t++) silent[i] += open[t];
    const chance = (1 - rateBefore(history, start, last)) ** silent[i];
    const out = stock[i].known && stock[i].onHand <= 0;
    const long = LONG[history.periodLength];
    if (out && chance < HIDDEN && silent[i] <= long) {
      hidden[i] = silent[i];
      for (let t = last + 1; t < periods; t++) missing[start + t] = periods;
      return 'selling';
    }
    return chance < STOPPED && silent[i] >= long ? 'stopped' : 'selling';
  });
  return { states, silent, hidden, history: { ...history, missing } };
}

/** Part of the periods up to the last sale in which the item sold, a little towards the middle. */
function rateBefore({ quantity, open, missing }: History, start: number, last: number): number {
  let seen = 0;
  let sold = 0;
  for (let t = last; t >= 0 && seen < WINDOW; t--) {
    if (!open[t] || missing[start + t] > 0) continue;
    seen++;
    if (quantity[start + t] > 0) sold++;
  }
  return (sold + 0.5) / (seen + 1);
}
