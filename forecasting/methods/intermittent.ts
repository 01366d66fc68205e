import { roll, type SeriesMethod } from './series-method.ts';

export interface CrostonOptions {
  /** Smoothing constant of sizes and intervals. Default: 0.1. */
  readonly alpha?: number;
}

/** Croston's method (1972): sizes and intervals of the periods with demand are smoothed apart; their quotient is the forecast. */
export function croston({ alpha = 0.1 }: CrostonOptions = {}): SeriesMethod {
  return intervalMethod('croston', alpha, 1);
}

/** Syntetos and Boylan's approximation (2005): Croston's forecast less its bias, times 1 - alpha / 2. */
export function syntetosBoylan({ alpha = 0.1 }: CrostonOptions = {}): SeriesMethod {
  return intervalMethod('sba', alpha, 1 - alpha / 2);
}

function intervalMethod(name: string, alpha: number, factor: number): SeriesMethod {
  return {
    name,
    fit: () => ({
      parameters: { alpha },
      forecast(series, span, out) {
        let size = 0;
        let interval = 0;
        let waited = 0;
        roll(series, span, {
          learn: (value) => {
            waited++;
            if (!(value > 0)) return;
            size = interval > 0 ? size + alpha * (value - size) : value;
            interval = interval > 0 ? interval + alpha * (waited - interval) : waited;
            waited = 0;
          },
          write: (at) => out.fill(interval > 0 ? (factor * size) / interval : 0, at, at + span.horizon),
        });
      },
    }),
  };
}

export interface TsbOptions {
  /** Smoothing constant of the sizes. Default: 0.1. */
  readonly alphaSize?: number;
  /** Smoothing constant of the chance of demand. Default: 0.1. */
  readonly alphaChance?: number;
}

/** Teunter, Syntetos and Babai's method (2011): the chance of demand is smoothed in every period, so that what no longer sells fades out. */
export function tsb({ alphaSize = 0.1, alphaChance = 0.1 }: TsbOptions = {}): SeriesMethod {
  return {
    name: 'tsb',
    fit: () => ({
      parameters: { alphaSize, alphaChance },
      forecast(series, span, out) {
        let size = 0;
        let chance = 0;
        roll(series, span, {
          learn: (value, t) => {
            const sold = value > 0 ? 1 : 0;
            chance = t === 0 ? sold : chance + alphaChance * (sold - chance);
            if (sold) size = size > 0 ? size + alphaSize * (value - size) : value;
          },
          write: (at) => out.fill(chance * size, at, at + span.horizon),
        });
      },
    }),
  };
}
