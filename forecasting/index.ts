export { type AnalogueOptions, type Analogues, findAnalogues } from './text/analogues.ts';
export { type BacktestOptions, type BacktestResult, backtest, type MethodResult, type WapeDifference } from './backtest.ts';
export { cellError, numberCell, type Row, readTable, type Table } from './csv.ts';
export {
  type CountMixture,
  countDistribution,
  coverDistribution,
  crps,
  forecastDistribution,
  forecastQuantiles,
  mixtureCumulative,
  mixtureMean,
  mixtureQuantile,
  mixtureVariance,
  type PathOptions,
  QUANTILE_LEVELS,
  samplePaths,
  zeroInflated,
} from './distribution/index.ts';
export {
  cachedEmbedder,
  cosine,
  type Embedder,
  type EmbedderName,
  type EmbedderSearch,
  type EmbedOptions,
  embedTexts,
  hashingEmbedder,
  modelSources,
  type StaticOptions,
  staticEmbedder,
  type TextVectors,
  transformerEmbedder,
} from './embedding/index.ts';
export {
  type FitOptions,
  type FittedForecaster,
  type Forecast,
  type Forecaster,
  type ForecastParts,
  rollingForecasts,
} from './forecaster.ts';
export {
  type CatalogueItem,
  concerns,
  type History,
  isMissing,
  type PeriodLength,
  type Promotion,
  quantitiesBetween,
  type SalesNote,
  type Scope,
} from './history.ts';
export { cacheFolder } from './home.ts';
export type { CleaningOptions, DateForm, Finding, ImportedSales, ImportOptions, ImportReport } from './import/index.ts';
export { readHistory } from './import/index.ts';
export { type GlobalOptions, globalForecaster } from './methods/global.ts';
export { type MovingAverageOptions, movingAverageForecaster } from './methods/moving-average.ts';
export { naiveForecaster } from './methods/naive.ts';
export { coverage, type ForecastScores, meanScaledError, pinballLoss, type Scored, scoreForecasts, wape } from './metrics.ts';
export { type DemandStudy, METHODS, type MethodName, type OpenedMethod, openMethod, type StudyOptions, studyDemand } from './study.ts';
