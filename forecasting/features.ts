import type { History } from './history.ts';
import { HALF } from './text/prior.ts';

/** Numbers per item and origin that writeFeatures gives. */
export const FEATURES = [
  'last week',
  'mean of 2 weeks',
  'mean of 4 weeks',
  'mean of 8 weeks',
  'mean of 13 weeks',
  'mean of all weeks',
  'typical of 4 weeks',
  'typical of 8 weeks',
  'typical of 13 weeks',
  'weeks without sales',
  'level',
  'price',
  'price change',
  'newness',
] as const;

const WINDOWS = [1, 2, 4, 8, 13, Number.POSITIVE_INFINITY];
const TYPICAL_WINDOWS = [4, 8, 13];

/**
 * Writes x of an item at an origin to out[at], out[at + 1], ...: from weeks before the origin only. Logs of mean and of typical (geometric mean)
 * sales over windows, each relative to the log level `base`, then scale, price and age.
 */
export function writeFeatures(history: History, item: number, origin: number, base: number, out: Float64Array, at: number): void {
  const past = openPast(history, item, origin);
  let next = at;
  for (const window of WINDOWS) out[next++] = past.length > 0 ? Math.log(meanOf(past, window, (q) => q) + HALF) - base : 0;
  for (const window of TYPICAL_WINDOWS) out[next++] = past.length > 0 ? meanOf(past, window, Math.log1p) - base : 0;
  out[next++] = past.length > 0 ? meanOf(past, 8, (q) => (q > 0 ? 0 : 1)) : 0;
  out[next++] = base;
  const { price } = history.items[item];
  out[next++] = price > 0 ? Math.log(price) : 0;
  out[next++] = priceChange(history, item, origin);
  out[next] = 1 / (1 + past.length / 4);
}

/** Sales of the open weeks since the launch, the latest first. */
function openPast(history: History, item: number, origin: number): number[] {
  const start = item * history.periods.length;
  const past: number[] = [];
  let sinceLaunch = 0;
  for (let w = origin - 1; w >= 0; w--) {
    if (!history.open[w]) continue;
    past.push(history.quantity[start + w]);
    if (history.quantity[start + w] > 0) sinceLaunch = past.length;
  }
  return past.slice(0, sinceLaunch);
}

function meanOf(past: readonly number[], window: number, value: (quantity: number) => number): number {
  const count = Math.min(window, past.length);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += value(past[k]);
  return sum / count;
}

/** Log of the last price over the mean price of the 13 weeks before the origin, at most a factor of e either way. */
function priceChange(history: History, item: number, origin: number): number {
  const from = Math.max(0, origin - 13);
  if (from === origin) return 0;
  const start = item * history.periods.length;
  let sum = 0;
  for (let w = from; w < origin; w++) sum += history.price[start + w];
  if (!(sum > 0)) return 0;
  const ratio = (history.price[start + origin - 1] * (origin - from)) / sum;
  return ratio > 0 ? Math.max(-1, Math.min(1, Math.log(ratio))) : 0;
}
