export type { LimitReport, Limits, SupplierMinimum } from './constraints/fit-to-limits.ts';
export { readSuppliers } from './constraints/read-suppliers.ts';
export { type Decided, type DecideOptions, type DecisionCounts, decide } from './decide/decide.ts';
export type { ItemOutcome, Outcome } from './decide/outcome.ts';
export type { Decision, Verdict } from './decide/read-decisions.ts';
export type { Challenge } from './monitor/challenge.ts';
export type { LiveCheck } from './monitor/check-live.ts';
export { type MonitorOptions, type MonitorResult, monitor } from './monitor/monitor.ts';
export { type RollBackResult, rollBack } from './monitor/roll-back.ts';
export type { UpdateResult } from './monitor/update-run.ts';
export type { Action, DriftedItem } from './monitor/verdict.ts';
export { type WatchedFile, type WatchOptions, watchFolder } from './monitor/watch-folder.ts';
export { openRecommendationMethod } from './recommend/open-method.ts';
export { type RecommendOptions, type RecommendResult, recommend } from './recommend/recommend.ts';
export type { CoverForecast, ItemState, Suggestion } from './recommend/suggestion.ts';
export type { ItemTerms } from './recommend/terms.ts';
export type { Finding, GroupError, Review } from './review/finding.ts';
export { type LanguageModel, type ModelOptions, openLanguageModel } from './review/language-model.ts';
export { type Rephrased, rephrase } from './review/rephrase.ts';
export { review } from './review/review.ts';
export { writePage } from './review/write-page.ts';
export type { NewerReading } from './store/kept-reading.ts';
export type { KeptPredictions } from './store/prediction-files.ts';
export {
  type KeptRecommendation,
  keepRecommendation,
  openRecommendation,
  type Recommendation,
  type RecommendationConfig,
} from './store/recommendation.ts';
export { suggestionsFileKind, writeSuggestions } from './store/suggestions-file.ts';
