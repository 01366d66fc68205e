import betainc from '@stdlib/math-base-special-betainc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import gammaln from '@stdlib/math-base-special-gammaln';

/** What is left out beyond the last entry of a table: less than the streams' 32 bits can tell. */
export const TAIL = 1e-12;
export const LONGEST_TABLE = 1_000_000;

/**
 * The count distribution with a mean and a variance: Poisson where they are equal, negative binomial where the variance is larger. All that is
 * needed for p(k + 1) / p(k) = factor (k + add) / (k + 1), Panjer's recurrence; for Poisson `factor` holds the mean and k drops out.
 */
interface CountLaw {
  readonly mean: number;
  readonly variance: number;
  /** Of the negative binomial; infinite for Poisson. */
  readonly size: number;
  readonly add: number;
  readonly factor: number;
}

/** So large a size that the negative binomial is Poisson to double precision. */
const POISSON_SIZE = 1e16;

function countLaw(mean: number, variance: number): CountLaw {
  const excess = variance - mean;
  if (!(excess > 1e-9 * mean))
    return { mean, variance: mean, size: Number.POSITIVE_INFINITY, add: POISSON_SIZE, factor: mean / POISSON_SIZE };
  const size = (mean * mean) / excess;
  return { mean, variance, size, add: size, factor: mean / (mean + size) };
}

function countProbability({ mean, size }: CountLaw, k: number): number {
  if (mean === 0) return k === 0 ? 1 : 0;
  if (size === Number.POSITIVE_INFINITY) return Math.exp(k * Math.log(mean) - mean - gammaln(k + 1));
  const ways = gammaln(k + size) - gammaln(size) - gammaln(k + 1);
  return Math.exp(ways + size * Math.log(size / (size + mean)) + k * Math.log(mean / (mean + size)));
}

/** A k from which the recurrence can run: 0, or for large means one below which next to nothing lies and whose probability does not underflow. */
function countStart({ mean, variance }: CountLaw): number {
  return Math.max(0, Math.floor(mean - 8.5 * Math.sqrt(variance)));
}

/** Table of the count distribution with this mean and variance: Poisson where they are equal, negative binomial where the variance is larger. */
export function countTable(mean: number, variance: number): Float64Array {
  const law = countLaw(mean, variance);
  const start = countStart(law);
  const probabilities: number[] = new Array(start).fill(0);
  let p = countProbability(law, start);
  let left = 1;
  for (let k = start; left > TAIL && k < LONGEST_TABLE; k++) {
    probabilities.push(p);
    left -= p;
    p *= (law.factor * (k + law.add)) / (k + 1);
    if (p < TAIL * 1e-6 && k > mean) break;
  }
  const table = Float64Array.from(probabilities);
  let sum = 0;
  for (const value of table) sum += value;
  for (let k = 0; k < table.length; k++) table[k] /= sum;
  return table;
}

/** Probabilities to add up from which one evaluation of a negative binomial's distribution function is cheaper. */
const WIDE = 250;
/** Skewness from which a guess would be far off. */
const SKEWED = 1.5;

/** The demand of a count distribution at the level u in [0, 1): the smallest k with P(demand <= k) > u. For a single draw: nothing is kept. */
export function countQuantile(mean: number, variance: number, u: number): number {
  if (!(mean > 0)) return 0;
  const law = countLaw(mean, variance);
  const start = countStart(law);
  const isWide = mean - start > WIDE && law.size < Number.POSITIVE_INFINITY && skewness(law) < SKEWED;
  if (isWide && u > 0) return wideQuantile(law, u);
  const p = countProbability(law, start);
  return climb(law, start, p, p, u);
}

/** Starts where a normal distribution with a third moment's correction (Cornish and Fisher) has the level, and walks from there. */
function wideQuantile(law: CountLaw, u: number): number {
  const { mean, variance, size } = law;
  const z = -Math.SQRT2 * erfcinv(2 * u);
  const sd = Math.sqrt(variance);
  const bend = (skewness(law) * (Math.min(9, z * z) - 1)) / 6;
  const guess = Math.max(0, Math.round(mean + sd * (z + bend) - 0.5));
  const cumulative = betainc(size / (size + mean), size, guess + 1);
  const p = countProbability(law, guess);
  return cumulative <= u ? climb(law, guess, p, cumulative, u) : descend(law, guess, p, cumulative, u);
}

function skewness({ mean, variance }: CountLaw): number {
  return (2 * variance - mean) / (mean * Math.sqrt(variance));
}

function climb({ mean, add, factor }: CountLaw, from: number, probability: number, cumulative: number, u: number): number {
  let k = from;
  let p = probability;
  let sum = cumulative;
  while (sum <= u) {
    p *= (factor * (k + add)) / (k + 1);
    k++;
    sum += p;
    if (p < 1e-18 && k > mean) break;
  }
  return k;
}

function descend({ add, factor }: CountLaw, from: number, probability: number, cumulative: number, u: number): number {
  let k = from;
  let p = probability;
  let sum = cumulative - p;
  while (k > 0 && sum > u) {
    p *= k / (factor * (k - 1 + add));
    k--;
    sum -= p;
  }
  return k;
}

/** Levels at which a sampler knows where it stands. */
const MARKS = 64;

/** Draws from one count distribution many times: remembers where its distribution function passes 1/64, 2/64, ... and climbs from there. */
export class CountSampler {
  readonly #law: CountLaw;
  /** [mark] the smallest k with P(demand <= k) > mark / MARKS, its probability and P(demand <= k). */
  readonly #value = new Int32Array(MARKS);
  readonly #probability = new Float64Array(MARKS);
  readonly #cumulative = new Float64Array(MARKS);

  constructor(mean: number, variance: number) {
    const law = countLaw(mean, variance);
    this.#law = law;
    let k = countStart(law);
    let p = countProbability(law, k);
    let sum = p;
    for (let mark = 0; mark < MARKS; mark++) {
      while (sum <= mark / MARKS) {
        p *= (law.factor * (k + law.add)) / (k + 1);
        k++;
        sum += p;
        if (p < 1e-18 && k > mean) break;
      }
      this.#value[mark] = k;
      this.#probability[mark] = p;
      this.#cumulative[mark] = sum;
    }
  }

  /** The smallest k with P(demand <= k) > u, for u in [0, 1). Hot: no allocation. */
  quantile(u: number): number {
    const mark = (u * MARKS) | 0;
    const { mean, add, factor } = this.#law;
    let k = this.#value[mark];
    let p = this.#probability[mark];
    let sum = this.#cumulative[mark];
    while (sum <= u) {
      p *= (factor * (k + add)) / (k + 1);
      k++;
      sum += p;
      if (p < 1e-18 && k > mean) break;
    }
    return k;
  }
}
