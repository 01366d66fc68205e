import gammainc from '@stdlib/math-base-special-gammainc';
import type { CountMixture } from '../../env/index.ts';
import { cumulativeTable, farthest, mixtureMean, mixtureQuantile } from '../../forecasting/index.ts';

/** Demand of some periods taken together, ready to be asked many things. */
export interface CoverDemand {
  /** [units] */
  readonly mean: number;
  /** [units] the smallest number that demand stays within with more than this chance. */
  quantile(level: number): number;
  /** [units] expected to be left of a stock: E[max(0, stock - demand)]. */
  left(stock: number): number;
  /** [units] expected to lack: E[max(0, demand - stock)]. */
  lacking(stock: number): number;
}

/** Counts up to which a distribution is tabled. */
const LONGEST_TABLE = 20_000;

export function coverDemand(distribution: CountMixture): CoverDemand {
  return farthest(distribution) > LONGEST_TABLE ? largeDemand(distribution) : tabledDemand(distribution);
}

function tabledDemand(distribution: CountMixture): CoverDemand {
  const cumulative = cumulativeTable(distribution);
  const mean = mixtureMean(distribution);
  // left[s] = sum of P(demand <= k) for k below s.
  const table = new Float64Array(cumulative.length + 1);
  for (let k = 0; k < cumulative.length; k++) table[k + 1] = table[k] + cumulative[k];
  const left = (stock: number) => {
    if (!(stock > 0)) return 0;
    const whole = Math.floor(stock);
    if (whole >= cumulative.length) return Math.max(0, stock - mean);
    return table[whole] + (stock - whole) * cumulative[whole];
  };
  return {
    mean,
    left,
    lacking: (stock) => Math.max(0, mean - stock + left(stock)),
    quantile: (level) => {
      let low = 0;
      let high = cumulative.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle] > level) high = middle;
        else low = middle + 1;
      }
      return low;
    },
  };
}

/** Where counts are large each part is near a gamma distribution: E[max(0, s - D)] = s P(a, s / scale) - mean P(a + 1, s / scale). */
function largeDemand(distribution: CountMixture): CoverDemand {
  const { weights, means, variances } = distribution;
  const mean = mixtureMean(distribution);
  const left = (stock: number) => {
    if (!(stock > 0)) return 0;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      const scale = variances[k] / means[k];
      const shape = means[k] / scale;
      sum +=
        means[k] > 0
          ? weights[k] * (stock * gammainc(stock / scale, shape) - means[k] * gammainc(stock / scale, shape + 1))
          : weights[k] * stock;
    }
    return Math.max(0, sum);
  };
  return {
    mean,
    left,
    lacking: (stock) => Math.max(0, mean - stock + left(stock)),
    quantile: (level) => mixtureQuantile(distribution, level),
  };
}
