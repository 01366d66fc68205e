import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { estimate } from '../../experiments/index.ts';

/** What a policy costs in each lane, or what those of several trainings do. */
export interface Opponent {
  readonly name: string;
  /** [training][lane] [money/period] */
  readonly costs: readonly Float64Array[];
  /** [training] */
  readonly fillRates: readonly (number | null)[];
}

/** A policy's cost, and how much less it is than that of others [% of theirs]. Trainings of an opponent are a sample of what its training comes to. */
export function cheaperThan(own: Opponent, others: readonly Opponent[], items: number) {
  const { mean, ci95 } = estimate(own.costs[0], items);
  return {
    costPerPeriod: mean,
    ci95,
    fillRate: own.fillRates[0],
    others: others.map((other) => {
      const average = meanOf(other.costs);
      const { mean: cost } = estimate(average, items);
      const less = estimate(
        own.costs[0].map((value, lane) => value - average[lane]),
        items,
      );
      const percent = (money: number) => (100 * money) / Math.abs(cost);
      const trainings = other.costs.map((costs) => estimate(costs, items).mean);
      const half = halfWidth(less.ci95, trainings);
      return {
        policy: other.name,
        costPerPeriod: cost,
        trainings: trainings.length > 1 ? trainings : undefined,
        fillRate: meanOf(other.fillRates.map((rate) => [rate ?? Number.NaN]))[0],
        percent: percent(less.mean),
        ci95: half === null ? null : [percent(less.mean - half), percent(less.mean + half)],
      };
    }),
  };
}

function meanOf(rows: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from({ length: rows[0].length }, (_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
}

/** Of an interval: what lanes leave open and what trainings leave open, as independent errors. */
function halfWidth(ofLanes: readonly [number, number] | null, trainings: readonly number[]): number | null {
  if (ofLanes === null) return null;
  const half = (ofLanes[1] - ofLanes[0]) / 2;
  if (trainings.length < 2) return half;
  const { standardError } = estimate(trainings);
  return Math.hypot(half, tQuantile(0.975, trainings.length - 1) * (standardError ?? 0));
}
