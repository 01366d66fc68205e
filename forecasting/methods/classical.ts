import type { Forecaster } from '../forecaster.ts';
import { combination } from './combination.ts';
import { simpleSmoothing } from './exponential-smoothing.ts';
import { holtWinters } from './holt-winters.ts';
import { croston, syntetosBoylan, tsb } from './intermittent.ts';
import { recentMean, recentMedian } from './recent.ts';
import { deseasonalised, seasonalNaive } from './seasonality.ts';
import { seriesForecaster } from './series-forecaster.ts';
import type { SeriesMethod } from './series-method.ts';
import { theta } from './theta.ts';

/** Periods that the moving average and the moving median look back. */
const WINDOW = 8;

const METHODS = {
  naive: () => recentMean('naive', 1),
  'seasonal-naive': seasonalNaive,
  'moving-average': () => recentMean('moving-average', WINDOW),
  median: () => recentMedian('median', WINDOW),
  ses: () => deseasonalised(simpleSmoothing()),
  'holt-winters': () => holtWinters(),
  'damped-trend': () => holtWinters({ damped: true }),
  theta: () => theta(),
  croston: () => croston(),
  sba: () => syntetosBoylan(),
  tsb: () => tsb(),
  combination: () => combination(),
} satisfies Readonly<Record<string, () => SeriesMethod>>;

export type ClassicalName = keyof typeof METHODS;

/** Methods that look at one item's sales at a time and nothing else. */
export const CLASSICAL_METHODS = Object.keys(METHODS).filter(isClassical);

export function isClassical(name: string): name is ClassicalName {
  return Object.hasOwn(METHODS, name);
}

export function classicalForecaster(name: ClassicalName): Forecaster {
  return seriesForecaster(METHODS[name](), name);
}
