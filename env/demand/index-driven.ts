import type { IndexLevels } from '../index-levels.ts';
import { laneValues, type PerLane } from '../per-lane.ts';
import { UserError } from '../user-error.ts';
import type { DemandProcess } from './process.ts';
import { UncertainFactors } from './uncertain-factors.ts';

export interface IndexDrivenOptions {
  /** Id of an index. */
  readonly id: string;
  readonly elasticity: PerLane;
  /** Do forecasts know how the index moves? If not, they take it to stay where it is. */
  readonly foreseen: boolean;
  readonly indices: IndexLevels;
}

/** A base whose mean is multiplied by an outside index to the power of an elasticity. The index of the present period is known when an order is due. */
export function indexDemand(
  base: DemandProcess,
  { id, elasticity, foreseen, indices }: IndexDrivenOptions,
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
    let row = rule.moment(powers[0], 0);
    for (let lane = 0; lane < lanes; lane++) {
      if (lane > 0 && powers[lane] !== powers[lane - 1]) row = rule.moment(powers[lane], 0);
      factors.certain[lane] = row[states[lane]] * (given ? given[lane] : 1);
      factors.at(lane).fill(1);
    }
  };
  const readAhead = (ahead: number, given?: Float64Array) => {
    let means = rule.moment(powers[0], ahead);
    let squares = rule.moment(2 * powers[0], ahead);
    for (let lane = 0; lane < lanes; lane++) {
      // Looked for where lanes differ only: most do not.
      if (lane > 0 && powers[lane] !== powers[lane - 1]) {
        means = rule.moment(powers[lane], ahead);
        squares = rule.moment(2 * powers[lane], ahead);
      }
      factors.certain[lane] = given ? given[lane] : 1;
      const moments = factors.at(lane);
      moments[0] = means[states[lane]];
      moments[1] = squares[states[lane]];
    }
  };
  const readTypical = (given?: Float64Array) => {
    for (let lane = 0; lane < lanes; lane++) {
      factors.certain[lane] = given ? given[lane] : 1;
      const moments = factors.at(lane);
      moments[0] = rule.typical(powers[lane]);
      moments[1] = rule.typical(2 * powers[lane]);
    }
  };
  return {
    state: base.state,
    start: (lane, period, random) => base.start(lane, period, random),
    notes: (period, lane) => base.notes(period, lane),
    tabled: null,
    typicalIsPast: base.typicalIsPast,
    stationary: false,
    draw(period, uniforms, demand, given) {
      readPresent(given);
      base.draw(period, uniforms, demand, factors.certain);
    },
    forecast(period, ahead, mean, variance, given) {
      if (ahead === 0 || !foreseen) readPresent(given);
      else readAhead(ahead, given);
      factors.apply((m, v, f) => base.forecast(period, ahead, m, v, f), mean, variance);
    },
    typical(mean, variance, given) {
      readTypical(given);
      factors.apply((m, v, f) => base.typical(m, v, f), mean, variance);
    },
  };
}
