import type { FeatureOptions, FeatureSet, RowOptions } from '../features/index.ts';
import type { FitOptions } from '../forecaster.ts';
import { type History, PERIODS_OF_YEAR } from '../history.ts';

/** What x is made of. */
export interface DesignChoice {
  /** Default: a calendar from two years of periods on, as a line through one year extrapolates. */
  readonly features?: FeatureOptions;
}

/** Origins before this one know too little to learn from; less where there is less history. */
const FIRST_ORIGIN = 5;
/** Rows learned from, at most: catalogues have more, and x and z of them all would not fit. */
const MOST_ROWS = 200_000;

/** A count above this many times its forecast plus 5 is taken as that where means are compared. */
const CAP = 8;

/** Origins to learn from: as many, spread evenly up to the last, as give no more than so many rows. */
export function learningSpan(history: History, { until, horizon }: FitOptions, mostRows = MOST_ROWS): RowOptions {
  const first = Math.min(FIRST_ORIGIN, Math.max(0, until - 2));
  const stride = Math.max(1, Math.ceil((history.items.length * (until - first) * horizon) / mostRows));
  return { from: first + ((until - 1 - first) % stride), to: until, stride, until, horizon };
}

/** Features of a plain design: the calendar only where two years are known. */
export function designOptions(history: History, until: number, { features }: DesignChoice): FeatureOptions {
  return { calendar: until >= 2 * PERIODS_OF_YEAR[history.periodLength], ...features };
}

/** Features of every item and period ahead at an origin, [item][ahead][feature] flat; periods past the horizon learned take that of its last one. */
export function targetRows(
  history: History,
  features: FeatureSet,
  { origin, ahead, horizon }: { readonly origin: number; readonly ahead: number; readonly horizon: number },
): Float64Array {
  const width = features.names.length;
  const x = new Float64Array(history.items.length * ahead * width);
  for (let i = 0; i < history.items.length; i++) {
    const start = i * ahead * width;
    features.writeOrigin(i, origin, x, start);
    for (let h = 0; h < ahead; h++) {
      const at = start + h * width;
      if (h > 0) x.copyWithin(at, start, start + features.perOrigin);
      features.writeTarget(i, origin, Math.min(h, horizon - 1), x, at);
    }
  }
  return x;
}

/** What sales are on average over what is typical. */
export function meanFactor(typical: Float64Array, y: Float64Array): number {
  let sold = 0;
  let forecast = 0;
  for (let r = 0; r < y.length; r++) {
    sold += Math.min(y[r], CAP * typical[r] + 5);
    forecast += typical[r];
  }
  return forecast > 0 ? sold / forecast : 1;
}
