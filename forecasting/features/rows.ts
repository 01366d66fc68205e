import { type History, isMissing } from '../history.ts';
import { launchWeeks } from '../levels.ts';
import type { FeatureSet } from './feature-set.ts';

/** Rows to learn from or to forecast: x is [row][feature] flat, the others have one entry per row. */
export interface FeatureRows {
  readonly names: readonly string[];
  readonly count: number;
  readonly x: Float64Array;
  /** [units] sold in the period that is forecast. */
  readonly y: Float64Array;
  readonly item: Int32Array;
  readonly origin: Int32Array;
  readonly ahead: Int32Array;
}

export interface RowOptions {
  /** Origins [from, to), every `stride`th. */
  readonly from: number;
  readonly to: number;
  /** Default: 1. */
  readonly stride?: number;
  readonly horizon: number;
  /** Outcomes from this period on are not looked at. */
  readonly until: number;
  /** Also origins before the item's first sale: only what is known of the item itself speaks there. Default: false. */
  readonly beforeLaunch?: boolean;
}

/** One row for each item, origin and period ahead whose outcome is known before `until`, had trade and is no stock-out. */
export function designRows(history: History, features: FeatureSet, options: RowOptions): FeatureRows {
  const width = features.names.length;
  let count = 0;
  eachRow(history, options, () => {
    count++;
  });
  const x = new Float64Array(count * width);
  const y = new Float64Array(count);
  const item = new Int32Array(count);
  const origin = new Int32Array(count);
  const ahead = new Int32Array(count);
  let row = 0;
  eachRow(history, options, (i, t, h) => {
    const same = row > 0 && item[row - 1] === i && origin[row - 1] === t;
    if (same) x.copyWithin(row * width, (row - 1) * width, (row - 1) * width + features.perOrigin);
    else features.writeOrigin(i, t, x, row * width);
    features.writeTarget(i, t, h, x, row * width);
    y[row] = history.quantity[i * history.periods.length + t + h];
    item[row] = i;
    origin[row] = t;
    ahead[row++] = h;
  });
  return { names: features.names, count, x, y, item, origin, ahead };
}

function eachRow(history: History, options: RowOptions, visit: (item: number, origin: number, ahead: number) => void): void {
  const periods = history.periods.length;
  const launches = launchWeeks(history);
  const until = Math.min(options.until, periods);
  for (let i = 0; i < history.items.length; i++) {
    for (let t = options.from; t < options.to; t += options.stride ?? 1) {
      if (!options.beforeLaunch && launches[i] >= t) continue;
      for (let h = 0; h < options.horizon && t + h < until; h++) {
        if (history.open[t + h] && !isMissing(history, i * periods + t + h, until)) visit(i, t, h);
      }
    }
  }
}
