import { solveCholesky } from './cholesky.ts';
import { type FeatureRows, measureScaling, type Scaling, standardise } from './features/index.ts';

/** A ridge regression of log(1 + quantity). */
export interface LogRidge {
  readonly scaling: Scaling;
  readonly intercept: number;
  readonly slopes: Float64Array;
  /** Logs forecast for rows of features, [row][feature] flat. */
  predictRows(x: Float64Array): Float64Array;
}

/** Least squares on standardised features with a ridge (Hoerl and Kennard 1970); the intercept is free. */
export function fitLogRidge(rows: Pick<FeatureRows, 'names' | 'count' | 'x' | 'y'>, penalty: number): LogRidge {
  const width = rows.names.length;
  const scaling = measureScaling(rows);
  const intercept = rows.count > 0 ? rows.y.reduce((sum, y) => sum + Math.log1p(y), 0) / rows.count : 0;
  const matrix = new Float64Array(width * width);
  const right = new Float64Array(width);
  const row = new Float64Array(width);
  for (let r = 0; r < rows.count; r++) {
    row.set(rows.x.subarray(r * width, (r + 1) * width));
    standardise(row, scaling);
    const miss = Math.log1p(rows.y[r]) - intercept;
    for (let k = 0; k < width; k++) {
      const value = row[k];
      right[k] += value * miss;
      const start = k * width;
      for (let j = 0; j <= k; j++) matrix[start + j] += value * row[j];
    }
  }
  for (let k = 0; k < width; k++) matrix[k * width + k] += penalty;
  const slopes = solveCholesky(matrix, right, width);
  return {
    scaling,
    intercept,
    slopes,
    predictRows(x) {
      const logs = new Float64Array(x.length / width);
      for (let r = 0; r < logs.length; r++) {
        row.set(x.subarray(r * width, (r + 1) * width));
        standardise(row, scaling);
        let log = intercept;
        for (let k = 0; k < width; k++) log += slopes[k] * row[k];
        logs[r] = log;
      }
      return logs;
    },
  };
}
