import type { LaneDistribution } from '../../env/index.ts';
import { integrate } from './integrate.ts';

/** A period's demand on multiples of a step: entry k is the probability of k steps. */
export interface GridDemand {
  /** [units] */
  readonly step: number;
  readonly probability: Float64Array;
}

/** The probability that is left out beyond the end of a grid. */
const TAIL = 1e-11;

/** Demand in whole units as it is, a step being one unit. */
export function wholeUnits(demand: LaneDistribution): GridDemand {
  return { step: 1, probability: demand.table() };
}

/**
 * Continuous demand laid on a grid: each bit of probability goes to its two neighbours so that its mean stays. That spreads demand a little, so
 * the cost of a convex problem comes out too high, by a part that falls with the square of the step.
 */
export function onGrid(demand: LaneDistribution, step: number): GridDemand {
  const last = Math.ceil(demand.quantile(1 - TAIL) / step) + 1;
  const probability = new Float64Array(last + 1);
  let sum = 0;
  for (let k = 1; k <= last; k++) {
    const density = (offset: number) => (1 - Math.abs(offset)) * demand.likelihood((k + offset) * step) * step;
    probability[k] = integrate(density, -1, 0, 1e-14, 12) + integrate(density, 0, 1, 1e-14, 12);
    sum += probability[k];
  }
  probability[0] = Math.max(0, 1 - sum);
  return { step, probability };
}
