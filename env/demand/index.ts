import type { DemandProcessSpec } from '../scenario.ts';
import { forecastDemand, replayedDemand } from './forecast-driven.ts';
import type { DemandProcess } from './process.ts';
import { stationaryDemand } from './stationary.ts';

export { countQuantile, countTable, distributionTable, distributionVariance } from './distribution.ts';
export type { DemandProcess } from './process.ts';

/** Makes the process that a scenario asks for, for a number of lanes. */
export function createDemandProcess(spec: DemandProcessSpec, lanes: number): DemandProcess {
  switch (spec.kind) {
    case 'stationary':
      return stationaryDemand(spec.distribution, lanes);
    case 'replay':
      return replayedDemand(spec.values, spec.forecasts, lanes);
    case 'forecast':
      return forecastDemand(spec.forecasts, lanes);
  }
}
