import type { Scenario } from '../env/index.ts';
import type { ScenarioDocument } from './schema.ts';
import { type LaneData, toScenario } from './to-scenario.ts';

/** One item that sells one a period. */
const ITEM: LaneData = {
  items: [{ id: 'item' }],
  prices: Float64Array.of(1),
  meanDemand: Float64Array.of(1),
  process: { kind: 'stationary', distribution: { name: 'poisson', mean: 1 } },
};

/** A catalogue's scenario with a made-up item in place of its data, which take seconds to read and forecast: for questions that its links and stock points alone answer. */
export function standInScenario(document: ScenarioDocument): Scenario {
  return toScenario(document, ITEM);
}
