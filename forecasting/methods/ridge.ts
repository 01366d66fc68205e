import { fitSpread, spreadForecast } from '../distribution/index.ts';
import { createFeatureSet, designRows, textFeatures } from '../features/index.ts';
import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import type { History } from '../history.ts';
import { fitLogRidge } from '../log-ridge.ts';
import { forecastsOfRows } from './past-forecasts.ts';
import { type DesignChoice, designOptions, learningSpan, meanFactor, targetRows } from './plain-design.ts';

export interface RidgeOptions extends DesignChoice {
  /** Default: `ridge`. */
  readonly name?: string;
  /** [item] vectors of texts, joined to x as they are. Left out: x alone. */
  readonly texts?: readonly Float32Array[];
  /** Pull of each standardised coefficient towards 0, in rows. Default: 100. */
  readonly penalty?: number;
}

/** Sums of shifts of logs that are tried. */
const SHIFTS = Array.from({ length: 21 }, (_, k) => -0.4 + 0.05 * k);
const LEAST_MEAN = 0.05;

/**
 * One ridge regression of log(1 + sales) for all items and periods ahead, on [x] or [x, z]. The plain way to give a model text, here to show how little
 * that is worth. Negative binomial around the mean, with a dispersion per item.
 */
export function ridgeForecaster(options: RidgeOptions = {}): Forecaster {
  const name = options.name ?? 'ridge';
  return { name, fit: (history, fit) => fitRidge(name, options, history, fit) };
}

function fitRidge(name: string, options: RidgeOptions, history: History, { until, horizon }: FitOptions): FittedForecaster {
  const plain = designOptions(history, until, options);
  const features = createFeatureSet(history, options.texts === undefined ? plain : { ...plain, ofItem: [textFeatures(options.texts)] });
  const rows = designRows(history, features, learningSpan(history, { until, horizon }));
  const model = fitLogRidge(rows, options.penalty ?? 100);
  const logs = model.predictRows(rows.x);
  const shift = bestShift(logs, rows.y);
  const typical = logs.map((log) => unitsOf(log + shift));
  const factor = meanFactor(typical, rows.y);
  const mean = typical.map((units) => factor * units);
  const spread = fitSpread(forecastsOfRows(rows, mean, { items: history.items.length, horizon }));
  return {
    name,
    choices: { features: rows.names.length, shift, factor },
    predict(later, origin, ahead): Forecast {
      const x = targetRows(later, createFeatureSet(later, features.options), { origin, ahead, horizon });
      const made = model.predictRows(x).map((log) => factor * unitsOf(log + shift));
      return spreadForecast(made, ahead, spread);
    },
  };
}

/** Shift of all logs with the least absolute error in units. */
function bestShift(logs: Float64Array, y: ArrayLike<number>): number {
  const errors = SHIFTS.map((shift) => logs.reduce((sum, log, r) => sum + Math.abs(y[r] - unitsOf(log + shift)), 0));
  return SHIFTS[errors.indexOf(Math.min(...errors))];
}

function unitsOf(log: number): number {
  return Math.max(LEAST_MEAN, Math.expm1(log));
}
