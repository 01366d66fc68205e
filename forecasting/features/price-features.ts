import type { History } from '../history.ts';
import type { FeatureGroup } from './feature-group.ts';

/** [periods] that the usual price is taken over. */
const WINDOW = 13;

/** The last price before the origin, its change, and how it stands to the usual one, as logs; 0 where there is none. */
export function priceFeatures(history: History): FeatureGroup {
  return {
    names: ['price', 'price change', 'price against usual'],
    write(item, origin, _, out, at) {
      const start = item * history.periods.length;
      const last = origin > 0 ? history.price[start + origin - 1] : history.items[item].price;
      const before = origin > 1 ? history.price[start + origin - 2] : last;
      out[at] = last > 0 ? Math.log(last) : 0;
      out[at + 1] = ratio(last, before);
      out[at + 2] = ratio(last, usualPrice(history, start, origin));
    },
  };
}

function usualPrice({ price }: History, start: number, origin: number): number {
  let sum = 0;
  let count = 0;
  for (let t = Math.max(0, origin - WINDOW); t < origin; t++) {
    if (!(price[start + t] > 0)) continue;
    sum += price[start + t];
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** Log of a ratio, at most a factor of e either way. */
function ratio(value: number, base: number): number {
  return value > 0 && base > 0 ? Math.max(-1, Math.min(1, Math.log(value / base))) : 0;
}
