import { sumOfPeriods } from './demand-sums.ts';
import type { GridDemand } from './grid-demand.ts';

/** A stage of a serial system. */
export interface Stage {
  /** [periods] from the stage above, or from the source, as this environment counts: an order of period t is received at the start of t + leadTime. */
  readonly leadTime: number;
  /** [money/unit/period] what holding a unit here costs more than holding it one stage up. */
  readonly echelonHoldingCost: number;
}

export interface SerialProblem {
  /** The stage that customers buy from first. */
  readonly stages: readonly Stage[];
  /** [money/unit/period] of backlog. */
  readonly shortageCost: number;
  readonly demand: GridDemand;
}

export interface SerialOptimum {
  /** [stage] echelon order-up-to levels [units]. */
  readonly levels: readonly number[];
  /** [money/period] holding, with stock on the way at its sender's holding cost, and shortage. */
  readonly costPerPeriod: number;
}

/**
 * Echelon base stock levels and their cost, stage by stage from the customers up: each stage minimises a convex function of its echelon position, and
 * what a lower position would cost is the penalty that the next stage up is charged (Clark and Scarf 1960, "Optimal policies for a multi-echelon
 * inventory problem"). In this environment a stage's stock at the end of a period is its position less the demand of leadTime + 1 periods, of which
 * the last one comes after the stage below has been sent its share.
 */
export function solveSerial({ stages, shortageCost, demand }: SerialProblem): SerialOptimum {
  const { step, probability } = demand;
  const meanSteps = probability.reduce((sum, p, k) => sum + k * p, 0);
  const totalHolding = stages.reduce((sum, { echelonHoldingCost }) => sum + echelonHoldingCost, 0);
  const longest = stages.reduce((sum, { leadTime }) => sum + leadTime, 1) * (probability.length - 1);
  const offset = longest;
  const positions = 2 * longest + 2;
  const backlogPrice = (shortageCost + totalHolding) * step;
  let penalty: Float64Array = Float64Array.from({ length: positions }, (_, i) => backlogPrice * Math.max(0, offset - i));
  let costPerPeriod = 0;
  const levels = stages.map(({ leadTime, echelonHoldingCost }, j) => {
    const ahead = sumOfPeriods(probability, leadTime + (j === 0 ? 1 : 0));
    const slope = backlogPrice - lowerHolding(stages, j) * step;
    const expected = expectedAfter(penalty, ahead, slope);
    for (let i = 0; i < positions; i++) expected[i] += echelonHoldingCost * step * (i - offset - (leadTime + 1) * meanSteps);
    const best = indexOfLeast(expected);
    costPerPeriod = expected[best];
    penalty = expected.fill(costPerPeriod, best);
    return (best - offset) * step;
  });
  return { levels, costPerPeriod };
}

/** What the stages below j have already taken off the slope of the penalty far down. */
function lowerHolding(stages: readonly Stage[], j: number): number {
  return stages.slice(0, j).reduce((sum, { echelonHoldingCost }) => sum + echelonHoldingCost, 0);
}

/** E f(x - D) for every position x of a table; below its start f goes on in a straight line that rises by `slope` a step. */
function expectedAfter(f: Float64Array, demand: Float64Array, slope: number): Float64Array {
  const result = new Float64Array(f.length);
  for (let i = 0; i < f.length; i++) {
    let total = 0;
    for (let d = 0; d < demand.length; d++) {
      const at = i - d;
      total += demand[d] * (at >= 0 ? f[at] : f[0] - slope * at);
    }
    result[i] = total;
  }
  return result;
}

function indexOfLeast(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[best]) best = i;
  return best;
}
