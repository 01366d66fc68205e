import betainc from '@stdlib/math-base-special-betainc';
import gammainc from '@stdlib/math-base-special-gammainc';
import { type CountMixture, countQuantile } from '../../env/index.ts';

/** One negative binomial. */
export function countDistribution(mean: number, variance: number): CountMixture {
  return { weights: [1], means: [mean], variances: [variance] };
}

/** A negative binomial that is zero with an extra chance. `mean` is that of the whole, `dispersion` (variance - mean) / mean^2 of its other part. */
export function zeroInflated(mean: number, dispersion: number, zeroShare: number): CountMixture {
  const part = mean / (1 - zeroShare);
  return { weights: [zeroShare, 1 - zeroShare], means: [0, part], variances: [0, part + dispersion * part * part] };
}

export function mixtureMean({ weights, means }: CountMixture): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * means[k];
  return sum;
}

export function mixtureVariance(mixture: CountMixture): number {
  const { weights, means, variances } = mixture;
  const mean = mixtureMean(mixture);
  let sum = 0;
  for (let k = 0; k < weights.length; k++) sum += weights[k] * (variances[k] + (means[k] - mean) ** 2);
  return sum;
}

/** P(demand <= k). */
export function mixtureCumulative({ weights, means, variances }: CountMixture, k: number): number {
  if (k < 0) return 0;
  let sum = 0;
  for (let part = 0; part < weights.length; part++) sum += weights[part] * countCumulative(means[part], variances[part], Math.floor(k));
  return sum;
}

/** The smallest k with P(demand <= k) > level, for a level in (0, 1). */
export function mixtureQuantile(mixture: CountMixture, level: number): number {
  const { weights, means, variances } = mixture;
  if (weights.length === 1) return countQuantile(means[0], variances[0], level);
  // The quantile of a mixture lies between the least and the largest of its parts'.
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (let part = 0; part < weights.length; part++) {
    if (weights[part] === 0) continue;
    const own = countQuantile(means[part], variances[part], level);
    low = Math.min(low, own);
    high = Math.max(high, own);
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (mixtureCumulative(mixture, middle) > level) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countCumulative(mean: number, variance: number, k: number): number {
  if (!(mean > 0)) return 1;
  const excess = variance - mean;
  if (!(excess > 1e-9 * mean)) return 1 - gammainc(mean, k + 1);
  const size = (mean * mean) / excess;
  return betainc(size / (size + mean), size, k + 1);
}
