import type { FitOptions, FittedForecaster, Forecast, Forecaster } from '../forecaster.ts';
import { type History, PERIODS_OF_YEAR } from '../history.ts';

/** Parts of the second forecaster that are tried. */
const PARTS = [0, 0.25, 0.5, 0.75, 1];
/** Part of the periods that can be learned from that the blend is chosen on; at most MOST_CHECKS origins. */
const HELD_OUT = 0.25;
const MOST_CHECKS = 26;

export interface BlendOptions {
  /** Blended where there are at least so many years of periods to learn from, else the first forecaster alone. */
  readonly fromYears: number;
}

/** A mean of two forecasters, its weights being those with the least absolute error in the last periods, which neither was fitted on then. */
export function blendedForecaster(first: Forecaster, second: Forecaster, options: BlendOptions): Forecaster {
  return {
    name: first.name,
    fit: (history, fit) =>
      fit.until < options.fromYears * PERIODS_OF_YEAR[history.periodLength]
        ? first.fit(history, fit)
        : fitBlend(first, second, history, fit),
  };
}

function fitBlend(first: Forecaster, second: Forecaster, history: History, options: FitOptions): FittedForecaster {
  const part = choosePart(first, second, history, options);
  const one = first.fit(history, options);
  const other = second.fit(history, options);
  return {
    name: first.name,
    choices: { ...one.choices, [other.name]: part },
    predict: (later, origin, horizon) => mix(one.predict(later, origin, horizon), other.predict(later, origin, horizon), part),
  };
}

function choosePart(first: Forecaster, second: Forecaster, history: History, options: FitOptions): number {
  const checks = Math.min(MOST_CHECKS, Math.floor(HELD_OUT * options.until));
  const until = options.until - checks;
  const one = first.fit(history, { ...options, until });
  const other = second.fit(history, { ...options, until });
  const errors = new Float64Array(PARTS.length);
  for (let origin = until; origin < options.until; origin++) {
    if (!history.open[origin]) continue;
    const a = one.predict(history, origin, 1).mean;
    const b = other.predict(history, origin, 1).mean;
    for (let i = 0; i < a.length; i++) {
      const sold = history.quantity[i * history.periods.length + origin];
      for (const [k, part] of PARTS.entries()) errors[k] += Math.abs(sold - (1 - part) * a[i] - part * b[i]);
    }
  }
  return PARTS[errors.indexOf(Math.min(...errors))];
}

/** Means of the means; of the variances, what is beyond the mean keeps its size relative to the mean's square. */
function mix(a: Forecast, b: Forecast, part: number): Forecast {
  const mean = a.mean.map((value, k) => (1 - part) * value + part * b.mean[k]);
  const variance = mean.map((value, k) => value + value * value * ((1 - part) * dispersion(a, k) + part * dispersion(b, k)));
  return { mean, variance };
}

function dispersion({ mean, variance }: Forecast, k: number): number {
  return mean[k] > 0 ? (variance[k] - mean[k]) / (mean[k] * mean[k]) : 0;
}
