import { IndexLevels, indicesOf } from '../index-levels.ts';
import { UserError } from '../user-error.ts';
import { EventDemand } from './events.ts';
import { forecastDemand, replayedDemand } from './forecast-driven.ts';
import { indexDemand } from './index-driven.ts';
import { listedDemand } from './listed.ts';
import { MarkovDemand } from './markov.ts';
import { seasonalDemand, trendingDemand } from './modulated.ts';
import type { DemandProcess } from './process.ts';
import type { DemandProcessSpec } from './spec.ts';
import { stationaryDemand } from './stationary.ts';

/**
 * Makes the process that a scenario asks for, for lanes that stand for the given ones. `path` is where it stands in its scenario; `indices`: where those
 * stand that it follows, kept and moved on by whoever runs it; left out, they stay where lanes start.
 * @throws UserError naming the field, its value and what was expected
 */
export function createDemandProcess(
  spec: DemandProcessSpec,
  represents: Int32Array,
  path = 'demand',
  indices: IndexLevels = ownIndices(spec, represents.length),
): DemandProcess {
  const base = (inner: DemandProcessSpec) => createDemandProcess(inner, represents, path, indices);
  switch (spec.kind) {
    case 'stationary':
      return stationaryDemand(spec.distribution, represents, path);
    case 'replay':
      return replayedDemand(spec, represents, path);
    case 'forecast':
      return forecastDemand(spec, represents, path);
    case 'list':
      return listedDemand(spec, represents, path);
    case 'seasonal':
      return seasonalDemand(base(spec.base), spec.factors, represents, path);
    case 'trend':
      return trendingDemand(base(spec.base), spec, represents, path);
    case 'markov':
      return new MarkovDemand(spec, represents, path);
    case 'events':
      return new EventDemand(base(spec.base), spec, represents, path);
    case 'index':
      return indexDemand(
        base(spec.base),
        { id: spec.index.id, elasticity: spec.elasticity, foreseen: spec.foreseen ?? true, indices },
        represents,
        path,
      );
    default:
      throw unknownKind(spec, path);
  }
}

function unknownKind(spec: never, path: string): UserError {
  return new UserError(`${path}: ${JSON.stringify(spec)}; expected a demand process with a known kind`);
}

function ownIndices(process: DemandProcessSpec, lanes: number): IndexLevels {
  return new IndexLevels(indicesOf({ links: [], demand: [{ location: '', process }] }), lanes);
}
