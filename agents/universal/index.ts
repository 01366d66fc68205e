export { boundsOf, type FamilyBounds, outsideFamily, whyNotLostSales } from './bounds.ts';
export { ITEM_FEATURES, itemFeatures, STATE_FEATURES, stateFeatures, stateLength, writeStateFeatures } from './features.ts';
export { type ItemFacts, type ItemPlace, itemFacts, largestOrder } from './item-facts.ts';
export { bestOrder, KNOTS, orderScale, triedOrders } from './order-knots.ts';
export { outsideReason, type UniversalOptions, universal } from './policy.ts';
export { type CappedLevels, RULE_INPUTS, type RuleCoefficients, ridgeWeights, ruleInputs, ruleLevels, ruleTargets } from './quick-rule.ts';
export { shippedUniversalNetwork } from './shipped.ts';
export { fitConfig, triesConfig, type UniversalConfig, universalConfigSchema } from './training/config.ts';
export { type ItemTries, quickLevels, type TriesConfig, trainingFacts, tryItem } from './training/item-tries.ts';
export { type FamilyTries, type FitConfig, fitKnots, type KnotFit } from './training/knot-fit.ts';
export {
  type FoldedItem,
  holdsUniversalNetwork,
  restoreUniversalNetwork,
  UniversalNetwork,
  type UniversalParts,
} from './universal-network.ts';
