export { normalBelow } from './continuous.ts';
export { type CountMixture, sumOfPeriods } from './count-mixture.ts';
export { countQuantile, countTable } from './counts.ts';
export { createDemandProcess } from './create-process.ts';
export { DISTRIBUTIONS, type DistributionDefinition } from './definitions.ts';
export {
  distributionKey,
  distributionMean,
  distributionTable,
  distributionVariance,
  isDiscrete,
  laneDistribution,
  readDistribution,
} from './distribution.ts';
export { type EventPlan, readEvents } from './event-plan.ts';
export type { LaneDistribution } from './lane-distribution.ts';
export { NodeDemands } from './node-demands.ts';
export { expectation, type ParameterRule, type ParameterRules } from './parameters.ts';
export type { DemandProcess, Note } from './process.ts';
export { processPhases, typicalDemand } from './process-facts.ts';
