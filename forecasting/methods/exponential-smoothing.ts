import { searchBox } from './search-box.ts';
import { roll, type SeriesMethod, type SeriesModel } from './series-method.ts';

const ALPHAS = Array.from({ length: 20 }, (_, k) => [(k + 0.5) / 20]);
/** Values below which a smoothing constant cannot be chosen. */
const LEAST_VALUES = 3;
const USUAL_ALPHA = 0.3;

export interface SmoothingOptions {
  /** Given, for comparisons. Left out: chosen by least squares of the one-step errors. */
  readonly model?: Smoothing;
}

/** Simple exponential smoothing (Brown 1956): the level moves by alpha of each error, and is the forecast of every period to come. */
export function simpleSmoothing(options: SmoothingOptions = {}): SeriesMethod {
  return { name: 'ses', fit: (series) => smoothingModel(options.model ?? fitSmoothing(series)) };
}

export interface Smoothing {
  /** Smoothing constant, 0 to 1. */
  readonly alpha: number;
  /** First level. Null: the first value of the series. */
  readonly start: number | null;
}

/** The smoothing constant and first level that make the sum of squared one-step errors least. */
export function fitSmoothing(series: Float64Array): Smoothing {
  if (series.length < LEAST_VALUES) return { alpha: USUAL_ALPHA, start: null };
  const { x } = searchBox(([a]) => bestStart(series, a).loss, { starts: ALPHAS, low: [0], high: [1], step: 0.025, precision: 1e-5 });
  return { alpha: x[0], start: bestStart(series, x[0]).start };
}

/** Errors are linear in the first level: e_t = r_t - start (1 - alpha)^t. */
function bestStart(series: Float64Array, alpha: number): { readonly start: number; readonly loss: number } {
  let level = 0;
  let weight = 1;
  let errors = 0;
  let weights = 0;
  let products = 0;
  for (let t = 0; t < series.length; t++) {
    const error = series[t] - level;
    errors += error * error;
    products += error * weight;
    weights += weight * weight;
    level += alpha * error;
    weight *= 1 - alpha;
  }
  return { start: products / weights, loss: errors - (products * products) / weights };
}

function smoothingModel(smoothing: Smoothing): SeriesModel {
  return {
    parameters: { alpha: smoothing.alpha },
    forecast(series, span, out) {
      let level = firstLevel(smoothing, series);
      roll(series, span, {
        learn: (value) => {
          level += smoothing.alpha * (value - level);
        },
        write: (at) => out.fill(level, at, at + span.horizon),
      });
    },
  };
}

/** The level before the first value; 0 where there is none. */
export function firstLevel({ start }: Smoothing, series: Float64Array): number {
  return start ?? series[0] ?? 0;
}
