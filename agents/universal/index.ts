export { boundsOf, type FamilyBounds, outsideFamily } from './bounds.ts';
export {
  ITEM_FEATURES,
  itemFeatures,
  STATE_FEATURES,
  stateFeatures,
  stateLength,
  writeRuleNumbers,
  writeStateFeatures,
} from './features.ts';
export { fitRule, guessedRule, type RuleCoefficients } from './guessed-rule.ts';
export { chooseNetwork } from './item-desk.ts';
export { type FactsOptions, factsIn, type ItemFacts, type ItemPlace, itemFacts, itemPlace } from './item-facts.ts';
export { LONGEST_LEAD_TIME } from './lead-time-facts.ts';
export { bestOrder, MOST_TRIED, OUTPUTS, orderScale, placeOf } from './order-scale.ts';
export { outsideReason, type UniversalOptions, universal } from './policy.ts';
export { levelBasis, type QuickLevels, type QuickRule, quickLevels } from './quick-rule.ts';
export { shippedFamilies, shippedUniversalNetwork, shippedUniversalNetworks } from './shipped.ts';
export { whyNotAnyItem } from './structure.ts';
export { fitConfig, triesConfig, type UniversalConfig, universalConfigSchema } from './training/config.ts';
export { type FitTask, type HalfGradient, HalfGradients } from './training/half-gradients.ts';
export { type ItemTries, tryItem, tryPaths } from './training/item-tries.ts';
export { type FitConfig, fitKnots, type OtherHalf } from './training/knot-fit.ts';
export type { FamilyTries } from './training/target-rows.ts';
export { type TrainingItem, trainingItem } from './training/training-item.ts';
export type { TriesConfig } from './training/tries-config.ts';
export { tunedParameterCount } from './training/tuned-shape.ts';
export { holdsUniversalNetwork, restoreUniversalNetwork, saveUniversalNetwork } from './universal-archive.ts';
export { type FoldedItem, UniversalNetwork, type UniversalParts } from './universal-network.ts';
