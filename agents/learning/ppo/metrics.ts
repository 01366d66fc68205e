import type { Metrics } from '../trainer.ts';
import type { Rollout } from './rollout.ts';
import type { UpdateSums } from './update.ts';

/** Part of the variance of the returns that the critic foretold: 1 is perfect, 0 no better than their mean. */
export function explainedVariance({ returns, values }: Pick<Rollout, 'returns' | 'values'>): number {
  const errors = returns.map((value, row) => value - values[row]);
  const total = variance(returns);
  return total > 0 ? 1 - variance(errors) / total : 0;
}

export function ppoMetrics({
  sums,
  rates,
  meanReward,
  explained,
}: {
  readonly sums: UpdateSums;
  readonly rates: { readonly learningRate: number; readonly entropy: number };
  readonly meanReward: number;
  readonly explained: number;
}): Metrics {
  return {
    reward: meanReward,
    policyLoss: sums.policyLoss / sums.rows,
    valueLoss: sums.valueLoss / sums.rows,
    entropy: sums.entropy / sums.rows,
    divergence: sums.divergence / sums.rows,
    clipFraction: sums.clipped / sums.rows,
    explainedVariance: explained,
    actorGradientNorm: sums.actorNorm / sums.minibatches,
    criticGradientNorm: sums.criticNorm / sums.minibatches,
    learningRate: rates.learningRate,
    entropyWeight: rates.entropy,
  };
}

function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
