import type { DemandProcessSpec } from '../scenario.ts';
import { forecastDemand, replayedDemand } from './forecast-driven.ts';
import type { DemandProcess } from './process.ts';
import { stationaryDemand } from './stationary.ts';

export { countQuantile, countTable, distributionTable, distributionVariance } from './distribution.ts';
export type { DemandProcess } from './process.ts';

/** Makes the process that a scenario asks for, for lanes that stand for the given ones. */
export function createDemandProcess(spec: DemandProcessSpec, represents: Int32Array): DemandProcess {
  switch (spec.kind) {
    case 'stationary':
      return stationaryDemand(spec.distribution, represents);
    case 'replay':
      return replayedDemand(spec.values, spec.forecasts, represents);
    case 'forecast':
      return forecastDemand(spec.forecasts, represents);
  }
}
