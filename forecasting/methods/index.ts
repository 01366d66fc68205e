export { combination } from './combination.ts';
export { type SmoothingOptions, simpleSmoothing } from './exponential-smoothing.ts';
export { type HoltWintersOptions, type HoltWintersState, holtWinters } from './holt-winters.ts';
export { type CrostonOptions, croston, syntetosBoylan, type TsbOptions, tsb } from './intermittent.ts';
export { recentMean, recentMedian } from './recent.ts';
export { deseasonalised, isSeasonal, seasonalIndices, seasonalNaive } from './seasonality.ts';
export { forecastEnd, type OriginSpan, type SeriesMethod, type SeriesModel } from './series-method.ts';
export { standardTheta, type ThetaOptions, type ThetaState, theta } from './theta.ts';
