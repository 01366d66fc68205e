import { laneValues, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import { readRows } from './listed.ts';
import type { DemandProcess } from './process.ts';

export interface TrendOptions {
  readonly perPeriod: PerLane;
  readonly until: number;
  readonly compound?: boolean;
}

/** A base whose mean is multiplied by factors that come round again. */
export function seasonalDemand(base: DemandProcess, factors: readonly PerLane[], represents: Int32Array, path: string): DemandProcess {
  const cycle = readRows(factors, represents, `${path}.factors`);
  return modulatedDemand(base, represents.length, {
    at: (lane, period) => cycle[period % cycle.length][lane],
    levels: cycle,
  });
}

/** A base whose mean grows or shrinks up to a period and keeps that level. Its long run is that last level. */
export function trendingDemand(
  base: DemandProcess,
  { perPeriod, until, compound = false }: TrendOptions,
  represents: Int32Array,
  path: string,
): DemandProcess {
  if (!Number.isInteger(until) || until < 0) throw new UserError(`${path}.until: ${until}; expected a whole number of periods, 0 or more`);
  const growth = laneValues(perPeriod, represents);
  const at = (lane: number, period: number) => {
    const t = period < until ? period : until;
    return compound ? (1 + growth[lane]) ** t : 1 + growth[lane] * t;
  };
  for (let lane = 0; lane < growth.length; lane++) {
    const lowest = compound ? 1 + growth[lane] : at(lane, until);
    if (lowest >= 0 && Number.isFinite(at(lane, until))) continue;
    const fix = compound ? 'a number of -1 or more' : `at least ${-1 / until}, so that demand does not fall below 0 by period ${until}`;
    throw new UserError(`${path}.perPeriod: ${growth[lane]}; expected ${fix}`);
  }
  return modulatedDemand(base, represents.length, { at, levels: [growth.map((_, lane) => at(lane, until))] });
}

interface Modulation {
  readonly at: (lane: number, period: number) => number;
  /** [level][lane] the factors over which the long run is an average. */
  readonly levels: readonly Float64Array[];
}

/** Factors that follow from the period alone. */
function modulatedDemand(base: DemandProcess, lanes: number, { at, levels }: Modulation): DemandProcess {
  const own = new Float64Array(lanes);
  const factorsAt = (period: Int32Array, ahead: number, given?: Float64Array) => {
    for (let lane = 0; lane < lanes; lane++) own[lane] = at(lane, period[lane] + ahead) * (given ? given[lane] : 1);
    return own;
  };
  return {
    state: base.state,
    start: (lane, period, random) => base.start(lane, period, random),
    notes: (period, lane) => base.notes(period, lane),
    tabled: null,
    typicalIsPast: base.typicalIsPast,
    stationary: false,
    draw: (period, uniforms, demand, factors) => base.draw(period, uniforms, demand, factorsAt(period, 0, factors)),
    forecast: (period, ahead, mean, variance, factors) => base.forecast(period, ahead, mean, variance, factorsAt(period, ahead, factors)),
    typical(mean, variance, factors) {
      const sum = new Float64Array(lanes);
      const squares = new Float64Array(lanes);
      for (const level of levels) {
        for (let lane = 0; lane < lanes; lane++) own[lane] = level[lane] * (factors ? factors[lane] : 1);
        base.typical(mean, variance, own);
        for (let lane = 0; lane < lanes; lane++) {
          sum[lane] += mean[lane];
          squares[lane] += variance[lane] + mean[lane] * mean[lane];
        }
      }
      for (let lane = 0; lane < lanes; lane++) {
        mean[lane] = sum[lane] / levels.length;
        variance[lane] = Math.max(0, squares[lane] / levels.length - mean[lane] * mean[lane]);
      }
    },
  };
}
