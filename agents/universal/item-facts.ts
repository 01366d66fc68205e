import { type Arc, type LaneDistribution, laneDistribution, type Node, type Scenario } from '../../env/index.ts';
import { criticalStock } from '../exact/index.ts';
import { coverLevels } from './cover-levels.ts';

/** Lead times that have a place among the features: 0 to this. [periods] */
export const LONGEST_LEAD_TIME = 8;

/** Means above this are worked in larger units, so that a fast mover looks like a slower one. [units/period] */
export const LARGEST_MEAN = 20;

/** What an order for an item depends on, beside its state: all that the universal network knows of it. Quantities are in the item's own unit. */
export interface ItemFacts {
  /** What a lost sale costs, its margin included, in holding costs of a unit and period. */
  readonly shortageRatio: number;
  /** [periods] */
  readonly leadTime: number;
  /** Units of the scenario in one of the item's own. */
  readonly unit: number;
  readonly mean: number;
  readonly sd: number;
  /** Variance over mean. */
  readonly varianceRatio: number;
  /** Chance of a period without demand. */
  readonly zeroShare: number;
  readonly skewness: number;
  /** Stocks that last for 1 to leadTime + 1 periods with the newsvendor's chance, between whole units too; see coverLevels. */
  readonly cover: Float64Array;
  /** The stock after ordering that is best, in the scenario's units, where a formula says it: the newsvendor's, without a lead time. */
  readonly upTo: number | null;
}

export interface ItemPlace {
  readonly scenario: Scenario;
  readonly node: Node;
  readonly arc: Arc;
  readonly lane: number;
  /** The lane of the scenario that it stands for. */
  readonly represents: number;
}

/**
 * The facts of one lane's item. Costs that are all multiplied by one number leave them as they are. A mean above `largestMean` is brought down to it by
 * taking several units for one.
 */
export function itemFacts({ scenario, node, arc, lane, represents }: ItemPlace, largestMean = LARGEST_MEAN): ItemFacts {
  const { process } = scenario.demand[node.demand];
  if (process.kind !== 'stationary') throw new RangeError(`demand of kind "${process.kind}" has no facts of its own`);
  const lost = node.shortageCost[lane] + node.price[lane] - arc.unitCost[lane];
  // Rounded, so that costs in another currency give the same number to the last bit.
  const shortageRatio = Math.fround(lost / node.holdingCost[lane]);
  const leadTime = arc.leadTime[lane];
  const distribution = laneDistribution(process.distribution, represents);
  const facts = demandFacts(distribution, largestMean);
  return {
    shortageRatio,
    leadTime,
    ...facts,
    cover: coverOf(distribution, { shortageRatio, leadTime, unit: facts.unit }),
    upTo: leadTime === 0 ? criticalStock({ demand: distribution, overage: 1, underage: shortageRatio }) : null,
  };
}

type Given = 'shortageRatio' | 'leadTime';
type DemandFacts = Omit<ItemFacts, Given | 'cover' | 'upTo'>;

/** Nothing where it cannot be told, or would take long: such items are nobody's. */
function coverOf(distribution: LaneDistribution, { shortageRatio, leadTime, unit }: Pick<ItemFacts, Given | 'unit'>): Float64Array {
  if (!distribution.isDiscrete || !(shortageRatio > 0) || leadTime > LONGEST_LEAD_TIME) return new Float64Array(0);
  return coverLevels(distribution.table(), shortageRatio / (shortageRatio + 1), leadTime + 1).map((units) => units / unit);
}

function demandFacts(distribution: LaneDistribution, largestMean: number): DemandFacts {
  const { mean, variance } = distribution;
  const unit = Math.max(1, mean / largestMean);
  const sd = Math.sqrt(variance);
  return {
    unit,
    mean: mean / unit,
    sd: sd / unit,
    varianceRatio: variance / mean / unit,
    ...shapeOf(distribution, sd),
  };
}

function shapeOf(distribution: LaneDistribution, sd: number): Pick<DemandFacts, 'zeroShare' | 'skewness'> {
  if (!distribution.isDiscrete) return { zeroShare: Number.NaN, skewness: Number.NaN };
  const { mean } = distribution;
  const table = distribution.table();
  let third = 0;
  for (let k = 0; k < table.length; k++) third += table[k] * (k - mean) ** 3;
  return { zeroShare: table[0], skewness: third / sd ** 3 };
}
