import { type FeatureRows, measureScaling, type Scaling, standardise } from './features/index.ts';
import { NormalEquations } from './normal-equations.ts';

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
  const equations = new NormalEquations(width);
  for (let r = 0; r < rows.count; r++) {
    equations.next.set(rows.x.subarray(r * width, (r + 1) * width));
    standardise(equations.next, scaling);
    equations.add(1, Math.log1p(rows.y[r]) - intercept);
  }
  const slopes = equations.solve(() => penalty);
  const row = new Float64Array(width);
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
