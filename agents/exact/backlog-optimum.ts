import { UserError } from '../../env/index.ts';
import { sS } from '../baselines/index.ts';
import type { Policy } from '../policy.ts';
import { sumOfPeriods } from './demand-sums.ts';
import type { StockModel } from './stock-model.ts';
import { optimalReorderPolicy } from './zheng-federgruen.ts';

export interface BacklogOptimum {
  readonly costPerPeriod: number;
  readonly policy: Policy;
}

/** Does an (s, S) policy solve the model? One source, and all unmet demand waits: then stock and pipeline matter only through their sum. */
export function solvedByReorderPoint({ backlogged, leadTimes }: StockModel): boolean {
  return backlogged === 1 && leadTimes.length === 1;
}

/**
 * The best policy under full backlog with one source: (s, S) on the inventory position, whose cost is that of the period in which an order placed
 * now arrives, after the demand of the lead time and that period.
 */
export function backlogOptimum(model: StockModel): BacklogOptimum {
  const { demand, holdingCost, shortageCost, leadTimes, fixedCosts, unitCosts, transitCosts, meanDemand } = model;
  if (!(shortageCost > 0))
    throw new UserError(`shortage.cost ${shortageCost}: an exact solution needs one above 0, or nothing would ever be ordered`);
  const covered = sumOfPeriods(demand, leadTimes[0] + 1);
  const positionCost = (position: number): number => {
    let total = 0;
    for (let d = 0; d < covered.length; d++)
      total += covered[d] * (d < position ? holdingCost * (position - d) : shortageCost * (d - position));
    return total;
  };
  let cheapestPosition = 0;
  while (positionCost(cheapestPosition + 1) < positionCost(cheapestPosition)) cheapestPosition++;
  const { s, S, costPerPeriod } = optimalReorderPolicy({ fixedCost: fixedCosts[0], demand, positionCost, cheapestPosition });
  const perUnit = unitCosts[0] + transitCosts[0] * leadTimes[0];
  const { order } = sS({ s, S });
  return {
    costPerPeriod: costPerPeriod + perUnit * meanDemand,
    policy: { name: 'optimal', parameters: { solver: 'zheng-federgruen', s, S }, order },
  };
}
