import type { CountMixture } from '../../env/index.ts';
import { mixtureCumulative, type ScoredForecasts } from '../../forecasting/index.ts';

export const PIT_BINS = 10;
/** Central intervals that are looked at. */
const INTERVALS = [0.5, 0.8, 0.9, 0.95] as const;

export interface Calibration {
  readonly method: string;
  /** Forecasts looked at: items times periods times how far ahead. */
  readonly forecasts: number;
  /** Chance of what happened or less, as the forecasts had it, counted in bins of equal width; each would be 1 if they were right. */
  readonly bins: readonly number[];
  /** Part of what happened that was to lie within the interval, and that did. */
  readonly coverage: readonly { readonly level: number; readonly observed: number }[];
}

/**
 * How forecasts' distributions agree with what happened, by the non-randomised probability integral transform for counts (Czado, Gneiting and Held
 * 2009): an outcome counts in parts over all chances that it stands for, so that right forecasts of small counts give an even histogram too.
 */
export function calibrationOf({
  method,
  scored,
}: {
  readonly method: string;
  readonly scored: Pick<ScoredForecasts, 'actual' | 'distributions'>;
}): Calibration {
  const steps = Array.from({ length: PIT_BINS + 1 }, (_, k) => k / PIT_BINS);
  const levels = [...steps, ...INTERVALS.flatMap((level) => [(1 - level) / 2, (1 + level) / 2])];
  const below = new Float64Array(levels.length);
  scored.distributions.forEach((distribution, k) => {
    addShares(below, levels, distribution, scored.actual[k]);
  });
  const count = scored.distributions.length;
  const share = (at: number) => below[at] / count;
  return {
    method,
    forecasts: count,
    bins: Array.from({ length: PIT_BINS }, (_, k) => PIT_BINS * (share(k + 1) - share(k))),
    coverage: INTERVALS.map((level, k) => {
      const low = steps.length + 2 * k;
      return { level, observed: share(low + 1) - share(low) };
    }),
  };
}

/** For each level, the part of an outcome's chances that lies below it. */
function addShares(below: Float64Array, levels: readonly number[], distribution: CountMixture, actual: number): void {
  const from = mixtureCumulative(distribution, actual - 1);
  const to = mixtureCumulative(distribution, actual);
  for (let k = 0; k < levels.length; k++) {
    below[k] += to > from ? Math.min(1, Math.max(0, (levels[k] - from) / (to - from))) : Number(levels[k] >= to);
  }
}
