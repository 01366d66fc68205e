import type { Space } from '../../env/index.ts';

/** How a network's outputs become the logits of one component of the action: whole numbers 0 to count - 1. */
export interface ActionHead {
  readonly count: number;
  /** Network outputs that it reads, from `at` on. */
  readonly outputs: number;
  /** Learned numbers of its own, beside the network: their first values. */
  readonly free: readonly number[];
  /** Writes `count` logits into `into` from `to` on. */
  logits(outputs: Float32Array, at: number, free: Float32Array, into: Float64Array, to: number): void;
  /** Writes the logits less the largest one, and their exponentials: a head that knows a quicker way than one exponential a choice takes it. */
  weigh(outputs: Float32Array, at: number, free: Float32Array, into: Weighed, to: number): void;
  /** Adds, to the gradients by outputs and by free numbers, what the gradient by the logits (from `from` on) asks for. */
  chain(args: ChainArguments): void;
  /** The likeliest action, of those that `masks` allows from `maskAt` on. */
  greedy(outputs: Float32Array, at: number, masks?: Uint8Array, maskAt?: number): number;
}

/** [choice] of all components, one after the other. */
export interface Weighed {
  readonly logits: Float64Array;
  /** Probabilities but for a common factor. */
  readonly weights: Float64Array;
}

export interface ChainArguments {
  readonly byLogit: Float64Array;
  readonly from: number;
  readonly outputs: Float32Array;
  readonly at: number;
  readonly free: Float32Array;
  readonly byOutput: Float32Array;
  readonly byFree: Float32Array;
}

/**
 * A Gaussian on the grid 0..count - 1: logit_k = -(k - m)^2 / (2 s^2) with m = start + (count - 1) / 2 x output and log s learned. For actions whose
 * neighbours do alike; a network that begins at 0 begins at `start`.
 */
export function gaussianHead(count: number, start: number): ActionHead {
  const reach = (count - 1) / 2;
  // 1 / s^2 and the exponential of its opposite, of the log s asked for last: the same for all rows of a batch.
  let known = Number.NaN;
  let precision = 0;
  let bend = 0;
  const follow = (logSpread: number): void => {
    if (logSpread === known) return;
    known = logSpread;
    precision = Math.exp(-2 * logSpread);
    bend = Math.exp(-precision);
  };
  return {
    count,
    outputs: 1,
    free: [Math.log(Math.max((count - 1) / 6, 0.5))],
    logits(outputs, at, free, into, to) {
      follow(free[0]);
      const mean = start + reach * outputs[at];
      // Measured from the nearest action, so that a mean far outside the grid still leaves numbers of a usable size.
      const nearest = Math.min(Math.max(mean, 0), count - 1) - mean;
      const base = nearest * nearest;
      for (let k = 0; k < count; k++) into[to + k] = -0.5 * ((k - mean) * (k - mean) - base) * precision;
    },
    weigh(outputs, at, free, { logits, weights }, to) {
      follow(free[0]);
      const mean = start + reach * outputs[at];
      // Not a number stays so: it falls through to the products below.
      const nearest = mean > 0 ? Math.min(Math.round(mean), count - 1) : 0;
      const offset = nearest - mean;
      for (let k = 0; k < count; k++) logits[to + k] = -0.5 * (k - nearest) * (k - nearest + 2 * offset) * precision;
      // From one action to the next the weight changes by a factor that itself changes by the same factor each time.
      weights[to + nearest] = 1;
      let factor = Math.exp(-0.5 * (1 + 2 * offset) * precision);
      for (let k = nearest + 1; k < count; k++, factor *= bend) weights[to + k] = weights[to + k - 1] * factor;
      factor = Math.exp(-0.5 * (1 - 2 * offset) * precision);
      for (let k = nearest - 1; k >= 0; k--, factor *= bend) weights[to + k] = weights[to + k + 1] * factor;
    },
    chain({ byLogit, from, outputs, at, free, byOutput, byFree }) {
      follow(free[0]);
      const mean = start + reach * outputs[at];
      let first = 0;
      let second = 0;
      for (let k = 0; k < count; k++) {
        const distance = k - mean;
        first += byLogit[from + k] * distance;
        second += byLogit[from + k] * distance * distance;
      }
      byOutput[at] += first * precision * reach;
      byFree[0] += second * precision;
    },
    greedy(outputs, at, masks, maskAt = 0) {
      const mean = start + reach * outputs[at];
      const rounded = Math.min(Math.max(Math.round(mean), 0), count - 1);
      if (masks === undefined || masks[maskAt + rounded] === 1) return rounded;
      let best = -1;
      for (let k = 0; k < count; k++) {
        if (masks[maskAt + k] === 1 && (best < 0 || Math.abs(k - mean) < Math.abs(best - mean))) best = k;
      }
      return Math.max(best, 0);
    },
  };
}

/** One logit per action. */
export function categoricalHead(count: number): ActionHead {
  return {
    count,
    outputs: count,
    free: [],
    logits(outputs, at, _free, into, to) {
      for (let k = 0; k < count; k++) into[to + k] = outputs[at + k];
    },
    weigh(outputs, at, _free, { logits, weights }, to) {
      let largest = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < count; k++) if (outputs[at + k] > largest) largest = outputs[at + k];
      for (let k = 0; k < count; k++) {
        logits[to + k] = outputs[at + k] - largest;
        weights[to + k] = Math.exp(logits[to + k]);
      }
    },
    chain({ byLogit, from, at, byOutput }) {
      for (let k = 0; k < count; k++) byOutput[at + k] += byLogit[from + k];
    },
    greedy: (outputs, at, masks, maskAt) => largestAllowed(outputs, at, count, masks, maskAt),
  };
}

/** The index of the largest of `count` values from `at` on, of those that `masks` allows from `maskAt` on; 0 where none is. */
export function largestAllowed(values: Float32Array, at: number, count: number, masks?: Uint8Array, maskAt = 0): number {
  let best = -1;
  for (let k = 0; k < count; k++) {
    if (masks !== undefined && masks[maskAt + k] === 0) continue;
    if (best < 0 || values[at + k] > values[at + best]) best = k;
  }
  return Math.max(best, 0);
}

/**
 * One head per component: a Gaussian where the space says where to start, else a categorical one.
 * @throws Error for a box, which has no choices
 */
export function headsOf(space: Space): ActionHead[] {
  if (space.kind === 'discrete') return [headOf(space.count, space.start)];
  if (space.kind === 'multi-discrete') return space.counts.map((count, k) => headOf(count, space.starts?.[k]));
  throw new Error(`A box (${space.names.join(', ')}) has no choices.`);
}

function headOf(count: number, start: number | undefined): ActionHead {
  return start === undefined ? categoricalHead(count) : gaussianHead(count, start);
}
