export type { CoverForecast, ItemState, Suggestion } from './recommend/suggestion.ts';
export type { ItemTerms } from './recommend/terms.ts';
export type { KeptPredictions } from './store/prediction-files.ts';
export {
  type KeptRecommendation,
  keepRecommendation,
  openRecommendation,
  type Recommendation,
  type RecommendationConfig,
} from './store/recommendation.ts';
