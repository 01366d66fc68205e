import gammaln from '@stdlib/math-base-special-gammaln';

/** What a network is trained to make small, by the name that people use. */
export type LossName = 'squared' | 'negative-binomial' | 'pinball' | 'cross-entropy';

/** Quantile levels of the outputs of the pinball loss. */
export const PINBALL_LEVELS: readonly number[] = [0.1, 0.5, 0.9];

/** A loss of one row. Outputs are on the log scale, relative to the row's offset (the log level of the item), but for cross-entropy's logit. */
export interface Loss {
  readonly outputs: number;
  /** Returns the loss for `quantity` units and writes its derivatives by the outputs to gradient[0], gradient[1], ... */
  evaluate(outputs: Float64Array, offset: number, quantity: number, gradient: Float64Array): number;
}

export const LOSSES: Readonly<Record<LossName, Loss>> = {
  /** Of log(quantity + 0.5). */
  squared: {
    outputs: 1,
    evaluate(outputs, offset, quantity, gradient) {
      const miss = offset + outputs[0] - Math.log(quantity + 0.5);
      gradient[0] = miss;
      return 0.5 * miss * miss;
    },
  },
  /** Minus the log likelihood; outputs are the log mean less the offset, and the log dispersion. */
  'negative-binomial': {
    outputs: 2,
    evaluate(outputs, offset, quantity, gradient) {
      const log = offset + outputs[0];
      const mean = Math.exp(Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG, log)));
      const size = Math.exp(-Math.max(-LARGEST_DISPERSION, Math.min(LARGEST_DISPERSION, outputs[1])));
      const total = size + mean;
      const value =
        gammaln(size) - gammaln(quantity + size) - size * Math.log(size / total) - (quantity > 0 ? quantity * Math.log(mean / total) : 0);
      gradient[0] = Math.abs(log) < LARGEST_LOG ? (size * (mean - quantity)) / total : 0;
      const bySize = digamma(size) - digamma(quantity + size) - Math.log(size / total) + (quantity - mean) / total;
      gradient[1] = Math.abs(outputs[1]) < LARGEST_DISPERSION ? -size * bySize : 0;
      return value + gammaln(quantity + 1);
    },
  },
  /** Of quantiles of log(quantity + 0.5) at PINBALL_LEVELS. */
  pinball: {
    outputs: PINBALL_LEVELS.length,
    evaluate(outputs, offset, quantity, gradient) {
      let value = 0;
      for (let k = 0; k < PINBALL_LEVELS.length; k++) {
        const miss = Math.log(quantity + 0.5) - offset - outputs[k];
        gradient[k] = miss >= 0 ? -PINBALL_LEVELS[k] : 1 - PINBALL_LEVELS[k];
        value -= gradient[k] * miss;
      }
      return value;
    },
  },
  /** Of whether anything sells at all; the output is the logit of the chance. */
  'cross-entropy': {
    outputs: 1,
    evaluate(outputs, _, quantity, gradient) {
      const [logit] = outputs;
      const sells = quantity > 0 ? 1 : 0;
      gradient[0] = 1 / (1 + Math.exp(-logit)) - sells;
      return Math.max(0, logit) - sells * logit + Math.log1p(Math.exp(-Math.abs(logit)));
    },
  },
};

/** Log means, and log dispersions, stay within these either way. */
const LARGEST_LOG = 16;
const LARGEST_DISPERSION = 5;

/** Derivative of the log of the gamma function, for x > 0: recurrence up to 6, then the asymptotic series (Abramowitz and Stegun 1964, 6.3.18). */
export function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 6; at++) shift -= 1 / at;
  const square = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)));
}
