export {
  countDistribution,
  mixtureCumulative,
  mixtureMean,
  mixtureQuantile,
  mixtureVariance,
  zeroInflated,
} from './count-mixture.ts';
export { crps, cumulativeTable, farthest } from './crps.ts';
export { coverDistribution, forecastDistribution, forecastQuantiles, QUANTILE_LEVELS, scaledSpread } from './forecast-distribution.ts';
export { type PathOptions, samplePaths } from './sample-paths.ts';
export { type ForecastSpread, fitSpread, type PastForecasts, spreadForecast } from './spread.ts';
