import { createStream, type Lookahead, type RandomStream, type VectorEnvironment, type VectorStep } from '../../../env/index.ts';
import { type Archive, type BackendName, openTensors } from '../../../neural/index.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import { prefixed, restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { EnvironmentTrainer, type EnvironmentTrainerOptions } from '../environment-trainer.ts';
import { checkFinite, checkObservations } from '../finite.ts';
import { linear } from '../schedule.ts';
import type { Metrics } from '../trainer.ts';
import { type DqnConfig, type DqnSettings, dqnConfigSchema, settleDqn } from './config.ts';
import { expectedExperience, realisedExperience } from './experience.ts';
import { DqnLearner, type DqnSums } from './learner.ts';
import { ListedActor } from './listed-actor.ts';
import { Replay } from './replay.ts';

export interface DqnOptions {
  readonly environment: VectorEnvironment;
  readonly config?: DqnSettings;
  readonly seed: number;
  /** Left out: the best that works here. */
  readonly backend?: BackendName;
}

/** Loads the tensors, and begins training from new weights in an environment reset with the seed. @throws UserError unless the action is one whole number. */
export async function createDqn({ environment, config = {}, seed, backend }: DqnOptions): Promise<DqnTrainer> {
  return new DqnTrainer({
    environment,
    config: settleDqn(dqnConfigSchema.parse(config), environment),
    seed,
    tensors: await openTensors({ backend }),
  });
}

/** Deep Q-learning (Mnih et al. 2015) with double targets; where the environment can, targets are expectations over several demands tried on copies of the lanes. */
export class DqnTrainer extends EnvironmentTrainer<DqnConfig> {
  readonly agent = 'dqn';
  readonly #actor: ListedActor;
  readonly #learner: DqnLearner;
  readonly #replay: Replay;
  readonly #streams: { readonly exploration: RandomStream; readonly restarts: RandomStream };

  constructor(options: EnvironmentTrainerOptions<DqnConfig>) {
    super(options);
    const { environment, config, seed, tensors } = options;
    const { lanes } = environment;
    const { features, rewardScale } = this;
    this.#actor = new ListedActor(environment.actionSpace, lanes);
    const { count: actions } = this.#actor.listed;
    const outcomes = Math.max(this.draws, 1);
    const periods = Math.max(Math.round(config.capacity / lanes), config.nStep);
    this.#replay = new Replay({ lanes, features, outcomes, periods, actions, prioritised: config.priority > 0 });
    this.#learner = new DqnLearner({ tensors, config, features, outcomes, actions, rewardScale, seed });
    this.#streams = { exploration: createStream(seed, 'exploration'), restarts: createStream(seed, 'restarts') };
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    const sums: DqnSums = { updates: 0, loss: 0, norm: 0, target: 0 };
    let reward = 0;
    const exploration = this.#exploration;
    const { learningRate } = this;
    const importance = linear(this.progress, this.config.importance, 1);
    const nStep = this.progress >= this.config.explorationPart ? this.config.finalNStep : this.config.nStep;
    for (let t = 0; t < this.config.horizon; t++) {
      reward += this.#runPeriod(exploration);
      if (this.steps < this.config.learningStarts) continue;
      for (let update = 0; update < this.config.updates; update++)
        this.#learner.step(this.#replay, { learningRate, nStep, importance, steps: this.steps }, sums);
      this.stopwatch.book('update');
    }
    const updates = Math.max(sums.updates, 1);
    return {
      steps: this.steps,
      metrics: {
        reward: reward / this.config.horizon,
        valueLoss: sums.loss / updates,
        meanTarget: sums.target / updates,
        gradientNorm: sums.norm / updates,
        exploration,
        learningRate,
      },
    };
  }

  policy(): ActingNetwork {
    const { actionSpace } = this.environment;
    return createActingNetwork({ actionSpace, ...this.#learner.acting(), head: 'values', scaler: this.scaler?.save() });
  }

  save(): Archive {
    const { network, target, average, adam, valueScale } = this.#learner;
    return this.checkpoint(
      { updates: adam.steps, written: this.#replay.written, largestPriority: this.#replay.priorities?.largest ?? 1 },
      {
        network: network.parameters.slice(),
        target: target.parameters.slice(),
        ...(average === null ? {} : { average: average.slice() }),
        first: adam.first.slice(),
        second: adam.second.slice(),
        valueMoments: valueScale.moments.save(),
        explorationStream: this.#streams.exploration.state(),
        replayStream: this.#learner.random.state(),
        restartStream: this.#streams.restarts.state(),
        ...prefixed('replay', Object.fromEntries(Object.entries(this.#replay.arrays()).map(([name, array]) => [name, array.slice()]))),
      },
    );
  }

  restore(checkpoint: Archive): void {
    this.restoreShared(checkpoint);
    const { arrays } = checkpoint;
    const { network, target, average, adam, valueScale } = this.#learner;
    restoreInto(network.parameters, arrays, 'network');
    restoreInto(target.parameters, arrays, 'target');
    if (average !== null) restoreInto(average, arrays, 'average');
    restoreInto(adam.first, arrays, 'first');
    restoreInto(adam.second, arrays, 'second');
    if (arrays['replay/masks'] !== undefined) this.#replay.expectMasks();
    for (const [name, array] of Object.entries(this.#replay.arrays())) restoreInto(array, arrays, `replay/${name}`);
    valueScale.moments.restore(savedNumbers(arrays, 'valueMoments'));
    this.#streams.exploration.restore(savedNumbers(arrays, 'explorationStream'));
    this.#learner.random.restore(savedNumbers(arrays, 'replayStream'));
    this.#streams.restarts.restore(savedNumbers(arrays, 'restartStream'));
    adam.steps = savedNumber(checkpoint, 'updates');
    this.#replay.resume(savedNumber(checkpoint, 'written'), savedNumber(checkpoint, 'largestPriority'));
    network.refresh();
    target.refresh();
  }

  dispose(): void {
    this.#learner.network.dispose();
    this.#learner.target.dispose();
  }

  get #exploration(): number {
    const { exploration, finalExploration, explorationPart, learningStarts } = this.config;
    if (this.steps < learningStarts) return 1;
    return explorationPart > 0 ? linear(Math.min(this.progress / explorationPart, 1), exploration, finalExploration) : finalExploration;
  }

  /** Runs every lane for a period, keeps what happened, and returns the mean raw reward. */
  #runPeriod(exploration: number): number {
    const { stopwatch, environment } = this;
    stopwatch.start();
    const observations = this.#scaled(this.observations);
    const values = this.#learner.predict(observations, environment.lanes);
    this.#actor.act(values, { exploration, random: this.#streams.exploration, masks: environment.actionMasks?.() });
    stopwatch.book('act');
    const tried = this.draws > 0 ? environment.lookahead?.(this.#actor.actions, this.draws) : undefined;
    const step = environment.step(this.#actor.actions);
    this.steps += environment.lanes;
    checkObservations(step.observations, environment.observationSpace.names, this.steps);
    stopwatch.book('simulate');
    const reward = step.rewards.reduce((sum, value) => sum + value, 0) / environment.lanes;
    checkFinite(reward, 'The mean reward', this.steps);
    const place = { observations, actions: this.#actor.choices };
    const experience =
      tried === undefined ? realisedExperience(place, step, this.rewardScale) : expectedExperience(place, step, tried, this.rewardScale);
    const restarting = this.#restarting;
    if (restarting) experience.ended.fill(1);
    this.#replay.add({ ...experience, following: this.#scaled(experience.following), masks: this.#followingMasks(step, tried) });
    this.rewardScale.moments.update(experience.rewards);
    this.scaler?.update(step.observations, environment.lanes);
    this.observations.set(restarting ? environment.reset({ seed: this.#streams.restarts.integer(2 ** 31) }) : step.observations);
    stopwatch.book('other');
    return reward;
  }

  /** Of the outcomes kept. */
  #followingMasks(step: VectorStep, tried: Lookahead | undefined): Uint8Array | undefined {
    if (tried !== undefined) return this.#actor.allowed(tried.masks);
    return this.#actor.allowedNext(this.environment.actionMasks?.(), step);
  }

  get #restarting(): boolean {
    const { restart } = this.config;
    return restart > 0 && (this.steps / this.environment.lanes) % restart === 0;
  }

  #scaled(observations: Float32Array): Float32Array {
    const scaled = new Float32Array(observations.length);
    if (this.scaler === undefined) scaled.set(observations);
    else this.scaler.apply(observations, observations.length / this.features, scaled);
    return scaled;
  }
}
