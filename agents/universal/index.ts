export { boundsOf, type FamilyBounds, outsideFamily, whyNotLostSales } from './bounds.ts';
export { ITEM_FEATURES, itemFeatures, STATE_FEATURES, stateFeatures, stateLength, writeStateFeatures } from './features.ts';
export { type ItemFacts, type ItemPlace, itemFacts, LONGEST_LEAD_TIME } from './item-facts.ts';
export { bestOrder, KNOTS, knotStep, placeOf } from './order-scale.ts';
export { outsideReason, type UniversalOptions, universal } from './policy.ts';
export { type CappedLevels, fitRule, type RuleCoefficients, ridgeWeights, ruleLevels, ruleOrder } from './quick-rule.ts';
export { shippedUniversalNetwork } from './shipped.ts';
export { fitConfig, triesConfig, type UniversalConfig, universalConfigSchema } from './training/config.ts';
export { type ItemTries, type TrainingItem, type TriesConfig, trainingItem, triesLattice, tryItem } from './training/item-tries.ts';
export { type FamilyTries, type FitConfig, fitKnots, type KnotFit } from './training/knot-fit.ts';
export {
  type FoldedItem,
  holdsUniversalNetwork,
  restoreUniversalNetwork,
  UniversalNetwork,
  type UniversalParts,
} from './universal-network.ts';
