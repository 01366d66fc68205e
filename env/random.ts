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
  const streams = new LaneStreams({ seeds: [seed], purposes: [purpose] });
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

/**
 * Alea streams side by side in one array, so that lanes can be copied and saved as plain numbers: for each purpose one per lane. Stream
 * (purpose p, lane i) stands at p * lanes + i of each of the four rows.
 */
export class LaneStreams {
  readonly lanes: number;
  /** [c, s0, s1, s2][purpose][lane] */
  readonly state: Float64Array;
  readonly #purposes: readonly string[];

  /** Lane i draws from the streams of (seeds[i], purpose). */
  constructor({ seeds, purposes }: { seeds: ArrayLike<number>; purposes: readonly string[] }) {
    this.lanes = seeds.length;
    this.#purposes = purposes;
    this.state = new Float64Array(4 * purposes.length * this.lanes);
    for (let lane = 0; lane < this.lanes; lane++) {
      if (lane > 0 && seeds[lane] === seeds[lane - 1]) this.#repeat(lane);
      else this.seed(lane, seeds[lane]);
    }
  }

  /** The lane before has the same seed: hashing it again would take most of the time that a simulator takes to make. */
  #repeat(lane: number): void {
    for (let i = lane; i < this.state.length; i += this.lanes) this.state[i] = this.state[i - 1];
  }

  /** Starts a lane's streams anew. */
  seed(lane: number, seed: number): void {
    const { lanes, state } = this;
    const step = this.#purposes.length * lanes;
    this.#purposes.forEach((purpose, p) => {
      const { c, s0, s1, s2 } = seedrandom.alea(`${seed}:${purpose}`, { state: true }).state();
      const i = p * lanes + lane;
      state[i] = c;
      state[step + i] = s0;
      state[2 * step + i] = s1;
      state[3 * step + i] = s2;
    });
  }

  /** The next number of every stream, [purpose][lane]. Hot: alea's own recurrence, inlined. */
  fill(out: Float64Array): void {
    const { state } = this;
    const step = this.#purposes.length * this.lanes;
    const s1At = 2 * step;
    const s2At = 3 * step;
    for (let i = 0; i < step; i++) {
      const t = 2091639 * state[step + i] + state[i] * INVERSE_2_32;
      const c = t | 0;
      state[i] = c;
      state[step + i] = state[s1At + i];
      state[s1At + i] = state[s2At + i];
      state[s2At + i] = t - c;
      out[i] = t - c;
    }
  }

  /** The next number of one lane alone, of the first purpose. */
  next(lane: number): number {
    const { state } = this;
    const step = this.#purposes.length * this.lanes;
    const t = 2091639 * state[step + lane] + state[lane] * INVERSE_2_32;
    const c = t | 0;
    state[lane] = c;
    state[step + lane] = state[2 * step + lane];
    state[2 * step + lane] = state[3 * step + lane];
    state[3 * step + lane] = t - c;
    return t - c;
  }
}
