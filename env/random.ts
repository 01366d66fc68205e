import seedrandom from 'seedrandom';

const INVERSE_2_32 = 2 ** -32;

/** A stream of uniform numbers whose place can be saved and restored. */
export interface RandomStream {
  /** A number in [0, 1) with 32 random bits. */
  next(): number;
  /** A whole number, 0 to count - 1. */
  integer(count: number): number;
  /** A standard normal number (Box and Muller, one of the pair). */
  normal(): number;
  /** Where the stream stands: the four numbers of alea. */
  state(): Float64Array;
  restore(state: ArrayLike<number>): void;
}

/** The stream of one purpose under a seed. The same two give the same numbers: those of seedrandom's alea with the key `seed:purpose`. */
export function createStream(seed: number, purpose: string): RandomStream {
  const streams = new LaneStreams({ seeds: [seed], purpose });
  const next = () => streams.next(0);
  return {
    next,
    integer: (count) => Math.floor(next() * count),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return radius * Math.cos(2 * Math.PI * next());
    },
    state: () => streams.state.slice(),
    restore: (state) => streams.state.set(state),
  };
}

/** One alea stream per lane, side by side in one array, so that lanes can be copied and saved as plain numbers. */
export class LaneStreams {
  readonly lanes: number;
  /** [c, s0, s1, s2][lane] */
  readonly state: Float64Array;
  readonly #purpose: string;

  /** Lane i draws from the stream of (seeds[i], purpose). */
  constructor({ seeds, purpose }: { seeds: ArrayLike<number>; purpose: string }) {
    this.lanes = seeds.length;
    this.state = new Float64Array(4 * this.lanes);
    this.#purpose = purpose;
    for (let lane = 0; lane < this.lanes; lane++) this.seed(lane, seeds[lane]);
  }

  /** Starts a lane's stream anew. */
  seed(lane: number, seed: number): void {
    const { lanes, state } = this;
    const { c, s0, s1, s2 } = seedrandom.alea(`${seed}:${this.#purpose}`, { state: true }).state();
    state[lane] = c;
    state[lanes + lane] = s0;
    state[2 * lanes + lane] = s1;
    state[3 * lanes + lane] = s2;
  }

  /** The next number of every lane. Hot: alea's own recurrence, inlined. */
  fill(out: Float64Array): void {
    const { lanes, state } = this;
    const s1At = 2 * lanes;
    const s2At = 3 * lanes;
    for (let lane = 0; lane < lanes; lane++) {
      const t = 2091639 * state[lanes + lane] + state[lane] * INVERSE_2_32;
      const c = t | 0;
      state[lane] = c;
      state[lanes + lane] = state[s1At + lane];
      state[s1At + lane] = state[s2At + lane];
      state[s2At + lane] = t - c;
      out[lane] = t - c;
    }
  }

  /** The next number of one lane alone. */
  next(lane: number): number {
    const { lanes, state } = this;
    const t = 2091639 * state[lanes + lane] + state[lane] * INVERSE_2_32;
    const c = t | 0;
    state[lane] = c;
    state[lanes + lane] = state[2 * lanes + lane];
    state[2 * lanes + lane] = state[3 * lanes + lane];
    state[3 * lanes + lane] = t - c;
    return t - c;
  }
}
