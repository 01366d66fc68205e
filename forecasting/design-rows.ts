import { FEATURES, writeFeatures } from './features.ts';
import type { History } from './history.ts';
import { launchWeeks } from './levels.ts';
import type { RegressionRows } from './regression.ts';

/** Origins before this one know too little to learn from. */
export const FIRST_ORIGIN = 5;

/** Features x of every item at origins 0 to `origins` - 1: [item][origin][feature] flat. */
export interface Design {
  readonly history: History;
  readonly origins: number;
  readonly x: Float64Array;
  readonly launches: Int32Array;
}

/** `base` is the log level of each item at each origin, [origin][item]. */
export function createDesign(history: History, origins: number, base: readonly Float64Array[]): Design {
  const width = FEATURES.length;
  const x = new Float64Array(history.items.length * origins * width);
  for (let i = 0; i < history.items.length; i++) {
    for (let t = 0; t < origins; t++) writeFeatures(history, i, t, base[t][i], x, (i * origins + t) * width);
  }
  return { history, origins, x, launches: launchWeeks(history) };
}

/** Calls back with each item and origin in [from, to) whose week `ahead` is before `until`, had trade, and follows the item's launch. */
export function eachOutcome(
  design: Design,
  span: { readonly from: number; readonly to: number; readonly until: number; readonly ahead: number },
  visit: (item: number, origin: number, quantity: number) => void,
): void {
  const { history, launches } = design;
  for (let i = 0; i < history.items.length; i++) {
    for (let t = Math.max(span.from, launches[i] + 1); t < span.to && t + span.ahead < span.until; t++) {
      if (history.open[t + span.ahead]) visit(i, t, history.quantity[i * history.periods.length + t + span.ahead]);
    }
  }
}

/** Everything known before week `until` of sales `ahead` weeks after an origin, as rows of a regression from the given starting levels. */
export function trainingRows(design: Design, offsets: readonly Float64Array[], until: number, ahead: number): RegressionRows {
  const width = FEATURES.length;
  const span = { from: FIRST_ORIGIN, to: until, until, ahead };
  let count = 0;
  eachOutcome(design, span, () => {
    count++;
  });
  const x = new Float64Array(count * width);
  const offset = new Float64Array(count);
  const y = new Float64Array(count);
  let row = 0;
  eachOutcome(design, span, (item, origin, quantity) => {
    const from = (item * design.origins + origin) * width;
    x.set(design.x.subarray(from, from + width), row * width);
    offset[row] = offsets[origin][item];
    y[row] = quantity;
    row++;
  });
  return { features: width, x, offset, y };
}
