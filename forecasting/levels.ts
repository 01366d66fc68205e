import type { History } from './history.ts';

/** Added to sales before a logarithm is taken [units]. */
export const HALF = 0.5;
/** Weight of a week against the one after it. */
export const MEMORY = 0.8;
/** A week's sales count up to this many times the level before it plus OUTLIER_BASE units: one order does not make a level. */
const OUTLIER = 6;
const OUTLIER_BASE = 20;

/** What counts of a week's sales towards the level, given that before it. */
export function countedSales(quantity: number, levelBefore: number): number {
  return Math.min(quantity, OUTLIER * levelBefore + OUTLIER_BASE);
}

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
        units = MEMORY * units + (count > 0 ? countedSales(quantity, units / count) : quantity);
        count = MEMORY * count + 1;
      }
      sold[i * origins + w + 1] = units;
      weight[i * origins + w + 1] = count;
    }
  }
  return { origins, sold, weight };
}

/** First week in which each item sold; the number of weeks where it never did. Says nothing of an origin before it. */
export function launchWeeks(history: History): Int32Array {
  const weeks = history.periods.length;
  return Int32Array.from(history.items, (_, i) => {
    const first = history.quantity.subarray(i * weeks, (i + 1) * weeks).findIndex((quantity) => quantity > 0);
    return first < 0 ? weeks : first;
  });
}
