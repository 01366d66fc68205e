import type { RandomStream } from '../../../env/index.ts';
import { largestAllowed } from '../action-head.ts';
import type { RewardScale } from '../reward-scale.ts';
import type { ValueScale } from '../value-scale.ts';
import type { Replay } from './replay.ts';

/** Rows to learn from, with the value that each action taken should have had. */
export interface TargetBatch {
  readonly rows: number;
  /** [row][feature] */
  readonly observations: Float32Array;
  readonly actions: Int32Array;
  readonly targets: Float64Array;
  /** Where each row stands in the replay. */
  readonly places: Int32Array;
  /** As in ReplayStretch. */
  readonly weights: Float64Array;
}

/** Gives the values of all actions, [row][action], for observations [row][feature]. */
export interface ActionValues {
  predict(observations: Float32Array, rows: number): Float32Array;
}

/** A minibatch drawn from the replay: observations, actions, and targets sum_i discount^i r_i + discount^n mean over outcomes of Q(s', a'). */
export class TargetBuilder {
  readonly batch: TargetBatch;
  readonly #following: Float32Array;
  readonly #terminated: Uint8Array;
  readonly #discounts: Float64Array;
  /** [row] where the outcomes stand in the replay. */
  readonly #lasts: Int32Array;

  constructor({ rows, features, outcomes }: { readonly rows: number; readonly features: number; readonly outcomes: number }) {
    this.batch = {
      rows,
      observations: new Float32Array(rows * features),
      actions: new Int32Array(rows),
      targets: new Float64Array(rows),
      places: new Int32Array(rows),
      weights: new Float64Array(rows),
    };
    this.#following = new Float32Array(rows * outcomes * features);
    this.#terminated = new Uint8Array(rows * outcomes);
    this.#discounts = new Float64Array(rows);
    this.#lasts = new Int32Array(rows);
  }

  /** Fills `batch`. `chooser` picks the next action and `target` values it (double DQN, van Hasselt et al. 2016); give the same network twice for plain DQN. */
  build({
    replay,
    chooser,
    target,
    rewardScale,
    valueScale,
    discount,
    nStep,
    random,
  }: {
    readonly replay: Replay;
    readonly chooser: ActionValues;
    readonly target: ActionValues;
    readonly rewardScale: RewardScale;
    readonly valueScale: ValueScale;
    readonly discount: number;
    readonly nStep: number;
    readonly random: RandomStream;
  }): TargetBatch {
    const { rows, targets } = this.batch;
    this.#gather(replay, { rewardScale, discount, nStep, random });
    const { outcomes } = replay;
    const values = target.predict(this.#following, rows * outcomes);
    const choices = chooser === target ? values : chooser.predict(this.#following, rows * outcomes);
    const count = values.length / (rows * outcomes);
    const masks = replay.masks ?? undefined;
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let k = 0; k < outcomes; k++) {
        const j = row * outcomes + k;
        const best = largestAllowed(choices, j * count, count, masks, (this.#lasts[row] * outcomes + k) * count);
        sum += this.#terminated[j] === 1 ? rewardScale.end : valueScale.toValue(values[j * count + best]);
      }
      targets[row] += (this.#discounts[row] * sum) / outcomes;
    }
    return this.batch;
  }

  #gather(
    replay: Replay,
    { rewardScale, discount, nStep, random }: { rewardScale: RewardScale; discount: number; nStep: number; random: RandomStream },
  ): void {
    const { batch } = this;
    const { features, outcomes } = replay;
    for (let row = 0; row < batch.rows; row++) {
      const { first, last, steps, weight: importance } = replay.draw(nStep, random);
      let weight = 1;
      let sum = 0;
      for (let i = 0, at = first; i < steps; i++, at = replay.after(at)) {
        sum += weight * rewardScale.centred(replay.rewards[at]);
        weight *= discount;
      }
      batch.targets[row] = sum;
      batch.actions[row] = replay.actions[first];
      batch.places[row] = first;
      batch.weights[row] = importance;
      this.#lasts[row] = last;
      this.#discounts[row] = weight;
      copy(replay.observations, first * features, batch.observations, row * features, features);
      copy(replay.following, last * outcomes * features, this.#following, row * outcomes * features, outcomes * features);
      for (let j = 0; j < outcomes; j++) this.#terminated[row * outcomes + j] = replay.terminated[last * outcomes + j];
    }
  }
}

function copy(from: Float32Array, at: number, to: Float32Array, start: number, count: number): void {
  for (let k = 0; k < count; k++) to[start + k] = from[at + k];
}
