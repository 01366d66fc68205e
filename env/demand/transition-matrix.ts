import { UserError } from '../user-error.ts';
import { ALMOST_ONE } from './lane-distribution.ts';

/** The transition probabilities of a finite Markov chain. */
export class TransitionMatrix {
  readonly #count: number;
  /** [from][to] */
  readonly #probability: Float64Array;
  /** [from][to] sums over the states up to and with `to`. */
  readonly #cumulative: Float64Array;
  /** [ahead] powers, made as they are asked for; power 0 is not kept. */
  readonly #powers: Float64Array[];
  /** Long-run part of the time spent in each state. */
  readonly longRun: Float64Array;

  /** @throws UserError where a row is no distribution */
  constructor(rows: readonly (readonly number[])[], path: string) {
    const count = rows.length;
    this.#count = count;
    this.#probability = Float64Array.from(rows.flatMap((row, i) => normalisedRow(row, `${path}.${i}`)));
    this.#cumulative = this.#probability.slice();
    for (let i = 0; i < count * count; i++) if (i % count > 0) this.#cumulative[i] += this.#cumulative[i - 1];
    this.#powers = [this.#probability];
    this.longRun = this.#longRun();
  }

  /** The next state for a uniform number. */
  choose(from: number, u: number): number {
    const row = from * this.#count;
    let to = 0;
    while (to < this.#count - 1 && this.#cumulative[row + to] <= u) to++;
    while (this.#probability[row + to] === 0) to--;
    return to;
  }

  /** Where the uniform number lies within the part that chose `to`: a uniform number again. */
  within(from: number, to: number, u: number): number {
    const at = from * this.#count + to;
    const p = this.#probability[at];
    const v = (u - (this.#cumulative[at] - p)) / p;
    return v < 0 ? 0 : v > ALMOST_ONE ? ALMOST_ONE : v;
  }

  chooseInLongRun(u: number): number {
    let sum = 0;
    let chosen = 0;
    for (let j = 0; j < this.#count; j++) {
      if (this.longRun[j] === 0) continue;
      chosen = j;
      sum += this.longRun[j];
      if (sum > u) break;
    }
    return chosen;
  }

  /** Writes the distribution over states some steps on. */
  after(steps: number, from: Float64Array, out: Float64Array): Float64Array {
    const count = this.#count;
    if (steps === 0) {
      out.set(from);
      return out;
    }
    while (this.#powers.length < steps) this.#powers.push(product(this.#powers[this.#powers.length - 1], this.#probability, count));
    const power = this.#powers[steps - 1];
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += from[i] * power[i * count + j];
      out[j] = sum;
    }
    return out;
  }

  /** Average over a chain that starts in every state alike and idles half of the time (so that it does not alternate for ever), by squaring. */
  #longRun(): Float64Array {
    const count = this.#count;
    let power = this.#probability.map((p, k) => (p + (k % (count + 1) === 0 ? 1 : 0)) / 2);
    for (let doubling = 0; doubling < 60; doubling++) power = normalised(product(power, power, count), count);
    return Float64Array.from({ length: count }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += power[i * count + j];
      return sum / count;
    });
  }
}

function normalisedRow(row: readonly number[], path: string): number[] {
  const wrong = row.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new UserError(`${path}: ${wrong}; expected probabilities from 0 to 1`);
  const sum = row.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) > 1e-9) {
    throw new UserError(`${path}: ${row.join(', ')}; expected probabilities that sum to 1, not ${Number(sum.toPrecision(12))}`);
  }
  return row.map((p) => p / sum);
}

function product(a: Float64Array, b: Float64Array, count: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += a[i * count + k] * b[k * count + j];
      out[i * count + j] = sum;
    }
  }
  return out;
}

/** Rows that sum to 1 again: squaring doubles a rounding error. */
function normalised(matrix: Float64Array<ArrayBuffer>, count: number): Float64Array<ArrayBuffer> {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += matrix[i * count + j];
    for (let j = 0; j < count; j++) matrix[i * count + j] /= sum;
  }
  return matrix;
}
