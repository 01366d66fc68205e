/** Rows of a regression: x is [row][feature] flat. */
export interface RegressionRows {
  readonly features: number;
  readonly x: Float64Array;
  /** [row] log of the starting level: what is predicted where no feature says otherwise. */
  readonly offset: Float64Array;
  /** [row] counts. */
  readonly y: Float64Array;
}

export interface RegressionOptions {
  /** Variance is mean + dispersion mean^2 while fitting. */
  readonly dispersion: number;
  /** Pull of each standardised coefficient towards 0, in rows. */
  readonly penalty: number;
  /** A count above this many times its mean, plus CAP_BASE, is taken as that: single huge orders do not move the rest. */
  readonly cap: number;
}

/** log mean = offset + intercept + sum of slopes x (feature - centre) / scale, where each quotient counts up to FARTHEST either way. */
export interface CountRegression {
  readonly intercept: number;
  readonly slopes: Float64Array;
  readonly centres: Float64Array;
  readonly scales: Float64Array;
}

const CAP_BASE = 5;
const MOST_STEPS = 25;
const TOLERANCE = 1e-3;
const LARGEST_LOG_MEAN = 16;
/** Features stray no farther than this from their centre, in scales: what was never seen is not extrapolated. */
const FARTHEST = 4;
/** A feature that hardly moved while fitting may not be blown up into one that does. */
const LEAST_SCALE = 0.1;

/** Negative-binomial regression with a log link and a ridge, by iteratively reweighted least squares (McCullagh and Nelder 1989, 2.5). */
export function fitCountRegression(rows: RegressionRows, options: RegressionOptions): CountRegression {
  const { features } = rows;
  const { centres, scales } = standardise(rows);
  const size = features + 1;
  let weights = new Float64Array(size);
  const matrix = new Float64Array(size * size);
  const right = new Float64Array(size);
  const row = new Float64Array(size);
  row[features] = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    matrix.fill(0);
    right.fill(0);
    for (let r = 0; r < rows.y.length; r++) {
      for (let k = 0; k < features; k++) row[k] = within((rows.x[r * features + k] - centres[k]) / scales[k]);
      let linear = 0;
      for (let k = 0; k < size; k++) linear += weights[k] * row[k];
      const mean = Math.exp(Math.min(LARGEST_LOG_MEAN, rows.offset[r] + linear));
      const y = Math.min(rows.y[r], options.cap * mean + CAP_BASE);
      const weight = mean / (1 + options.dispersion * mean);
      const working = linear + (y - mean) / mean;
      for (let k = 0; k < size; k++) {
        right[k] += weight * row[k] * working;
        for (let j = 0; j <= k; j++) matrix[k * size + j] += weight * row[k] * row[j];
      }
    }
    for (let k = 0; k < features; k++) matrix[k * size + k] += options.penalty;
    matrix[size * size - 1] += 1e-6;
    const next = solveCholesky(matrix, right, size);
    let change = 0;
    for (let k = 0; k < size; k++) change = Math.max(change, Math.abs(next[k] - weights[k]));
    weights = next;
    if (change < TOLERANCE) break;
  }
  return { intercept: weights[features], slopes: weights.slice(0, features), centres, scales };
}

/** Mean that a regression gives for the features at x[at] and on. */
export function regressionMean(regression: CountRegression, offset: number, x: Float64Array, at: number): number {
  let log = offset + regression.intercept;
  for (let k = 0; k < regression.slopes.length; k++) {
    log += regression.slopes[k] * within((x[at + k] - regression.centres[k]) / regression.scales[k]);
  }
  return Math.exp(Math.min(LARGEST_LOG_MEAN, log));
}

function within(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}

function standardise(rows: RegressionRows): { centres: Float64Array; scales: Float64Array } {
  const count = Math.max(1, rows.y.length);
  const centres = new Float64Array(rows.features);
  const scales = new Float64Array(rows.features);
  for (let k = 0; k < rows.features; k++) {
    let sum = 0;
    for (let r = 0; r < rows.y.length; r++) sum += rows.x[r * rows.features + k];
    centres[k] = sum / count;
    let squares = 0;
    for (let r = 0; r < rows.y.length; r++) squares += (rows.x[r * rows.features + k] - centres[k]) ** 2;
    scales[k] = Math.max(LEAST_SCALE, Math.sqrt(squares / count));
  }
  return { centres, scales };
}

/** Solves A x = b for a symmetric positive definite A, of which the lower half is given and overwritten. */
export function solveCholesky(matrix: Float64Array, right: Float64Array, size: number): Float64Array<ArrayBuffer> {
  factorCholesky(matrix, size);
  return solveFactored(matrix, right);
}

/** Overwrites the lower half of a symmetric positive definite matrix with its Cholesky factor. */
export function factorCholesky(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const factor = matrix[j * size + k];
      for (let r = j; r < size; r++) matrix[r * size + j] -= matrix[r * size + k] * factor;
    }
    const pivot = Math.sqrt(matrix[j * size + j]);
    for (let r = j; r < size; r++) matrix[r * size + j] /= pivot;
  }
}

/** Solves A x = b where the lower half of `factor` is A's Cholesky factor. */
export function solveFactored(factor: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length;
  const x = Float64Array.from(right);
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) x[j] -= factor[j * size + k] * x[k];
    x[j] /= factor[j * size + j];
  }
  for (let j = size - 1; j >= 0; j--) {
    for (let k = j + 1; k < size; k++) x[j] -= factor[k * size + j] * x[k];
    x[j] /= factor[j * size + j];
  }
  return x;
}
