import { createStream } from '../env/index.ts';

const RESAMPLES = 1000;

/** Errors of two methods on the same outcomes. [row] arrays, one entry per item, origin and period ahead. */
export interface PairedErrors {
  readonly items: number;
  readonly origins: number;
  readonly item: ArrayLike<number>;
  /** 0 for the first origin of the test, 1 for the next one, ... */
  readonly origin: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  /** Absolute error of the method less that of the reference. */
  readonly difference: ArrayLike<number>;
}

export interface DifferenceOptions {
  /** Origins next to each other that are drawn together: forecasts made at them are of the same periods. */
  readonly block: number;
  readonly seed: number;
}

/**
 * Difference in WAPE with a 90 % interval from a bootstrap over items and over blocks of origins at once (Efron and Tibshirani 1993; blocks that go
 * round: Politis and Romano 1992): items differ, and a week that is hard for one item is hard for others.
 */
export function pairedDifference(
  errors: PairedErrors,
  { block, seed }: DifferenceOptions,
): { mean: number; ci90: readonly [number, number] } {
  const { items, origins } = errors;
  const gain = new Float64Array(items * origins);
  const sold = new Float64Array(items * origins);
  for (let k = 0; k < errors.actual.length; k++) {
    const cell = errors.item[k] * origins + errors.origin[k];
    gain[cell] += errors.difference[k];
    sold[cell] += errors.actual[k];
  }
  const stream = createStream(seed, 'bootstrap');
  const times = new Float64Array(origins);
  const ratios = Array.from({ length: RESAMPLES }, () => {
    drawBlocks(times, Math.min(block, origins), (count) => stream.integer(count));
    let difference = 0;
    let total = 0;
    for (let n = 0; n < items; n++) {
      const start = stream.integer(items) * origins;
      for (let t = 0; t < origins; t++) {
        difference += times[t] * gain[start + t];
        total += times[t] * sold[start + t];
      }
    }
    return total > 0 ? difference / total : 0;
  }).sort((a, b) => a - b);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  return { mean: sum(gain) / sum(sold), ci90: [ratios[Math.floor(0.05 * RESAMPLES)], ratios[Math.ceil(0.95 * RESAMPLES) - 1]] };
}

/** Writes how often each origin is drawn: as many as there are, in blocks that go round. */
function drawBlocks(times: Float64Array, block: number, integer: (count: number) => number): void {
  times.fill(0);
  for (let drawn = 0; drawn < times.length; ) {
    const from = integer(times.length);
    for (let k = 0; k < block && drawn < times.length; k++, drawn++) times[(from + k) % times.length]++;
  }
}
