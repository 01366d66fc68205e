/**
 * A distribution of counts: negative binomials (Poisson where variance and mean are equal, nothing but zero where the mean is 0), each taken with
 * its weight. Weights add up to 1. A zero-inflated negative binomial has a part with mean 0.
 */
export interface CountMixture {
  readonly weights: ArrayLike<number>;
  readonly means: ArrayLike<number>;
  /** Each at least its mean. */
  readonly variances: ArrayLike<number>;
}

/** Parts that a sum is told apart in; the unlikeliest of more are taken together. */
const MOST_PARTS = 24;

interface Part {
  readonly weight: number;
  readonly mean: number;
  readonly variance: number;
}

/**
 * Demand of several periods taken together: a part for every combination of the periods' parts, each a negative binomial with the sum's mean and
 * variance. Any two periods have the covariance common x mean x mean.
 */
export function sumOfPeriods(periods: readonly CountMixture[], common = 0): CountMixture {
  let sum: Part[] = [{ weight: 1, mean: 0, variance: 0 }];
  for (const period of periods) {
    const own = partsOf(period);
    const joined = sum.flatMap((a) =>
      own.map((b) => ({
        weight: a.weight * b.weight,
        mean: a.mean + b.mean,
        variance: a.variance + b.variance + 2 * common * a.mean * b.mean,
      })),
    );
    sum = withFewer(joined);
  }
  return {
    weights: sum.map(({ weight }) => weight),
    means: sum.map(({ mean }) => mean),
    variances: sum.map(({ variance }) => variance),
  };
}

function partsOf({ weights, means, variances }: CountMixture): Part[] {
  const parts: Part[] = [];
  for (let k = 0; k < weights.length; k++) if (weights[k] > 0) parts.push({ weight: weights[k], mean: means[k], variance: variances[k] });
  return parts;
}

function withFewer(parts: Part[]): Part[] {
  if (parts.length <= MOST_PARTS) return parts;
  const byWeight = [...parts].sort((a, b) => b.weight - a.weight);
  return [...byWeight.slice(0, MOST_PARTS - 1), together(byWeight.slice(MOST_PARTS - 1))];
}

/** One negative binomial with the moments of several. */
function together(parts: readonly Part[]): Part {
  let weight = 0;
  let mean = 0;
  for (const part of parts) {
    weight += part.weight;
    mean += part.weight * part.mean;
  }
  mean /= weight;
  const variance = parts.reduce((sum, part) => sum + part.weight * (part.variance + (part.mean - mean) ** 2), 0) / weight;
  return { weight, mean, variance };
}

export function mixtureMoments({ weights, means, variances }: CountMixture): { readonly mean: number; readonly variance: number } {
  return together(partsOf({ weights, means, variances }));
}
