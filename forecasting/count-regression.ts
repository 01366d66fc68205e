import { solveCholesky } from './cholesky.ts';

/** Rows of a regression. */
export interface CountRows {
  readonly features: number;
  /** [row][feature] flat, standardised. */
  readonly x: Float64Array;
  /** [row] log of the starting level: what is predicted where no feature says otherwise. */
  readonly offset: Float64Array;
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

/**
 * Negative-binomial regression with a log link and a ridge, by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5): the slopes, and the intercept
 * behind them. `start`: the result of a regression much like it, from which fewer steps are needed.
 */
export function fitCountRegression(data: CountRows, options: RegressionOptions, start?: Float64Array): Float64Array {
  const { features, rows } = data;
  const size = features + 1;
  let weights = start ?? new Float64Array(size);
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step++) {
    matrix.fill(0);
    right.fill(0);
    for (let r = 0; r < rows.length; r++) addRow(data, rows[r], options, weights, matrix, right);
    for (let k = 0; k < features; k++) matrix[k * size + k] += options.penalty;
    matrix[size * size - 1] += 1e-6;
    const next = solveCholesky(matrix, right, size);
    let change = 0;
    for (let k = 0; k < size; k++) change = Math.max(change, Math.abs(next[k] - weights[k]));
    weights = next;
    if (change < TOLERANCE) break;
  }
  return weights;
}

/** Adds a row to the normal equations of the next step; of the matrix, to its lower half. */
function addRow(
  { features, x, offset, y }: CountRows,
  row: number,
  { dispersion, cap }: RegressionOptions,
  weights: Float64Array,
  matrix: Float64Array,
  right: Float64Array,
): void {
  const at = row * features;
  let linear = weights[features];
  for (let k = 0; k < features; k++) linear += weights[k] * x[at + k];
  const mean = Math.exp(Math.min(LARGEST_LOG_MEAN, offset[row] + linear));
  const weight = mean / (1 + dispersion * mean);
  const working = linear + (Math.min(y[row], cap * mean + CAP_BASE) - mean) / mean;
  let entry = 0;
  for (let k = 0; k < features; k++) {
    const scaled = weight * x[at + k];
    right[k] += scaled * working;
    for (let j = 0; j <= k; j++) matrix[entry + j] += scaled * x[at + j];
    entry += features + 1;
  }
  for (let j = 0; j < features; j++) matrix[entry + j] += weight * x[at + j];
  matrix[entry + features] += weight;
  right[features] += weight * working;
}

/** Mean that a regression gives for the features at x[at] and on. */
export function regressionMean(weights: Float64Array, offset: number, x: Float64Array, at: number): number {
  const features = weights.length - 1;
  let log = offset + weights[features];
  for (let k = 0; k < features; k++) log += weights[k] * x[at + k];
  return Math.exp(Math.min(LARGEST_LOG_MEAN, log));
}
