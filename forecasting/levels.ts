import type { History } from './history.ts';

/** Weight of a week against the one after it. */
const MEMORY = 0.8;
/** A week's sales count up to this many times the level before it plus OUTLIER_BASE units: one order does not make a level. */
const OUTLIER = 6;
const OUTLIER_BASE = 20;

/** What each item sold of late, as known at each origin. Arrays are [item][origin], flat, with origins 0 to weeks. */
export interface Levels {
  readonly origins: number;
  /** Discounted units sold since the launch. */
  readonly sold: Float64Array;
  /** Discounted number of open weeks since the launch; 0 before it. */
  readonly weight: Float64Array;
}

/** Exponentially discounted sales, bias-corrected: sold / weight is the level. Weeks without any trade do not count. */
export function itemLevels(history: History): Levels {
  const weeks = history.periods.length;
  const origins = weeks + 1;
  const sold = new Float64Array(history.items.length * origins);
  const weight = new Float64Array(history.items.length * origins);
  for (let i = 0; i < history.items.length; i++) {
    let units = 0;
    let count = 0;
    for (let w = 0; w < weeks; w++) {
      const quantity = history.quantity[i * weeks + w];
      if (history.open[w] && (count > 0 || quantity > 0)) {
        const most = count > 0 ? (OUTLIER * units) / count + OUTLIER_BASE : quantity;
        units = MEMORY * units + Math.min(quantity, most);
        count = MEMORY * count + 1;
      }
      sold[i * origins + w + 1] = units;
      weight[i * origins + w + 1] = count;
    }
  }
  return { origins, sold, weight };
}

/** First week in which each item sold; the number of weeks where it never did. */
export function launchWeeks(history: History): Int32Array {
  const weeks = history.periods.length;
  return Int32Array.from(history.items, (_, i) => {
    const first = history.quantity.subarray(i * weeks, (i + 1) * weeks).findIndex((quantity) => quantity > 0);
    return first < 0 ? weeks : first;
  });
}
