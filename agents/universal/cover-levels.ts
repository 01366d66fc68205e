/** Demand of a period is worked with in so many steps at most: sums of nine periods stay short. */
const STEPS = 64;
/** What is left out at the tail. */
const TAIL = 1e-7;

/** Probabilities of the demand of 1, 2, ... periods taken together. */
export interface CoverSums {
  /** [periods - 1][steps] */
  readonly sums: readonly Float64Array[];
  /** Units in a step. */
  readonly width: number;
}

/** The demand of up to `periods` periods, from one period's probabilities of 0, 1, 2, ... units. */
export function coverSums(table: Float64Array, periods: number): CoverSums {
  const width = Math.ceil(trimmedLength(table) / STEPS);
  const steps = inSteps(table, width);
  const sums = [steps];
  while (sums.length < periods) sums.push(plusPeriod(sums[sums.length - 1], steps));
  return { sums, width };
}

function trimmedLength(table: Float64Array): number {
  let length = table.length;
  for (let left = table[length - 1]; left < TAIL && length > 2; length--) left += table[length - 2];
  return length;
}

/** The same probabilities in steps of several units: what is between two steps is shared among them, so that the mean stays. */
function inSteps(table: Float64Array, width: number): Float64Array {
  const length = trimmedLength(table);
  if (width === 1) return table.subarray(0, length);
  const steps = new Float64Array(Math.floor((length - 1) / width) + 2);
  for (let k = 0; k < length; k++) {
    const step = Math.floor(k / width);
    const part = k / width - step;
    steps[step] += table[k] * (1 - part);
    steps[step + 1] += table[k] * part;
  }
  return steps;
}

function plusPeriod(sum: Float64Array, steps: Float64Array): Float64Array {
  const next = new Float64Array(sum.length + steps.length - 1);
  for (let i = 0; i < sum.length; i++) {
    const chance = sum[i];
    if (chance < 1e-12) continue;
    for (let j = 0; j < steps.length; j++) next[i + j] += chance * steps[j];
  }
  return next;
}

/**
 * The stock that lasts with a chance of `level`, from the probabilities of 0, 1, 2, ... units. Between whole units it tells how near the level is to the next one: a stock of k
 * units is the least that lasts where this is in (k - 1, k].
 */
export function levelOf(chances: Float64Array, level: number): number {
  let below = 0;
  for (let k = 0; k < chances.length; k++) {
    if (below + chances[k] >= level) return k - 1 + (level - below) / chances[k];
    below += chances[k];
  }
  return chances.length - 1;
}
