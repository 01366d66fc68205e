import { NormalEquations } from './normal-equations.ts';

/** Rows of a regression. */
export interface CountRows {
  readonly features: number;
  /** [row][feature] flat, standardised. */
  readonly x: Float64Array;
  /** [row] log of the starting level: what is predicted where no feature says otherwise. */
  readonly offset: Float64Array;
  /** [feature] factor of the penalty. */
  readonly pull: Float64Array;
  /** [row] counts. */
  readonly y: Float64Array;
  /** Numbers of the rows that are fitted on. */
  readonly rows: Int32Array;
}

export interface RegressionOptions {
  /** Variance is mean + dispersion mean^2 while fitting. */
  readonly dispersion: number;
  /** Pull of each coefficient towards 0, in rows. */
  readonly penalty: number;
  /** A count above this many times its mean, plus CAP_BASE, is taken as that: single huge orders do not move the rest. */
  readonly cap: number;
}

const CAP_BASE = 5;
const MOST_STEPS = 25;
const TOLERANCE = 1e-3;
const LARGEST_LOG_MEAN = 16;
/** Of the intercept, so that there is a solution where no row counts. */
const LEAST_PENALTY = 1e-6;

/**
 * Negative-binomial regression with a log link and a ridge, by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5): the slopes, and the intercept
 * behind them. `start`: the result of a regression much like it, from which fewer steps are needed.
 */
export function fitCountRegression(data: CountRows, options: RegressionOptions, start?: Float64Array): Float64Array {
  const { features, rows } = data;
  const equations = new NormalEquations(features + 1);
  let weights = start ?? new Float64Array(features + 1);
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let r = 0; r < rows.length; r++) addRow(data, rows[r], options, weights, equations);
    const next = equations.solve((column) => (column < features ? options.penalty * data.pull[column] : LEAST_PENALTY));
    let change = 0;
    for (let k = 0; k <= features; k++) change = Math.max(change, Math.abs(next[k] - weights[k]));
    weights = next;
    if (change < TOLERANCE) break;
  }
  return weights;
}

/** Adds a row to the normal equations of the next step. */
function addRow(
  { features, x, offset, y }: CountRows,
  row: number,
  { dispersion, cap }: RegressionOptions,
  weights: Float64Array,
  equations: NormalEquations,
): void {
  const at = row * features;
  const { next } = equations;
  let linear = weights[features];
  for (let k = 0; k < features; k++) {
    next[k] = x[at + k];
    linear += weights[k] * x[at + k];
  }
  next[features] = 1;
  const mean = Math.exp(Math.min(LARGEST_LOG_MEAN, offset[row] + linear));
  equations.add(mean / (1 + dispersion * mean), linear + (Math.min(y[row], cap * mean + CAP_BASE) - mean) / mean);
}

/** Mean that a regression gives for the features at x[at] and on. */
export function regressionMean(weights: Float64Array, offset: number, x: Float64Array, at: number): number {
  const features = weights.length - 1;
  let log = offset + weights[features];
  for (let k = 0; k < features; k++) log += weights[k] * x[at + k];
  return Math.exp(Math.min(LARGEST_LOG_MEAN, log));
}
