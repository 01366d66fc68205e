import { TransitionMatrix } from './demand/transition-matrix.ts';
import { UserError } from './user-error.ts';

/** How an index moves from period to period. Levels are above 0; 1 is where prices and demand are as they are written down. */
export type IndexProcess =
  /** One of `levels`, by a Markov chain; `transition` is [from][to], rows sum to 1. The planner sees the level. */
  | {
      readonly kind: 'markov';
      readonly levels: readonly number[];
      readonly transition: readonly (readonly number[])[];
      /** Entry of the first period; left out: drawn from the long run. */
      readonly start?: number;
    }
  /** Known in advance; after its end it comes again, or keeps its last level. */
  | { readonly kind: 'list'; readonly levels: readonly number[]; readonly after: 'repeat' | 'last' };

/** Something outside that moves by itself and that prices and demand follow: a market price, a climate, a count of students. */
export interface OutsideIndex {
  readonly id: string;
  readonly process: IndexProcess;
}

/** What is to be known of an index, whatever lane: where it can go from each state, and how often it is there. A state is an entry of `levels`. */
export class IndexRule {
  readonly levels: Float64Array;
  readonly index: OutsideIndex;
  readonly #chain: TransitionMatrix | null;
  /** [power and ahead] the mean of a power of the level so many periods on, from each state. */
  readonly #moments = new Map<string, Float64Array>();

  /** @throws UserError naming the field, its value and what was expected */
  constructor(index: OutsideIndex) {
    const { id, process } = index;
    const { levels } = process;
    this.index = index;
    this.levels = Float64Array.from(levels);
    if (levels.length === 0) throw new UserError(`indices.${id}.levels: an empty list; expected at least one number`);
    const wrong = levels.findIndex((level) => !(Number.isFinite(level) && level > 0));
    if (wrong >= 0) throw new UserError(`indices.${id}.levels.${wrong}: ${levels[wrong]}; expected a number above 0`);
    this.#chain = process.kind === 'markov' ? readChain(process, id) : null;
  }

  /** Does chance move it? */
  get isDrawn(): boolean {
    return this.#chain !== null;
  }

  /** State in which a lane starts; `random` is asked only where that has to be drawn. */
  first(period: number, random: () => number): number {
    const { process } = this.index;
    if (this.#chain === null || process.kind === 'list') return this.#listed(period);
    return process.start ?? this.#chain.chooseInLongRun(random());
  }

  /** State of the next period, whose number is `period`. */
  next(state: number, period: number, u: number): number {
    return this.#chain === null ? this.#listed(period) : this.#chain.choose(state, u);
  }

  /** [state] mean of level^power, `ahead` periods from now. */
  moment(power: number, ahead: number): Float64Array {
    const key = `${power} ${ahead}`;
    let means = this.#moments.get(key);
    if (means === undefined) {
      means = this.levels.map((_, state) => this.#meanFrom(state, power, ahead));
      this.#moments.set(key, means);
    }
    return means;
  }

  /** Mean of level^power over all periods. */
  typical(power: number): number {
    const { process } = this.index;
    const last = this.levels.length - 1;
    if (process.kind === 'list' && process.after === 'last') return this.levels[last] ** power;
    const weights = this.#chain?.longRun ?? this.levels.map(() => 1 / this.levels.length);
    return this.levels.reduce((sum, level, state) => sum + weights[state] * level ** power, 0);
  }

  #meanFrom(state: number, power: number, ahead: number): number {
    if (this.#chain === null) return this.levels[this.#listed(state + ahead)] ** power;
    const from = this.levels.map((_, k) => Number(k === state));
    const to = this.#chain.after(ahead, from, new Float64Array(from.length));
    return this.levels.reduce((sum, level, k) => sum + to[k] * level ** power, 0);
  }

  #listed(period: number): number {
    const { process } = this.index;
    const { length } = this.levels;
    return process.kind === 'list' && process.after === 'last' ? Math.min(period, length - 1) : period % length;
  }
}

function readChain({ levels, transition, start }: Extract<IndexProcess, { readonly kind: 'markov' }>, id: string): TransitionMatrix {
  const count = levels.length;
  if (transition.length !== count || transition.some((row) => row.length !== count)) {
    const sizes = transition.map((row) => row.length);
    throw new UserError(`indices.${id}.transition: rows of ${sizes.join(', ')}; expected ${count} rows of ${count}: one for each level`);
  }
  if (start !== undefined && !(Number.isInteger(start) && start >= 0 && start < count))
    throw new UserError(`indices.${id}.start: ${start}; expected the number of a level, 0 to ${count - 1}`);
  return new TransitionMatrix(transition, `indices.${id}.transition`);
}

/** Points of the chain that stands for a level that returns to its mean. */
const POINTS = 11;

/**
 * A level whose logarithm follows x' = persistence x + noise, as a chain of eleven levels a like step apart (Rouwenhorst 1995): its mean, its standard deviation
 * `deviation` in the long run and its correlation from period to period are exact. Levels are scaled to have mean 1.
 */
export function meanReverting(persistence: number, deviation: number): Extract<IndexProcess, { readonly kind: 'markov' }> {
  const stay = (1 + persistence) / 2;
  let transition: number[][] = [[1]];
  for (let size = 2; size <= POINTS; size++) transition = grown(transition, stay);
  const width = deviation * Math.sqrt(POINTS - 1);
  const raw = Array.from({ length: POINTS }, (_, k) => Math.exp(width * ((2 * k) / (POINTS - 1) - 1)));
  // In the long run the state is binomial with probability 1/2, whatever the persistence.
  let weight = 0.5 ** (POINTS - 1);
  let mean = 0;
  raw.forEach((level, k) => {
    mean += weight * level;
    weight *= (POINTS - 1 - k) / (k + 1);
  });
  return { kind: 'markov', levels: raw.map((level) => level / mean), transition };
}

/** The matrix for one point more. */
function grown(smaller: readonly (readonly number[])[], stay: number): number[][] {
  const size = smaller.length + 1;
  const at = (i: number, j: number) => smaller[i]?.[j] ?? 0;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_value, j) => {
      const sum = stay * (at(i, j) + at(i - 1, j - 1)) + (1 - stay) * (at(i, j - 1) + at(i - 1, j));
      return i > 0 && i < size - 1 ? sum / 2 : sum;
    }),
  );
}
