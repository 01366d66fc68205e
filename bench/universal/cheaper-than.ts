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

/**
 * A policy's cost, and how much less it is than that of others [% of theirs], each with its 95 % interval: that of a ratio of means over lanes (delta method). Trainings of an
 * opponent are a sample of what its training comes to: what they leave open is an error of its own, beside what lanes leave open.
 */
export function cheaperThan(own: Opponent, others: readonly Opponent[], items: number) {
  const { mean, ci95 } = estimate(own.costs[0], items);
  return {
    costPerPeriod: mean,
    ci95,
    fillRate: own.fillRates[0],
    others: others.map((other) => {
      const average = meanOf(other.costs);
      const cost = estimate(average, items).mean;
      const trainings = other.costs.map((costs) => estimate(costs, items).mean);
      const ratio = mean / cost;
      // Were the ratio the same in all lanes, it would be known for certain, however much costs differ.
      const apart = estimate(
        own.costs[0].map((value, lane) => value - ratio * average[lane]),
        items,
      );
      const percent = (100 * (mean - cost)) / Math.abs(cost);
      const half = hypotenuse(
        halfWidth(apart.ci95, 100 / Math.abs(cost)),
        trainings.length > 1 ? ofTrainings(trainings.map((one) => (100 * mean) / Math.abs(one))) : 0,
      );
      return {
        policy: other.name,
        costPerPeriod: cost,
        trainings: trainings.length > 1 ? trainings : undefined,
        fillRate: meanOf(other.fillRates.map((rate) => [rate ?? Number.NaN]))[0],
        percent,
        ci95: half === null ? null : [percent - half, percent + half],
      };
    }),
  };
}

function meanOf(rows: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from({ length: rows[0].length }, (_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
}

function halfWidth(ci95: readonly [number, number] | null, scale: number): number | null {
  return ci95 === null ? null : (scale * (ci95[1] - ci95[0])) / 2;
}

function ofTrainings(values: readonly number[]): number {
  return tQuantile(0.975, values.length - 1) * (estimate(values).standardError ?? 0);
}

function hypotenuse(one: number | null, other: number): number | null {
  return one === null ? null : Math.hypot(one, other);
}
