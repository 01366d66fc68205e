import { copiedParts, type FitOptions, type FittedForecaster, type Forecast, type Forecaster, writeSingle } from '../forecaster.ts';
import { type History, soldBefore } from '../history.ts';
import { type FirstSalesModel, learnFirstSales, salesOfAlike } from '../text/first-sales.ts';

/** First periods of an item that are learned from together, at least: single ones say little. */
const LEAST_WINDOW = 4;
/** (variance - mean) / mean^2 of a period about its item's level, in the first periods. */
const OWN_DISPERSION = 0.5;

export interface IntroducingOptions {
  /** Of the descriptions; null: alike are items of like prices. */
  readonly vectors: readonly Float32Array[] | null;
  /** What new items are expected to sell where too few were introduced to learn from: what the forecaster says, or the mean of items alike. Default: `inner`. */
  readonly unlearned?: 'inner' | 'alike';
}

/**
 * The forecaster given, but for items that have never sold: these are forecast as if introduced at the origin, from what items like them sell and
 * from how earlier introductions went.
 */
export function introducingForecaster(inner: Forecaster, options: IntroducingOptions): Forecaster {
  return { name: inner.name, fit: (history, fit) => fitIntroducing(inner, options, history, fit) };
}

function fitIntroducing(
  inner: Forecaster,
  { vectors, unlearned = 'inner' }: IntroducingOptions,
  history: History,
  options: FitOptions,
): FittedForecaster {
  const fitted = inner.fit(history, options);
  const learning = { until: options.until, window: Math.max(LEAST_WINDOW, options.horizon), vectors };
  const model = learnFirstSales(history, learning) ?? (unlearned === 'alike' ? salesOfAlike(vectors) : null);
  if (model === null) return fitted;
  return {
    name: inner.name,
    choices: { ...fitted.choices, introductions: model.introductions },
    predict: (later, origin, horizon) => withIntroductions(fitted.predict(later, origin, horizon), model, later, origin, horizon),
  };
}

function withIntroductions(forecast: Forecast, model: FirstSalesModel, history: History, origin: number, horizon: number): Forecast {
  const unsold = [...history.items.keys()].filter((i) => !soldBefore(history, i, origin));
  if (unsold.length === 0) return forecast;
  const expect = model.expect(history, origin);
  const mean = forecast.mean.slice();
  const variance = forecast.variance.slice();
  const common = forecast.common?.slice() ?? new Float64Array(history.items.length);
  const parts = forecast.parts && copiedParts(forecast.parts);
  for (const item of unsold) {
    const first = expect(item);
    common[item] = first.common;
    for (let at = item * horizon; at < (item + 1) * horizon; at++) {
      mean[at] = first.mean;
      variance[at] = first.mean + (first.common + OWN_DISPERSION) * first.mean ** 2;
      if (parts) writeSingle(parts, at, first.mean, variance[at]);
    }
  }
  return { mean, variance, common, ...(parts ? { parts } : {}) };
}
