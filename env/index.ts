export { countQuantile, countTable, distributionTable, distributionVariance } from './demand/index.ts';
export { type Arc, compileNetwork, type Network, type Node } from './network.ts';
export { itemValue, laneValue, laneValues, type PerItem, type PerLane } from './per-lane.ts';
export { createStream, type RandomStream } from './random.ts';
export {
  type Demand,
  type DemandProcessSpec,
  type Distribution,
  type ForecastPaths,
  type Item,
  type Link,
  type Location,
  type Scenario,
  type Shortage,
  SUPPLIER,
} from './scenario.ts';
export { COST_PARTS, type CostParts, type ResetOptions, Simulator, type SimulatorOptions } from './simulator.ts';
export { type Box, componentCount, contains, type Discrete, type MultiDiscrete, type Space, sample } from './spaces.ts';
export { UserError } from './user-error.ts';
export type { EnvironmentState, Lookahead, VectorEnvironment, VectorStep } from './vector-environment.ts';
export type { StateView } from './view.ts';
