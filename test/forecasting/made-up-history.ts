import { createStream } from '../../env/index.ts';
import type { CatalogueItem, FitOptions, FittedForecaster, Forecaster, History } from '../../forecasting/index.ts';

/** Weekly sales of a made-up catalogue: levels from 1 to 40 a week, a slow swing, and an item that is launched in the middle. */
export function madeUpHistory(options: { readonly items?: number; readonly weeks?: number; readonly seed?: number } = {}): History {
  const count = options.items ?? 12;
  const weeks = options.weeks ?? 40;
  const stream = createStream(options.seed ?? 1, 'made-up sales');
  const items: CatalogueItem[] = Array.from({ length: count }, (_, i) => ({
    id: `item-${i}`,
    description: `${['red', 'blue', 'green'][i % 3]} ${['mug', 'lantern', 'cushion'][Math.floor(i / 3) % 3]}`,
    category: ['mug', 'lantern', 'cushion'][Math.floor(i / 3) % 3],
    price: 1 + (i % 5),
  }));
  const quantity = new Float64Array(count * weeks);
  const price = new Float64Array(count * weeks);
  for (let i = 0; i < count; i++) {
    const level = 1 + 3.5 * i;
    for (let w = 0; w < weeks; w++) {
      const launched = i < count - 1 || w >= weeks / 2;
      const mean = level * (1 + 0.4 * Math.sin(w / 6));
      quantity[i * weeks + w] = launched ? Math.floor(-mean * Math.log(1 - stream.next())) : 0;
      price[i * weeks + w] = items[i].price;
    }
  }
  const mondays = Array.from({ length: weeks }, (_, w) => new Date(Date.UTC(2024, 0, 1 + 7 * w)).toISOString().slice(0, 10));
  return {
    items,
    periodLength: 'week',
    periods: mondays,
    quantity,
    price,
    open: new Uint8Array(weeks).fill(1),
    missing: new Int32Array(count * weeks),
    notes: [],
    promotions: [],
  };
}

/** The same history with other sales and prices from a week on. */
export function withOtherFuture(history: History, from: number): History {
  const weeks = history.periods.length;
  const later = (values: Float64Array, change: (value: number) => number) =>
    values.map((value, at) => (at % weeks >= from ? change(value) : value));
  return {
    ...history,
    quantity: later(history.quantity, (value) => 1000 - 3 * value),
    price: later(history.price, (value) => value * 7),
    open: history.open.map((value, w) => (w >= from ? w % 2 : value)),
  };
}

/** Under a name of its own, as linters take a call of `fit` in a test for a test. */
export function fitted(method: Forecaster, history: History, options: FitOptions): FittedForecaster {
  return method.fit(history, options);
}
