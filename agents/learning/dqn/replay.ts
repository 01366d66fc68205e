import type { RandomStream } from '../../../env/index.ts';
import type { ArchiveArray } from '../../../neural/index.ts';
import { Priorities } from './priorities.ts';

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
  /** [lane][outcome][action] 1 where allowed in what followed; left out where everything is. */
  readonly masks?: Uint8Array;
}

/** A row of the replay with the rewards of the periods up to the one whose outcomes it goes on from. */
export interface ReplayStretch {
  /** Where the action was taken. */
  readonly first: number;
  /** Where the following state is to be found; the same row for one-step targets. */
  readonly last: number;
  readonly steps: number;
  /** How much less often than its priority says a row would be drawn evenly: 1 where drawn evenly. */
  readonly weight: number;
}

export interface ReplayOptions extends Pick<Replay, 'lanes' | 'features' | 'outcomes' | 'periods'> {
  /** Width of the masks of what followed. Default 0. */
  readonly actions?: number;
  /** Rows are drawn in proportion to the priorities that they are given. Default false: evenly. */
  readonly prioritised?: boolean;
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
  /** [row][outcome][action] 1 where allowed in what followed; null as long as nothing was forbidden. */
  masks: Uint8Array | null = null;
  readonly priorities: Priorities | null;
  readonly #choices: number;
  /** Periods written so far. */
  #written = 0;

  constructor({ lanes, features, outcomes, periods, actions = 0, prioritised = false }: ReplayOptions) {
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
    this.#choices = actions;
    this.priorities = prioritised ? new Priorities(rows) : null;
  }

  add({ observations, actions, rewards, following, terminated, ended, masks }: Experience): void {
    const row = (this.#written % this.periods) * this.lanes;
    this.observations.set(observations, row * this.features);
    this.actions.set(actions, row);
    this.rewards.set(rewards, row);
    this.following.set(following, row * this.outcomes * this.features);
    this.terminated.set(terminated, row * this.outcomes);
    this.ended.set(ended, row);
    this.#addMasks(row, masks);
    const { priorities } = this;
    if (priorities !== null) for (let lane = 0; lane < this.lanes; lane++) priorities.set(row + lane, priorities.largest);
    this.#written++;
  }

  /** Draws a row, and goes on from it for up to `nStep` periods: to where its lane ended, or to the newest period. */
  draw(nStep: number, random: RandomStream): ReplayStretch {
    const held = Math.min(this.#written, this.periods);
    const first = this.priorities === null ? this.#drawEvenly(held, random) : this.priorities.find(random.next() * this.priorities.total);
    const age = this.#age(first);
    const lane = first % this.lanes;
    let steps = 1;
    let last = first;
    while (steps < nStep && steps < age && this.ended[last] === 0) {
      last = this.#row(age - steps, lane);
      steps++;
    }
    return { first, last, steps, weight: this.#weight(first, held) };
  }

  #drawEvenly(held: number, random: RandomStream): number {
    const age = held - random.integer(held);
    return this.#row(age, random.integer(this.lanes));
  }

  #weight(row: number, held: number): number {
    if (this.priorities === null) return 1;
    return this.priorities.total / (this.priorities.leaves[row] * held * this.lanes);
  }

  #addMasks(row: number, masks: Uint8Array | undefined): void {
    const width = this.outcomes * this.#choices;
    if (masks?.includes(0)) this.masks ??= new Uint8Array(this.periods * this.lanes * width).fill(1);
    if (this.masks === null) return;
    if (masks === undefined) this.masks.fill(1, row * width, (row + this.lanes) * width);
    else this.masks.set(masks, row * width);
  }

  /** The row of a lane one period later. */
  after(row: number): number {
    return (row + this.lanes) % (this.periods * this.lanes);
  }

  /** The arrays that hold everything, to be saved or written into. */
  arrays(): Record<string, ArchiveArray> {
    const { observations, actions, rewards, following, terminated, ended, masks, priorities } = this;
    return {
      observations,
      actions,
      rewards,
      following,
      terminated,
      ended,
      ...(masks === null ? {} : { masks }),
      ...(priorities === null ? {} : { priorities: priorities.leaves }),
    };
  }

  get written(): number {
    return this.#written;
  }

  /** Makes room for what was saved with masks. */
  expectMasks(): void {
    this.masks ??= new Uint8Array(this.periods * this.lanes * this.outcomes * this.#choices).fill(1);
  }

  /** After the arrays were written into. */
  resume(written: number, largestPriority = 1): void {
    this.#written = written;
    if (this.priorities === null) return;
    this.priorities.largest = largestPriority;
    this.priorities.rebuild();
  }

  #age(row: number): number {
    const slot = Math.floor(row / this.lanes);
    return this.periods - ((slot - (this.#written % this.periods) + this.periods) % this.periods);
  }

  /** The newest period has age 1. */
  #row(age: number, lane: number): number {
    return ((this.#written - age) % this.periods) * this.lanes + lane;
  }
}
