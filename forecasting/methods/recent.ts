import { roll, type SeriesMethod } from './series-method.ts';

/** The mean of the last `window` values, or of as many as there are, for every period to come. A window of 1 is the naive forecast. */
export function recentMean(name: string, window: number): SeriesMethod {
  return recent(name, window, (values) => values.reduce((a, b) => a + b, 0) / values.length);
}

/** The median of the last `window` values: one huge order does not move it. */
export function recentMedian(name: string, window: number): SeriesMethod {
  return recent(name, window, (values) => {
    const sorted = values.toSorted();
    const middle = sorted.length >> 1;
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  });
}

function recent(name: string, window: number, summary: (values: Float64Array) => number): SeriesMethod {
  return {
    name,
    fit: () => ({
      parameters: { window },
      forecast(series, span, out) {
        roll(series, span, {
          learn: () => {},
          write: (at, t) => {
            const level = t > 0 ? summary(series.subarray(Math.max(0, t - window), t)) : 0;
            out.fill(level, at, at + span.horizon);
          },
        });
      },
    }),
  };
}
