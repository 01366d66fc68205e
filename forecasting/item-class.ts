import { type History, isMissing } from './history.ts';

/** How an item sells (Syntetos, Boylan and Croston 2005); `new` where too little is known to tell. */
export const ITEM_CLASSES = ['smooth', 'erratic', 'intermittent', 'lumpy', 'new'] as const;
export type ItemClass = (typeof ITEM_CLASSES)[number];

/** Mean interval between periods with sales [periods], from which sales are intermittent or lumpy. */
const INTERVAL = 1.32;
/** Squared coefficient of variation of the sizes from which they are erratic or lumpy. */
const VARIATION = 0.49;
/** Open periods since the first sale, and periods with sales, below which an item is new. */
const LEAST_PERIODS = 8;
const LEAST_SALES = 2;

/** Class of an item by what is known at an origin. */
export function itemClass(history: History, item: number, origin: number): ItemClass {
  const start = item * history.periods.length;
  let periods = 0;
  let sales = 0;
  let sum = 0;
  let squares = 0;
  for (let t = 0; t < origin; t++) {
    const quantity = history.quantity[start + t];
    if ((sales === 0 && !(quantity > 0)) || !history.open[t] || isMissing(history, start + t, origin)) continue;
    periods++;
    if (!(quantity > 0)) continue;
    sales++;
    sum += quantity;
    squares += quantity * quantity;
  }
  if (periods < LEAST_PERIODS || sales < LEAST_SALES) return 'new';
  const mean = sum / sales;
  const variation = (squares / sales - mean * mean) / (mean * mean);
  if (periods / sales < INTERVAL) return variation < VARIATION ? 'smooth' : 'erratic';
  return variation < VARIATION ? 'intermittent' : 'lumpy';
}
