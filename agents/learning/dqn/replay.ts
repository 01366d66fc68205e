import type { RandomStream } from '../../../env/index.ts';
import type { ArchiveArray } from '../../../neural/index.ts';

/** What one period of all lanes adds. Of each lane's action, `outcomes` results are kept: several demands tried, or the one that happened. */
export interface Experience {
  /** [lane][feature] */
  readonly observations: Float32Array;
  /** [lane] */
  readonly actions: Int32Array;
  /** [lane] mean over the outcomes, per lane scale. */
  readonly rewards: Float64Array;
  /** [lane][outcome][feature] */
  readonly following: Float32Array;
  /** [lane][outcome] 1 where nothing follows. */
  readonly terminated: Uint8Array;
  /** [lane] 1 where the lane started anew. */
  readonly ended: Uint8Array;
}

/** A row of the replay with the rewards of the periods up to the one whose outcomes it goes on from. */
export interface ReplayStretch {
  /** Where the action was taken. */
  readonly first: number;
  /** Where the following state is to be found; the same row for one-step targets. */
  readonly last: number;
  readonly steps: number;
}

/** The newest periods of all lanes, oldest written over first. A row is one lane in one period: slot * lanes + lane. */
export class Replay {
  readonly lanes: number;
  readonly features: number;
  readonly outcomes: number;
  /** Periods that fit. */
  readonly periods: number;
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  readonly rewards: Float64Array;
  readonly following: Float32Array;
  readonly terminated: Uint8Array;
  readonly ended: Uint8Array;
  /** Periods written so far. */
  #written = 0;

  constructor({ lanes, features, outcomes, periods }: Pick<Replay, 'lanes' | 'features' | 'outcomes' | 'periods'>) {
    this.lanes = lanes;
    this.features = features;
    this.outcomes = outcomes;
    this.periods = periods;
    const rows = periods * lanes;
    this.observations = new Float32Array(rows * features);
    this.actions = new Int32Array(rows);
    this.rewards = new Float64Array(rows);
    this.following = new Float32Array(rows * outcomes * features);
    this.terminated = new Uint8Array(rows * outcomes);
    this.ended = new Uint8Array(rows);
  }

  add({ observations, actions, rewards, following, terminated, ended }: Experience): void {
    const row = (this.#written % this.periods) * this.lanes;
    this.observations.set(observations, row * this.features);
    this.actions.set(actions, row);
    this.rewards.set(rewards, row);
    this.following.set(following, row * this.outcomes * this.features);
    this.terminated.set(terminated, row * this.outcomes);
    this.ended.set(ended, row);
    this.#written++;
  }

  /** Draws a row evenly, and goes on from it for up to `nStep` periods: to where its lane ended, or to the newest period. */
  draw(nStep: number, random: RandomStream): ReplayStretch {
    const held = Math.min(this.#written, this.periods);
    const age = held - random.integer(held);
    const lane = random.integer(this.lanes);
    let steps = 1;
    let last = this.#row(age, lane);
    const first = last;
    while (steps < nStep && steps < age && this.ended[last] === 0) {
      last = this.#row(age - steps, lane);
      steps++;
    }
    return { first, last, steps };
  }

  /** The row of a lane one period later. */
  after(row: number): number {
    return (row + this.lanes) % (this.periods * this.lanes);
  }

  /** The arrays that hold everything, to be saved or written into. */
  arrays(): Record<string, ArchiveArray> {
    const { observations, actions, rewards, following, terminated, ended } = this;
    return { observations, actions, rewards, following, terminated, ended };
  }

  get written(): number {
    return this.#written;
  }

  /** After the arrays were written into. */
  resume(written: number): void {
    this.#written = written;
  }

  /** The newest period has age 1. */
  #row(age: number, lane: number): number {
    return ((this.#written - age) % this.periods) * this.lanes + lane;
  }
}
