import { laneValues } from './per-lane.ts';
import type { RandomLeadTime } from './supply-spec.ts';
import { UserError } from './user-error.ts';

/** A lead time that is drawn, as the chance to arrive at each age. */
export interface LeadTimeHazard {
  readonly min: number;
  readonly max: number;
  readonly crossing: boolean;
  /** [age][lane] probability that an order arrives at that age, given that it has not arrived before. 1 at `max`. */
  readonly hazard: Float64Array;
  /** [lane] [periods] */
  readonly mean: Float64Array;
}

/**
 * Turns a distribution of lead times into chances by age: all that is known of an order on the way is its age, so nothing is drawn ahead of its time.
 * @throws UserError naming the field, its value and what was expected
 */
export function leadTimeHazard(spec: RandomLeadTime, { path, represents }: { path: string; represents: Int32Array }): LeadTimeHazard {
  const { values, probabilities, crossing = false } = spec;
  checkValues(values, probabilities.length, path);
  const lanes = represents.length;
  const min = Math.min(...values);
  const max = Math.max(...values);
  if (!crossing && min === 0 && max > 0) {
    throw new UserError(
      `${path}.values: 0; expected 1 or more where orders do not cross: an order that arrives at once overtakes; set crossing`,
    );
  }
  const hazard = new Float64Array((max + 1) * lanes);
  const mean = new Float64Array(lanes);
  for (const [k, probability] of probabilities.entries()) {
    const own = laneValues(probability, represents);
    for (let lane = 0; lane < lanes; lane++) {
      if (!(own[lane] >= 0)) throw new UserError(`${path}.probabilities.${k}: ${own[lane]}; expected a number from 0 to 1`);
      hazard[values[k] * lanes + lane] = own[lane];
      mean[lane] += values[k] * own[lane];
    }
  }
  for (let lane = 0; lane < lanes; lane++) toHazard(hazard, { lane, lanes, max, crossing, path });
  return { min, max, crossing, hazard, mean };
}

function checkValues(values: readonly number[], probabilities: number, path: string): void {
  if (values.length === 0) throw new UserError(`${path}.values: none; expected whole numbers of periods, such as [1, 2, 3]`);
  if (values.length !== probabilities) {
    throw new UserError(`${path}.probabilities: ${probabilities} for ${values.length} values; expected one for each`);
  }
  values.forEach((value, k) => {
    if (!(Number.isInteger(value) && value >= 0))
      throw new UserError(`${path}.values.${k}: ${value}; expected a whole number of periods, 0 or more`);
    if (values.indexOf(value) !== k)
      throw new UserError(`${path}.values.${k}: ${value} a second time; expected different values: add their probabilities`);
  });
}

interface LaneHazard {
  readonly lane: number;
  readonly lanes: number;
  readonly max: number;
  readonly crossing: boolean;
  readonly path: string;
}

function toHazard(hazard: Float64Array, { lane, lanes, max, crossing, path }: LaneHazard): void {
  let left = 1;
  let before = 0;
  for (let age = 0; age <= max; age++) {
    const i = age * lanes + lane;
    const probability = hazard[i];
    const chance = left > 1e-12 ? Math.min(1, probability / left) : 1;
    if (!crossing && chance < before - 1e-9) {
      throw new UserError(
        `${path}: the chance to arrive falls from ${before} to ${chance} at age ${age}; expected one that does not fall where orders do not cross: set crossing`,
      );
    }
    hazard[i] = age === max ? 1 : chance;
    before = chance;
    left -= probability;
  }
  if (Math.abs(left) > 1e-6) throw new UserError(`${path}.probabilities: they sum to ${1 - left}; expected 1`);
}
