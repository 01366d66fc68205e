import type { RunTerms } from './item-run.ts';

/**
 * [units] what a period costs on average that begins with so much stock to sell, 0, 1, 2, ...: what is left over is held, what is lacking is lost or waits. Between whole
 * units the line through both is exact, as demand is whole. To count this in place of what happened leaves the mean as it is, and much of the noise away.
 */
export function periodCosts(
  { lostRatio, waitRatio, waits }: Pick<RunTerms, 'lostRatio' | 'waitRatio' | 'waits'>,
  table: Float64Array,
): Float64Array {
  const short = shortCost({ lostRatio, waitRatio, waits });
  let mean = 0;
  for (let demand = 0; demand < table.length; demand++) mean += demand * table[demand];
  const costs = new Float64Array(table.length + 1);
  costs[0] = short * mean;
  // One unit more is left over where demand is below, and is sold where it is not.
  for (let stock = 1, below = 0; stock < costs.length; stock++) {
    below += table[stock - 1];
    costs[stock] = costs[stock - 1] + below - short * (1 - below);
  }
  return costs;
}

/** Of a unit that is lacking, in the period. */
export function shortCost({ lostRatio, waitRatio, waits }: Pick<RunTerms, 'lostRatio' | 'waitRatio' | 'waits'>): number {
  return (waits < 1 ? (1 - waits) * lostRatio : 0) + (waits > 0 ? waits * waitRatio : 0);
}
