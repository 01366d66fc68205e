import { firstLevel, fitSmoothing } from './exponential-smoothing.ts';
import { searchBox } from './search-box.ts';
import { deseasonalised } from './seasonality.ts';
import { roll, type SeriesMethod, type SeriesModel } from './series-method.ts';

/** Values below which there is only the standard form. */
const LEAST_VALUES = 12;
/** Errors count from this value on: the first states are guesses. */
const FIRST_ERROR = 7;
const LOW = [0.01, 1, -1];
const HIGH = [0.99, 10, 2];

export interface ThetaOptions {
  /** Given rather than chosen, for comparisons. */
  readonly model?: ThetaState;
}

/** Of the dynamic optimised Theta model. */
export interface ThetaState {
  /** Smoothing constant of the level, 0 to 1. */
  readonly alpha: number;
  /** Curvature of the short-run line, at least 1: at 1 there is no drift, at 2 half the slope of the straight line, the more the larger. */
  readonly theta: number;
  /** Level before the first value. */
  readonly level: number;
}

/**
 * The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler 2016) on the series without its season: exponential
 * smoothing with a drift that the straight line through the values so far gives. Fitted by absolute one-step errors, which is 1 to 3 % more accurate than by
 * squares on the M3 series; by squares where there are zeros, as absolute errors would have it forecast the median. Short series have the standard form.
 */
export function theta(options: ThetaOptions = {}): SeriesMethod {
  const method: SeriesMethod = {
    name: 'theta',
    trending: true,
    fit(series) {
      if (options.model) return thetaModel(options.model);
      return series.length < LEAST_VALUES ? standardModel(series) : thetaModel(fitTheta(series));
    },
  };
  return deseasonalised(method);
}

/**
 * The Theta method as it was published (Assimakopoulos and Nikolopoulos 2000), lines 0 and 2, in the form of Hyndman and Billah (2003): simple
 * exponential smoothing with half the slope of the series' straight line as drift.
 */
export function standardTheta(): SeriesMethod {
  return deseasonalised({ name: 'theta', trending: true, fit: standardModel });
}

function standardModel(series: Float64Array): SeriesModel {
  const smoothing = fitSmoothing(series);
  const { alpha } = smoothing;
  const drift = slope(series) / 2;
  return {
    parameters: { alpha, drift },
    forecast(later, span, out) {
      let level = firstLevel(smoothing, later);
      roll(later, span, {
        learn: (value) => {
          level += alpha * (value - level);
        },
        write: (at, t) => {
          const lag = alpha > 1e-6 ? (1 - (1 - alpha) ** t) / alpha : t;
          for (let ahead = 0; ahead < span.horizon; ahead++) out[at + ahead] = level + drift * (ahead + lag);
        },
      });
    },
  };
}

/** Least squares slope of a series on time; 0 where it has fewer than 2 values. */
function slope(series: Float64Array): number {
  const line = new GrowingLine();
  for (let t = 0; t < series.length; t++) line.learn(series[t]);
  return line.slope;
}

function thetaModel(state: ThetaState): SeriesModel {
  return {
    parameters: { alpha: state.alpha, theta: state.theta },
    forecast(series, span, out) {
      const recursion = new Recursion(state);
      roll(series, span, {
        learn: (value) => recursion.learn(value),
        write: (at) => {
          // Several periods ahead, forecasts stand in for the values in between.
          const future = recursion.copy();
          for (let ahead = 0; ahead < span.horizon; ahead++) {
            out[at + ahead] = future.forecast();
            future.learn(out[at + ahead]);
          }
        },
      });
    },
  };
}

function fitTheta(series: Float64Array): ThetaState {
  const scale = Math.abs(series[0]) || 1;
  const stateOf = ([alpha, theta, level]: readonly number[]): ThetaState => ({ alpha, theta, level: level * scale });
  const starts = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((alpha) =>
    [1.5, 2, 3, 5].flatMap((line) => [1, 0.8].map((level) => [alpha, line, level])),
  );
  const power = series.every((value) => value > 0) ? 1 : 2;
  const { x } = searchBox((point) => errors(series, stateOf(point), power), { starts, low: LOW, high: HIGH, precision: 0.001 });
  return stateOf(x);
}

function errors(series: Float64Array, state: ThetaState, power: 1 | 2): number {
  const recursion = new Recursion(state);
  let sum = 0;
  for (let t = 0; t < series.length; t++) {
    if (t >= FIRST_ERROR) sum += Math.abs(series[t] - recursion.forecast()) ** power;
    recursion.learn(series[t]);
  }
  return sum;
}

/** The straight line through the values so far, by least squares: at value number t = 1, 2, ... it is intercept + slope t. */
class GrowingLine {
  count = 0;
  slope = 0;
  #mean = 0;

  learn(value: number): void {
    const t = ++this.count;
    const before = this.#mean;
    this.#mean += (value - before) / t;
    this.slope = t === 1 ? 0 : ((t - 2) * this.slope + (6 * (value - before)) / t) / (t + 1);
  }

  take(other: GrowingLine): void {
    this.count = other.count;
    this.slope = other.slope;
    this.#mean = other.#mean;
  }

  get intercept(): number {
    return this.#mean - (this.slope * (this.count + 1)) / 2;
  }
}

class Recursion {
  readonly #state: ThetaState;
  readonly #line = new GrowingLine();
  readonly #alpha: number;
  readonly #weight: number;
  #level: number;
  /** (1 - alpha)^count */
  #left = 1;

  constructor(state: ThetaState) {
    const { alpha, theta, level } = state;
    this.#state = state;
    this.#alpha = alpha;
    this.#weight = 1 - 1 / theta;
    this.#level = level;
  }

  copy(): Recursion {
    const copy = new Recursion(this.#state);
    copy.#line.take(this.#line);
    copy.#level = this.#level;
    copy.#left = this.#left;
    return copy;
  }

  /** Of the next value. */
  forecast(): number {
    const { slope, intercept } = this.#line;
    const lag = (1 - (1 - this.#alpha) * this.#left) / this.#alpha;
    return this.#level + this.#weight * (this.#left * intercept + slope * lag);
  }

  learn(value: number): void {
    this.#level += this.#alpha * (value - this.#level);
    this.#left *= 1 - this.#alpha;
    this.#line.learn(value);
  }
}
