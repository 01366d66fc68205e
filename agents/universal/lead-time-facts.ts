import type { Arc } from '../../env/index.ts';

/** Lead times that have a place among the features: 0 to this. [periods] */
export const LONGEST_LEAD_TIME = 8;
export const LEAD_TIMES = LONGEST_LEAD_TIME + 1;

export interface LeadTimeFacts {
  /** [periods] on average. */
  readonly leadTime: number;
  /** [periods²] 0 where it is known. */
  readonly leadTimeVariance: number;
  /** [periods] of the slowest order. */
  readonly longest: number;
  /** [periods] chance of each lead time from 0 to LONGEST_LEAD_TIME. */
  readonly leadTimes: Float64Array;
  /** May a later order overtake an earlier one? */
  readonly crossing: boolean;
}

/** What is known of how long a lane's orders take; of what is longer than LONGEST_LEAD_TIME only that. */
export function leadTimeFacts({ leadTime, randomLeadTime }: Pick<Arc, 'leadTime' | 'randomLeadTime'>, lane: number): LeadTimeFacts {
  const leadTimes = new Float64Array(LEAD_TIMES);
  if (randomLeadTime === null) {
    const periods = leadTime[lane];
    if (periods <= LONGEST_LEAD_TIME) leadTimes[periods] = 1;
    return { leadTime: periods, leadTimeVariance: 0, longest: periods, leadTimes, crossing: false };
  }
  const { max, hazard, crossing } = randomLeadTime;
  const lanes = leadTime.length;
  let [left, mean, square, longest] = [1, 0, 0, 0];
  for (let age = 0; age <= max; age++) {
    const chance = left * hazard[age * lanes + lane];
    left -= chance;
    if (chance <= 0) continue;
    mean += chance * age;
    square += chance * age * age;
    longest = age;
    if (age <= LONGEST_LEAD_TIME) leadTimes[age] = chance;
  }
  const leadTimeVariance = Math.max(0, square - mean * mean);
  return { leadTime: mean, leadTimeVariance: leadTimeVariance < 1e-9 ? 0 : leadTimeVariance, longest, leadTimes, crossing };
}

/** Chance that an order is received at an age, given that it was not before. */
export function hazards({ leadTimes, longest }: Pick<LeadTimeFacts, 'leadTimes' | 'longest'>): Float64Array {
  const chances = new Float64Array(longest + 1);
  let left = 1;
  for (let age = 0; age <= longest; age++) {
    chances[age] = age === longest || left < 1e-12 ? 1 : Math.min(1, leadTimes[age] / left);
    left -= leadTimes[age];
  }
  return chances;
}

/** [ahead] chance that an order of an age, not received yet, is received so many periods from now: 1 is the next. */
export function arrivalChances(facts: Pick<LeadTimeFacts, 'leadTimes' | 'longest'>, age: number): Float64Array {
  const hazard = hazards(facts);
  const chances = new Float64Array(facts.longest + 1);
  let left = 1;
  for (let later = age + 1; later <= facts.longest; later++) {
    chances[later - age] = left * hazard[later];
    left *= 1 - hazard[later];
  }
  return chances;
}
