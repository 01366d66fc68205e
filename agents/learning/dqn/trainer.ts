import { componentCount, createStream, type Discrete, type RandomStream, type VectorEnvironment } from '../../../env/index.ts';
import {
  Adam,
  type Archive,
  type BackendName,
  clipNorm,
  heWeights,
  Mlp,
  type NetworkShape,
  openTensors,
  type TensorBackend,
} from '../../../neural/index.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import { categoricalHead } from '../action-head.ts';
import { checkKind, environmentState, prefixed, restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { checkFinite, checkObservations } from '../finite.ts';
import { ObservationScaler } from '../observation-scaler.ts';
import { RewardScale } from '../reward-scale.ts';
import { linear } from '../schedule.ts';
import { Stopwatch } from '../stopwatch.ts';
import type { Metrics, Trainer } from '../trainer.ts';
import { ValueScale } from '../value-scale.ts';
import { type DqnConfig, type DqnSettings, dqnConfigSchema } from './config.ts';
import { expectedExperience, realisedExperience } from './experience.ts';
import { discreteSpace, explore } from './exploration.ts';
import { Replay } from './replay.ts';
import { TargetBuilder } from './targets.ts';

export interface DqnOptions {
  readonly environment: VectorEnvironment;
  readonly config?: DqnSettings;
  readonly seed: number;
  /** Left out: the best that works here. */
  readonly backend?: BackendName;
}

/** Loads the tensors, and begins training from new weights in an environment reset with the seed. @throws UserError unless the action is one whole number. */
export async function createDqn({ environment, config = {}, seed, backend }: DqnOptions): Promise<DqnTrainer> {
  return new DqnTrainer({ environment, config: dqnConfigSchema.parse(config), seed, tensors: await openTensors({ backend }) });
}

interface Sums {
  updates: number;
  loss: number;
  norm: number;
  target: number;
}

/** Deep Q-learning (Mnih et al. 2015) with double targets; where the environment can, targets are expectations over several demands tried on copies of the lanes. */
export class DqnTrainer implements Trainer {
  readonly agent = 'dqn';
  readonly backend: string;
  readonly config: DqnConfig;
  plannedSteps: number;
  steps = 0;
  readonly stopwatch = new Stopwatch({ simulate: 0, act: 0, update: 0, other: 0 });
  readonly #environment: VectorEnvironment;
  readonly #space: Discrete;
  readonly #network: Mlp;
  readonly #target: Mlp;
  readonly #adam: Adam;
  readonly #gradient: Float32Array;
  readonly #replay: Replay;
  readonly #targets: TargetBuilder;
  readonly #rewardScale: RewardScale;
  readonly #valueScale: ValueScale;
  readonly #scaler: ObservationScaler | undefined;
  readonly #streams: { readonly exploration: RandomStream; readonly replay: RandomStream; readonly restarts: RandomStream };
  readonly #observations: Float32Array;
  readonly #actions: Int32Array;
  readonly #draws: number;
  #updates = 0;

  constructor({
    environment,
    config,
    seed,
    tensors,
  }: { environment: VectorEnvironment; config: DqnConfig; seed: number; tensors: TensorBackend }) {
    const features = componentCount(environment.observationSpace);
    const { lanes } = environment;
    this.backend = tensors.title;
    this.config = config;
    this.plannedSteps = config.steps;
    this.#environment = environment;
    this.#space = discreteSpace(environment.actionSpace);
    const shape: NetworkShape = { inputs: features, hidden: config.hidden, outputs: this.#space.count, activation: config.activation };
    const weights = heWeights(shape, createStream(seed, 'value weights'), { lastGain: 0.1 });
    this.#network = new Mlp(tensors, shape, weights);
    this.#target = new Mlp(tensors, shape, weights.slice());
    this.#adam = new Adam(weights.length, { epsilon: config.adamEpsilon });
    this.#gradient = new Float32Array(weights.length);
    this.#draws = environment.lookahead === undefined ? 0 : config.lookahead;
    const outcomes = Math.max(this.#draws, 1);
    const periods = Math.max(Math.round(config.capacity / lanes), config.nStep);
    this.#replay = new Replay({ lanes, features, outcomes, periods });
    this.#targets = new TargetBuilder({ rows: config.minibatch, features, outcomes });
    this.#rewardScale = new RewardScale({ laneScale: environment.rewardScale, discount: config.discount, rate: config.statisticsRate });
    this.#valueScale = new ValueScale({ rate: config.statisticsRate });
    this.#scaler = config.normaliseObservations ? new ObservationScaler(features) : undefined;
    this.#streams = {
      exploration: createStream(seed, 'exploration'),
      replay: createStream(seed, 'replay'),
      restarts: createStream(seed, 'restarts'),
    };
    this.#actions = new Int32Array(lanes);
    this.#observations = environment.reset({ seed }).slice();
    checkObservations(this.#observations, environment.observationSpace.names, 0);
    this.#scaler?.update(this.#observations, lanes);
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    const sums: Sums = { updates: 0, loss: 0, norm: 0, target: 0 };
    let reward = 0;
    const exploration = this.#exploration;
    const learningRate = this.config.learningRate * linear(this.#progress, 1, this.config.finalLearningRate);
    for (let t = 0; t < this.config.horizon; t++) {
      reward += this.#runPeriod(exploration);
      if (this.steps < this.config.learningStarts) continue;
      for (let update = 0; update < this.config.updates; update++) this.#learn(learningRate, sums);
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
    const { shape, parameters } = this.#network;
    const { name, count } = this.#space;
    return createActingNetwork({ actionSpace: { kind: 'discrete', name, count }, shape, parameters, scaler: this.#scaler?.save() });
  }

  save(): Archive {
    return {
      kind: 'dqn-checkpoint',
      data: {
        steps: this.steps,
        plannedSteps: this.plannedSteps,
        updates: this.#updates,
        adamSteps: this.#adam.steps,
        written: this.#replay.written,
        config: this.config,
      },
      arrays: {
        network: this.#network.parameters.slice(),
        target: this.#target.parameters.slice(),
        first: this.#adam.first.slice(),
        second: this.#adam.second.slice(),
        rewardMoments: this.#rewardScale.moments.save(),
        valueMoments: this.#valueScale.moments.save(),
        ...(this.#scaler === undefined ? {} : { scaler: this.#scaler.save() }),
        explorationStream: this.#streams.exploration.state(),
        replayStream: this.#streams.replay.state(),
        restartStream: this.#streams.restarts.state(),
        observations: this.#observations.slice(),
        ...prefixed('replay', Object.fromEntries(Object.entries(this.#replay.arrays()).map(([name, array]) => [name, array.slice()]))),
        ...prefixed('environment', this.#environment.save()),
      },
    };
  }

  restore(checkpoint: Archive): void {
    checkKind(checkpoint, 'dqn-checkpoint');
    const { arrays } = checkpoint;
    restoreInto(this.#network.parameters, arrays, 'network');
    restoreInto(this.#target.parameters, arrays, 'target');
    restoreInto(this.#adam.first, arrays, 'first');
    restoreInto(this.#adam.second, arrays, 'second');
    restoreInto(this.#observations, arrays, 'observations');
    for (const [name, array] of Object.entries(this.#replay.arrays())) restoreInto(array, arrays, `replay/${name}`);
    this.#rewardScale.moments.restore(savedNumbers(arrays, 'rewardMoments'));
    this.#valueScale.moments.restore(savedNumbers(arrays, 'valueMoments'));
    this.#scaler?.restore(savedNumbers(arrays, 'scaler'));
    this.#streams.exploration.restore(savedNumbers(arrays, 'explorationStream'));
    this.#streams.replay.restore(savedNumbers(arrays, 'replayStream'));
    this.#streams.restarts.restore(savedNumbers(arrays, 'restartStream'));
    this.#adam.steps = savedNumber(checkpoint, 'adamSteps');
    this.#updates = savedNumber(checkpoint, 'updates');
    this.#replay.resume(savedNumber(checkpoint, 'written'));
    this.steps = savedNumber(checkpoint, 'steps');
    this.plannedSteps = savedNumber(checkpoint, 'plannedSteps');
    this.#environment.restore(environmentState(arrays));
    this.#network.refresh();
    this.#target.refresh();
  }

  dispose(): void {
    this.#network.dispose();
    this.#target.dispose();
  }

  get #progress(): number {
    return Math.min(this.steps / this.plannedSteps, 1);
  }

  get #exploration(): number {
    const { exploration, finalExploration, explorationPart, learningStarts } = this.config;
    if (this.steps < learningStarts) return 1;
    return explorationPart > 0 ? linear(Math.min(this.#progress / explorationPart, 1), exploration, finalExploration) : finalExploration;
  }

  /** Runs every lane for a period, keeps what happened, and returns the mean raw reward. */
  #runPeriod(exploration: number): number {
    const { stopwatch } = this;
    const environment = this.#environment;
    stopwatch.start();
    const observations = this.#scaled(this.#observations);
    this.#act(observations, exploration);
    stopwatch.book('act');
    const tried = this.#draws > 0 ? environment.lookahead?.(this.#actions, this.#draws) : undefined;
    const step = environment.step(this.#actions);
    this.steps += environment.lanes;
    checkObservations(step.observations, environment.observationSpace.names, this.steps);
    stopwatch.book('simulate');
    const reward = step.rewards.reduce((sum, value) => sum + value, 0) / environment.lanes;
    const place = { observations, actions: this.#actions };
    const experience =
      tried === undefined ? realisedExperience(place, step, this.#rewardScale) : expectedExperience(place, step, tried, this.#rewardScale);
    const restarting = this.#restarting;
    if (restarting) experience.ended.fill(1);
    this.#replay.add({ ...experience, following: this.#scaled(experience.following) });
    this.#rewardScale.moments.update(experience.rewards);
    this.#scaler?.update(step.observations, environment.lanes);
    this.#observations.set(restarting ? environment.reset({ seed: this.#streams.restarts.integer(2 ** 31) }) : step.observations);
    stopwatch.book('other');
    return reward;
  }

  get #restarting(): boolean {
    const { restart } = this.config;
    return restart > 0 && (this.steps / this.#environment.lanes) % restart === 0;
  }

  #act(observations: Float32Array, exploration: number): void {
    const { count } = this.#space;
    const { greedy } = categoricalHead(count);
    const values = this.#network.predict(observations, this.#actions.length);
    for (let lane = 0; lane < this.#actions.length; lane++) {
      const random = this.#streams.exploration.next() < exploration;
      this.#actions[lane] = random ? explore(this.#space, this.#streams.exploration) : greedy(values, lane * count);
    }
  }

  /** One gradient step on the Huber loss. */
  #learn(learningRate: number, sums: Sums): void {
    const { discount, nStep, double, gradientNorm, targetEvery } = this.config;
    const valueScale = this.#valueScale;
    const { rows, observations, actions, targets } = this.#targets.build({
      replay: this.#replay,
      chooser: double ? this.#network : this.#target,
      target: this.#target,
      rewardScale: this.#rewardScale,
      valueScale,
      discount,
      nStep,
      random: this.#streams.replay,
    });
    const { count } = this.#space;
    let loss = 0;
    this.#network.gradient(
      observations,
      rows,
      (values, byValue) => {
        for (let row = 0; row < rows; row++) {
          const at = row * count + actions[row];
          const error = values[at] - valueScale.toOutput(targets[row]);
          const beyond = Math.abs(error) > 1;
          byValue[at] = (beyond ? Math.sign(error) : error) / rows;
          loss += beyond ? Math.abs(error) - 0.5 : 0.5 * error * error;
        }
      },
      this.#gradient,
    );
    const norm = clipNorm(this.#gradient, gradientNorm);
    checkFinite(norm, 'The norm of the gradient', this.steps);
    this.#adam.step(this.#network.parameters, this.#gradient, learningRate);
    this.#network.refresh();
    this.#updates++;
    if (this.#updates % targetEvery === 0) this.#renewTarget(targets);
    sums.updates++;
    sums.loss += loss / rows;
    sums.norm += norm;
    sums.target += targets.reduce((sum, target) => sum + target, 0) / rows;
  }

  /** Copies the network to the target network, and lets the scale of values follow the targets. */
  #renewTarget(targets: Float64Array): void {
    this.#target.parameters.set(this.#network.parameters);
    this.#valueScale.update(targets, [this.#network, this.#target]);
  }

  #scaled(observations: Float32Array): Float32Array {
    const scaled = new Float32Array(observations.length);
    if (this.#scaler === undefined) scaled.set(observations);
    else this.#scaler.apply(observations, observations.length / componentCount(this.#environment.observationSpace), scaled);
    return scaled;
  }
}
