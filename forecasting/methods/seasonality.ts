import { roll, type SeriesMethod } from './series-method.ts';

/** Seasons of data below which a season is not looked for. */
const LEAST_SEASONS = 3;
/** Normal quantile of the one-sided 95 % (two-sided 90 %) test that the M3 competition's Theta method used. */
const CRITICAL = 1.645;

/**
 * Is there a season? The autocorrelation at the season's lag against its standard error under none, at the 10 % level (Assimakopoulos and Nikolopoulos
 * 2000). False where there are fewer than 3 seasons of data.
 */
export function isSeasonal(series: ArrayLike<number>, season: number): boolean {
  const n = series.length;
  if (season < 2 || n < LEAST_SEASONS * season) return false;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += series[t] / n;
  let variance = 0;
  for (let t = 0; t < n; t++) variance += (series[t] - mean) ** 2;
  if (!(variance > 0)) return false;
  const correlation = (lag: number) => {
    let sum = 0;
    for (let t = lag; t < n; t++) sum += (series[t] - mean) * (series[t - lag] - mean);
    return sum / variance;
  };
  let squares = 1;
  for (let lag = 1; lag < season; lag++) squares += 2 * correlation(lag) ** 2;
  return Math.abs(correlation(season)) > CRITICAL * Math.sqrt(squares / n);
}

export type SeasonKind = 'multiplicative' | 'additive';

/** [phase] seasonal factors (mean 1) or terms (mean 0): means by phase of the series over, or less, its centred moving average. */
export function seasonalIndices(series: ArrayLike<number>, season: number, kind: SeasonKind): Float64Array {
  const trend = centredAverage(series, season);
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = 0; t < series.length; t++) {
    if (Number.isNaN(trend[t]) || (kind === 'multiplicative' && !(trend[t] > 0))) continue;
    sums[t % season] += kind === 'multiplicative' ? series[t] / trend[t] : series[t] - trend[t];
    counts[t % season]++;
  }
  const neutral = kind === 'multiplicative' ? 1 : 0;
  const indices = sums.map((sum, phase) => (counts[phase] > 0 ? sum / counts[phase] : neutral));
  const mean = indices.reduce((a, b) => a + b, 0) / season;
  return indices.map((value) => (kind === 'multiplicative' ? (mean > 0 ? value / mean : 1) : value - mean));
}

/** [t] mean over one season around t, with half weights at the ends where the season is even; NaN near the ends of the series. */
function centredAverage(series: ArrayLike<number>, season: number): Float64Array {
  const half = Math.floor(season / 2);
  const average = new Float64Array(series.length).fill(Number.NaN);
  for (let t = half; t + half < series.length; t++) {
    let sum = 0;
    for (let k = -half; k <= half; k++) sum += (season % 2 === 0 && Math.abs(k) === half ? 0.5 : 1) * series[t + k];
    average[t] = sum / season;
  }
  return average;
}

/** Least seasonal factor: none is divided by less. */
export const LEAST_FACTOR = 0.02;

/** The method on the series without its season, put back afterwards; the method as it is where no season shows. */
export function deseasonalised(method: SeriesMethod): SeriesMethod {
  return {
    name: method.name,
    trending: method.trending,
    fit(series, season) {
      if (!isSeasonal(series, season)) return method.fit(series, 1);
      const kind: SeasonKind = series.every((value) => value > 0) ? 'multiplicative' : 'additive';
      const raw = seasonalIndices(series, season, kind);
      const indices = kind === 'multiplicative' ? raw.map((value) => Math.max(LEAST_FACTOR, value)) : raw;
      const remove = (values: Float64Array) =>
        values.map((value, t) => (kind === 'multiplicative' ? value / indices[t % season] : value - indices[t % season]));
      const model = method.fit(remove(series), 1);
      return {
        parameters: { ...model.parameters, season },
        forecast(later, span, out) {
          model.forecast(remove(later), span, out);
          for (let t = span.from; t < span.to; t++) {
            for (let ahead = 0; ahead < span.horizon; ahead++) {
              const at = (t - span.from) * span.horizon + ahead;
              const index = indices[(t + ahead) % season];
              out[at] = kind === 'multiplicative' ? out[at] * index : out[at] + index;
            }
          }
        },
      };
    },
  };
}

/** What was a season ago; where that is not known, the last value. */
export function seasonalNaive(): SeriesMethod {
  return {
    name: 'seasonal-naive',
    fit: (_, season) => ({
      parameters: { season },
      forecast(series, span, out) {
        roll(series, span, {
          learn: () => {},
          write: (at, t) => {
            for (let ahead = 0; ahead < span.horizon; ahead++) {
              const back = t + ahead - season * (1 + Math.floor(ahead / season));
              out[at + ahead] = back >= 0 ? series[back] : t > 0 ? series[t - 1] : 0;
            }
          },
        });
      },
    }),
  };
}
