import type { Lookahead, RandomStream, VectorEnvironment, VectorStep } from '../../../env/index.ts';
import { componentCount } from '../../../env/index.ts';
import { type ActionDistribution, type Actions, createActions } from '../action-distribution.ts';
import { checkObservations } from '../finite.ts';
import type { ObservationScaler } from '../observation-scaler.ts';
import type { RewardScale } from '../reward-scale.ts';
import type { Stopwatch } from '../stopwatch.ts';
import type { ValueScale } from '../value-scale.ts';
import type { Rollout } from './rollout.ts';
import type { PpoLearner } from './update.ts';

export interface CollectorParts {
  readonly environment: VectorEnvironment;
  /** [lane][feature], raw: what the next action will be chosen on. */
  readonly observations: Float32Array;
  readonly learner: PpoLearner;
  readonly distribution: ActionDistribution;
  readonly scaler: ObservationScaler | undefined;
  readonly rewardScale: RewardScale;
  readonly valueScale: ValueScale;
  readonly random: RandomStream;
  /** Draws of the lookahead; 0 for none. */
  readonly draws: number;
  readonly stopwatch: Stopwatch<'simulate' | 'act' | 'update' | 'other'>;
}

/** Runs the policy in the environment and writes down what happened, with the values of what followed. */
export class Collector {
  readonly #parts: CollectorParts;
  readonly #inputs: Float32Array;
  readonly #actions: Actions;
  /** As the environment takes them. */
  readonly #bounded: Actions;
  readonly #following: Float32Array;
  #outcomes = new Float32Array(0);

  constructor(parts: CollectorParts) {
    const { lanes, observationSpace, actionSpace } = parts.environment;
    const features = componentCount(observationSpace);
    this.#parts = parts;
    this.#inputs = new Float32Array(lanes * features);
    this.#following = new Float32Array(lanes * features);
    this.#actions = createActions(actionSpace, lanes);
    this.#bounded = createActions(actionSpace, lanes);
  }

  /** Fills a rollout; returns the mean raw reward of a lane and period. */
  collect(rollout: Rollout, steps: number): number {
    const { environment, observations, stopwatch, draws, scaler } = this.#parts;
    const { lanes, periods } = rollout;
    let total = 0;
    rollout.masked = false;
    stopwatch.start();
    for (let t = 0; t < periods; t++) {
      this.#act(rollout, t);
      stopwatch.book('act');
      const tried = draws > 0 ? environment.lookahead?.(this.#bounded, draws) : undefined;
      stopwatch.book('simulate');
      rollout.triedAhead = tried !== undefined;
      if (tried !== undefined) this.#writeExpected(rollout, t, tried);
      stopwatch.book('act');
      const step = environment.step(this.#bounded);
      checkObservations(step.observations, environment.observationSpace.names, steps + (t + 1) * lanes);
      observations.set(step.observations);
      scaler?.update(step.observations, lanes);
      stopwatch.book('simulate');
      if (tried === undefined) this.#writeRealised(rollout, t, step);
      for (let lane = 0; lane < lanes; lane++) {
        total += step.rewards[lane];
        rollout.ended[t * lanes + lane] = step.terminated[lane] | step.truncated[lane];
      }
      stopwatch.book('act');
    }
    return total / rollout.rows;
  }

  #act(rollout: Rollout, t: number): void {
    const { environment, observations, learner, distribution, random } = this.#parts;
    const { lanes, features, components } = rollout;
    this.#scale(observations, lanes, this.#inputs);
    rollout.observations.set(this.#inputs, t * lanes * features);
    const masks = distribution.choices > 0 ? environment.actionMasks?.() : undefined;
    const restricted = masks?.includes(0) ? masks : undefined;
    if (masks !== undefined) rollout.masks.set(masks, t * lanes * distribution.choices);
    if (restricted !== undefined) rollout.masked = true;
    const outputs = learner.actor.predict(this.#inputs, lanes);
    for (let lane = 0; lane < lanes; lane++) {
      rollout.logProbabilities[t * lanes + lane] = distribution.sample(outputs, lane, learner.free, random, this.#actions, restricted);
    }
    rollout.actions.set(this.#actions, t * lanes * components);
    distribution.bounded(this.#actions, this.#bounded);
  }

  /** Averages over the demands tried: the noise of the one that happened is left out of the advantage. */
  #writeExpected(rollout: Rollout, t: number, { draws, observations, rewards, lessons = rewards, terminated }: Lookahead): void {
    const { rewardScale } = this.#parts;
    const { lanes } = rollout;
    const values = this.#valuesOf(observations, lanes * draws);
    for (let lane = 0; lane < lanes; lane++) {
      let reward = 0;
      let value = 0;
      let ends = 0;
      for (let j = lane * draws; j < (lane + 1) * draws; j++) {
        reward += rewardScale.perLane(lessons[j], lane);
        if (terminated[j] === 1) ends++;
        else value += values[j];
      }
      const i = t * lanes + lane;
      rollout.rewards[i] = reward / draws;
      rollout.nextValues[i] = value / draws;
      rollout.endShares[i] = ends / draws;
    }
  }

  /** What followed is asked of the critic only where the rollout does not go on with it: `Rollout.followOn` fills in the rest. */
  #writeRealised(rollout: Rollout, t: number, step: VectorStep): void {
    const { rewardScale } = this.#parts;
    const { lanes, periods, nextValues } = rollout;
    const { rewards, lessons = rewards, terminated, truncated } = step;
    const values = t === periods - 1 || truncated.includes(1) ? this.#valuesOf(this.#whatFollows(rollout, step), lanes) : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = t * lanes + lane;
      rollout.rewards[i] = rewardScale.perLane(lessons[lane], lane);
      nextValues[i] = terminated[lane] === 1 || values === null ? 0 : values[lane];
      rollout.endShares[i] = terminated[lane];
    }
  }

  /** The states after a step: of a lane that was cut its last one, not the one that it starts anew from. */
  #whatFollows({ lanes, features }: Rollout, { observations, finalObservations, truncated }: VectorStep): Float32Array {
    const following = this.#following;
    following.set(observations);
    for (let lane = 0; lane < lanes; lane++) {
      if (truncated[lane] === 0) continue;
      for (let f = lane * features; f < (lane + 1) * features; f++) following[f] = finalObservations[f];
    }
    return following;
  }

  #valuesOf(observations: Float32Array, rows: number): Float32Array {
    if (this.#outcomes.length !== observations.length) this.#outcomes = new Float32Array(observations.length);
    this.#scale(observations, rows, this.#outcomes);
    return this.#parts.valueScale.toValues(this.#parts.learner.predictValues(this.#outcomes, rows));
  }

  #scale(observations: Float32Array, rows: number, into: Float32Array): void {
    if (this.#parts.scaler === undefined) into.set(observations);
    else this.#parts.scaler.apply(observations, rows, into);
  }
}
