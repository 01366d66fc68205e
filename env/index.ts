export { ActionMasks, choiceCounts } from './action-masks.ts';
export { type ActionCodec, type ActionOptions, createActionCodec } from './actions.ts';
export { type CheckOptions, checkEnvironment } from './check-environment.ts';
export { compileNetwork } from './compile-network.ts';
export { COST_PARTS, type CostParts, partsInUse } from './costs.ts';
export {
  type CountMixture,
  countQuantile,
  countTable,
  createDemandProcess,
  type DemandProcess,
  DISTRIBUTIONS,
  type DistributionDefinition,
  distributionKey,
  distributionMean,
  distributionTable,
  distributionVariance,
  type EventPlan,
  expectation,
  isDiscrete,
  type LaneDistribution,
  laneDistribution,
  type Note,
  normalBelow,
  type ParameterRule,
  type ParameterRules,
  processPhases,
  readDistribution,
  readEvents,
  sumOfPeriods,
  typicalDemand,
} from './demand/index.ts';
export { createEnvironment, type Environment, type Info, type StepResult } from './environment.ts';
export { longestWays, longestWaysIn, suppliedBy } from './flow.ts';
export { quantityTaken } from './link-rules.ts';
export { type LotScale, lotScale } from './lot-scale.ts';
export type { Arc, Network, Node, Place, Route } from './network.ts';
export { linkIds } from './network-shape.ts';
export { createObservationEncoder, OBSERVATION_PARTS, type ObservationEncoder, type ObservationPart } from './observation.ts';
export { type IndexProcess, IndexRule, meanReverting, type OutsideIndex } from './outside-index.ts';
export { itemValue, laneValue, laneValues, ownLanes, type PerItem, type PerLane } from './per-lane.ts';
export { createStream, type RandomStream } from './random.ts';
export { layOutRandomness, type RandomLayout } from './random-rows.ts';
export {
  type AnnouncedNote,
  type Demand,
  type DemandCorrelation,
  type DemandProcessSpec,
  type Distribution,
  type EventKind,
  type EventNote,
  type ForecastPaths,
  type Item,
  type Link,
  type Location,
  type Returns,
  type Scenario,
  type Shortage,
  type Spread,
  SUPPLIER,
} from './scenario.ts';
export { Simulator } from './simulator.ts';
export type { ResetOptions, SimulatorOptions } from './simulator-options.ts';
export { type Box, componentCount, contains, type Discrete, type MultiDiscrete, type Space, sample } from './spaces.ts';
export { createSupplyEnvironment, environmentTerms, SupplyEnvironment, type SupplyEnvironmentOptions } from './supply-environment.ts';
export type { Allocation, Disruptions, PriceBreak, RandomLeadTime, RandomYield } from './supply-spec.ts';
export { spreadStart } from './typical-scale.ts';
export { UserError } from './user-error.ts';
export type { EnvironmentState, Lookahead, VectorEnvironment, VectorStep } from './vector-environment.ts';
export type { StateView } from './view.ts';
