import type { IndexLevels } from '../index-levels.ts';
import { laneValues, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import type { DemandProcess } from './process.ts';
import { UncertainFactors } from './uncertain-factors.ts';

export interface IndexDrivenOptions {
  /** Id of an index. */
  readonly id: string;
  readonly elasticity: PerLane;
  readonly indices: IndexLevels;
}

/** A base whose mean is multiplied by an outside index to the power of an elasticity. The index of the present period is known when an order is due. */
export function indexDemand(
  base: DemandProcess,
  { id, elasticity, indices }: IndexDrivenOptions,
  represents: Int32Array,
  path: string,
): DemandProcess {
  const lanes = represents.length;
  const powers = laneValues(elasticity, represents);
  const wrong = powers.find((power) => !Number.isFinite(power));
  if (wrong !== undefined) throw new UserError(`${path}.elasticity: ${wrong}; expected a number`);
  const place = indices.placeOf(id);
  const rule = indices.rules[place];
  const states = indices.states.subarray(place * lanes, (place + 1) * lanes);
  const factors = new UncertainFactors(lanes);
  const readPresent = (given?: Float64Array) => {
    for (let lane = 0; lane < lanes; lane++) {
      factors.certain[lane] = rule.moment(powers[lane], 0)[states[lane]] * (given ? given[lane] : 1);
      factors.at(lane).fill(1);
    }
  };
  const readMoments = (of: (lane: number, power: number) => number, given?: Float64Array) => {
    for (let lane = 0; lane < lanes; lane++) {
      factors.certain[lane] = given ? given[lane] : 1;
      const moments = factors.at(lane);
      moments[0] = of(lane, powers[lane]);
      moments[1] = of(lane, 2 * powers[lane]);
    }
  };
  return {
    state: base.state,
    start: (lane, period, random) => base.start(lane, period, random),
    notes: (period, lane) => base.notes(period, lane),
    tabled: null,
    stationary: false,
    draw(period, uniforms, demand, given) {
      readPresent(given);
      base.draw(period, uniforms, demand, factors.certain);
    },
    forecast(period, ahead, mean, variance, given) {
      if (ahead === 0) readPresent(given);
      else readMoments((lane, power) => rule.moment(power, ahead)[states[lane]], given);
      factors.apply((m, v, f) => base.forecast(period, ahead, m, v, f), mean, variance);
    },
    typical(mean, variance, given) {
      readMoments((_, power) => rule.typical(power), given);
      factors.apply((m, v, f) => base.typical(m, v, f), mean, variance);
    },
  };
}
