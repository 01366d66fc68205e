import { itemDispersions } from '../dispersion.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';

export interface MovingAverageOptions {
  /** [weeks] Default: 8. */
  readonly window?: number;
  /** Default: `moving-average`. */
  readonly name?: string;
}

/** The mean of the last weeks, for every week to come. The spread is negative binomial with a dispersion per item from past errors. */
export function movingAverageForecaster(options: MovingAverageOptions = {}): Forecaster {
  const window = options.window ?? 8;
  const name = options.name ?? 'moving-average';
  return { name, fit: (history, fit) => fitAverage(name, window, history, fit) };
}

function fitAverage(name: string, window: number, history: History, options: FitOptions): FittedForecaster {
  const dispersions = itemDispersions(pastOutcomes(history, window, options));
  return { name, choices: { window }, predict: (later, origin, horizon) => repeatMeans(later, window, dispersions, origin, horizon) };
}

/** Mean of up to `window` weeks before the origin. */
export function recentMean(history: History, item: number, origin: number, window: number): number {
  const from = Math.max(0, origin - window);
  const start = item * history.periods.length;
  let sum = 0;
  for (let w = from; w < origin; w++) sum += history.quantity[start + w];
  return origin > from ? sum / (origin - from) : 0;
}

function repeatMeans(history: History, window: number, dispersions: Float64Array, origin: number, horizon: number): Forecast {
  const mean = new Float64Array(history.items.length * horizon);
  const variance = new Float64Array(mean.length);
  for (let i = 0; i < history.items.length; i++) {
    const expected = recentMean(history, i, origin, window);
    mean.fill(expected, i * horizon, (i + 1) * horizon);
    variance.fill(expected + dispersions[i] * expected * expected, i * horizon, (i + 1) * horizon);
  }
  return { mean, variance };
}

function pastOutcomes(history: History, window: number, { until, horizon }: FitOptions) {
  const item: number[] = [];
  const mean: number[] = [];
  const quantity: number[] = [];
  const weeks = history.periods.length;
  for (let i = 0; i < history.items.length; i++) {
    for (let t = window; t < until; t++) {
      const expected = recentMean(history, i, t, window);
      for (let w = t; w < Math.min(until, t + horizon); w++) {
        item.push(i);
        mean.push(expected);
        quantity.push(history.quantity[i * weeks + w]);
      }
    }
  }
  return { items: history.items.length, item, mean, quantity, weight: 1 / horizon };
}
