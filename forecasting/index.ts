export {
  type BacktestOptions,
  type BacktestResult,
  backtest,
  type ClassScores,
  type MethodResult,
  type ScoredForecasts,
  type WapeDifference,
} from './backtest.ts';
export { cellError, numberCell, type Row, readTable, type Table } from './csv.ts';
export {
  countDistribution,
  coverDistribution,
  crps,
  cumulativeTable,
  type ForecastSpread,
  farthest,
  fitSpread,
  forecastDistribution,
  forecastQuantiles,
  mixtureCumulative,
  mixtureMean,
  mixtureQuantile,
  mixtureVariance,
  type PastForecasts,
  type PathOptions,
  QUANTILE_LEVELS,
  samplePaths,
  scaledSpread,
  spreadForecast,
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
  reduceVectors,
  type StaticOptions,
  sideBySide,
  staticEmbedder,
  type TextVectors,
  transformerEmbedder,
} from './embedding/index.ts';
export { type ExplainOptions, type Explanation, explainForecast, type NoteExplanation } from './explain.ts';
export {
  createFeatureSet,
  designRows,
  type FeatureGroup,
  type FeatureOptions,
  type FeatureRows,
  type FeatureSet,
  type HolidayCalendar,
  holidaysAround,
  loadHolidays,
  type RowOptions,
} from './features/index.ts';
export {
  type FitOptions,
  type FittedForecaster,
  type Forecast,
  type Forecaster,
  type ForecastParts,
  forecastPaths,
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
  soldBefore,
} from './history.ts';
export { cacheFolder } from './home.ts';
export type { CleaningOptions, DateForm, Finding, ImportedSales, ImportOptions, ImportReport } from './import/index.ts';
export {
  dayName,
  dayNumber,
  type ItemTable,
  type ItemTableOptions,
  importSales,
  markStockOuts,
  periodOfDay,
  readItemTable,
  startOfPeriod,
} from './import/index.ts';
export { ITEM_CLASSES, type ItemClass, itemClass } from './item-class.ts';
export { fitLogRidge, type LogRidge } from './log-ridge.ts';
export { type BlendOptions, blendedForecaster } from './methods/blended.ts';
export { type GlobalOptions, globalForecaster } from './methods/global.ts';
export {
  autoForecaster,
  CLASSICAL_METHODS,
  type ClassicalName,
  type CrostonOptions,
  classicalForecaster,
  combination,
  croston,
  deseasonalised,
  forecastEnd,
  type HoltWintersOptions,
  type HoltWintersState,
  holtWinters,
  isSeasonal,
  type OriginSpan,
  recentMean,
  recentMedian,
  type SeriesMethod,
  type SeriesModel,
  type SmoothingOptions,
  seasonalIndices,
  seasonalNaive,
  seriesForecaster,
  simpleSmoothing,
  standardTheta,
  syntetosBoylan,
  type ThetaOptions,
  type ThetaState,
  type TsbOptions,
  theta,
  tsb,
} from './methods/index.ts';
export { introducingForecaster } from './methods/introducing.ts';
export { type NetworkOptions, networkForecaster } from './methods/network.ts';
export { readingForecaster } from './methods/reading.ts';
export { type RidgeOptions, ridgeForecaster } from './methods/ridge.ts';
export { steadyForecaster } from './methods/steady.ts';
export {
  coverage,
  type ForecastScores,
  meanScaledError,
  pinballLoss,
  rootScaledError,
  type Scales,
  type Scored,
  scoreForecasts,
  wape,
} from './metrics.ts';
export {
  addGradient,
  createOptimiser,
  createSalesNetwork,
  digamma,
  LOSSES,
  type Loss,
  type LossName,
  type NetworkRows,
  type Optimiser,
  type OptimiserOptions,
  PINBALL_LEVELS,
  type SalesNetwork,
  type SalesNetworkShape,
  type TrainOptions as NetworkTraining,
  type TrainResult as NetworkTrainingResult,
  trainNetwork,
} from './network/index.ts';
export { type DifferenceOptions, type PairedErrors, pairedDifference } from './paired-difference.ts';
export { listPredictions, type Prediction, periodStart, writeForecast } from './predictions.ts';
export { quoted, writeCsv, writePredictions } from './predictions-file.ts';
export { principalDirections } from './principal-directions.ts';
export {
  type DemandStudy,
  METHODS,
  type MethodName,
  type MethodOptions,
  type OpenedMethod,
  openMethod,
  openMethods,
  type StudyOptions,
  studyDemand,
} from './study.ts';
export { type AnalogueOptions, type Analogues, findAnalogues } from './text/analogues.ts';
export {
  fitIntroductions,
  type Introduction,
  type IntroductionModel,
  introductionFeatures,
  type SellingItem,
} from './text/introductions.ts';
export type { HistoryTexts } from './text/note-reader.ts';
export { type ReadTexts, readTexts } from './text/read-texts.ts';
