import type { History } from '../history.ts';

/** Some numbers about one forecast: of an item, made at an origin. None looks at sales or prices from the origin on. */
export interface FeatureGroup {
  readonly names: readonly string[];
  /** Writes as many numbers as there are names to out[at], out[at + 1], ... `ahead` 0 is the period of the origin itself. */
  write(item: number, origin: number, ahead: number, out: Float64Array, at: number): void;
}

/** Added to sales before a logarithm is taken [units]. */
export const HALF = 0.5;

/** First period in which each item sold; the number of periods where it never did. Says nothing of an origin before it. */
export function firstSales({ items, periods, quantity }: History): Int32Array {
  return Int32Array.from(items, (_, i) => {
    const first = quantity.subarray(i * periods.length, (i + 1) * periods.length).findIndex((sold) => sold > 0);
    return first < 0 ? periods.length : first;
  });
}
