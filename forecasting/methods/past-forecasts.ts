import type { PastForecasts } from '../distribution/index.ts';
import type { FeatureRows } from '../features/index.ts';
import { type History, isMissing } from '../history.ts';

export interface PastOrigins {
  readonly origins: readonly number[];
  /** Outcomes from this period on are not looked at. */
  readonly until: number;
  readonly horizon: number;
}

/** Forecasts of all items made at past origins, [item][ahead] flat each, beside what came of them. */
export function pastForecasts(
  history: History,
  { origins, until, horizon }: PastOrigins,
  meansAt: (origin: number) => Float64Array,
): PastForecasts {
  const items = history.items.length;
  const cells = items * horizon;
  const mean = new Float64Array(origins.length * cells);
  const quantity = new Float64Array(origins.length * cells);
  for (const [k, origin] of origins.entries()) {
    mean.set(meansAt(origin), k * cells);
    for (let cell = 0; cell < cells; cell++) {
      quantity[k * cells + cell] = outcome(history, Math.floor(cell / horizon), origin + (cell % horizon), until);
    }
  }
  return { items, horizon, item: Int32Array.from({ length: origins.length * items }, (_, row) => row % items), mean, quantity };
}

/** [units] what an item sold in a period; NaN where that is not known before `until`, or says nothing about demand. */
export function outcome(history: History, item: number, period: number, until: number): number {
  const at = item * history.periods.length + period;
  return period < until && history.open[period] === 1 && !isMissing(history, at, until) ? history.quantity[at] : Number.NaN;
}

/** The same of rows that a model has learned from, with the means that it gives them, [row]: rows of one item and origin stand together. */
export function forecastsOfRows(
  rows: FeatureRows,
  mean: Float64Array,
  { items, horizon }: { readonly items: number; readonly horizon: number },
): PastForecasts {
  const forecasts = forecastNumbers(rows);
  const count = rows.count > 0 ? forecasts[rows.count - 1] + 1 : 0;
  const item = new Int32Array(count);
  const means = new Float64Array(count * horizon);
  const quantity = new Float64Array(count * horizon).fill(Number.NaN);
  for (let row = 0; row < rows.count; row++) {
    const at = forecasts[row] * horizon + rows.ahead[row];
    item[forecasts[row]] = rows.item[row];
    means[at] = mean[row];
    quantity[at] = rows.y[row];
  }
  return { items, horizon, item, mean: means, quantity };
}

/** [row] number of the forecast that it is part of. */
function forecastNumbers({ count, item, origin }: FeatureRows): Int32Array {
  const numbers = new Int32Array(count);
  for (let row = 1; row < count; row++) {
    const same = item[row] === item[row - 1] && origin[row] === origin[row - 1];
    numbers[row] = numbers[row - 1] + (same ? 0 : 1);
  }
  return numbers;
}
