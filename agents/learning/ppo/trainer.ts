import { componentCount, createStream, type RandomStream, type VectorEnvironment } from '../../../env/index.ts';
import { type Archive, type BackendName, openTensors, type TensorBackend } from '../../../neural/index.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import type { ActionDistribution } from '../action-distribution.ts';
import { estimateAdvantages } from '../advantages.ts';
import { checkKind, environmentState, prefixed, restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { checkFinite, checkObservations } from '../finite.ts';
import { shuffle } from '../minibatches.ts';
import { ObservationScaler } from '../observation-scaler.ts';
import { RewardScale } from '../reward-scale.ts';
import { linear } from '../schedule.ts';
import { Stopwatch } from '../stopwatch.ts';
import type { Metrics, Trainer } from '../trainer.ts';
import { ValueScale } from '../value-scale.ts';
import { Collector } from './collector.ts';
import { type PpoConfig, type PpoSettings, ppoConfigSchema } from './config.ts';
import { explainedVariance, ppoMetrics } from './metrics.ts';
import { createDistribution, createLearner } from './networks.ts';
import { Rollout } from './rollout.ts';
import type { PpoLearner, UpdateSums } from './update.ts';

export interface PpoOptions {
  readonly environment: VectorEnvironment;
  readonly config?: PpoSettings;
  readonly seed: number;
  /** Left out: the best that works here. */
  readonly backend?: BackendName;
}

/** Loads the tensors, and begins training from new weights in an environment reset with the seed. */
export async function createPpo({ environment, config = {}, seed, backend }: PpoOptions): Promise<PpoTrainer> {
  return new PpoTrainer({ environment, config: ppoConfigSchema.parse(config), seed, tensors: await openTensors({ backend }) });
}

/**
 * Proximal policy optimisation (Schulman et al. 2017) with generalised advantage estimates; where the environment can, the temporal-difference errors are expectations over
 * several demands tried on copies of the lanes.
 */
export class PpoTrainer implements Trainer {
  readonly agent = 'ppo';
  readonly backend: string;
  readonly config: PpoConfig;
  plannedSteps: number;
  steps = 0;
  readonly stopwatch = new Stopwatch({ simulate: 0, act: 0, update: 0, other: 0 });
  readonly #environment: VectorEnvironment;
  readonly #distribution: ActionDistribution;
  readonly #learner: PpoLearner;
  readonly #collector: Collector;
  readonly #rollout: Rollout;
  readonly #rewardScale: RewardScale;
  readonly #valueScale: ValueScale;
  readonly #scaler: ObservationScaler | undefined;
  readonly #streams: { readonly actions: RandomStream; readonly minibatches: RandomStream };
  readonly #order: Int32Array;
  readonly #siblings: number;

  constructor({
    environment,
    config,
    seed,
    tensors,
  }: { environment: VectorEnvironment; config: PpoConfig; seed: number; tensors: TensorBackend }) {
    const features = componentCount(environment.observationSpace);
    this.backend = tensors.title;
    this.config = config;
    this.plannedSteps = config.steps;
    this.#environment = environment;
    this.#distribution = createDistribution(environment, config);
    this.#learner = createLearner({ tensors, features, distribution: this.#distribution, config, seed });
    this.#scaler = config.normaliseObservations ? new ObservationScaler(features) : undefined;
    this.#rewardScale = new RewardScale({ laneScale: environment.rewardScale, discount: config.discount, rate: config.statisticsRate });
    this.#valueScale = new ValueScale({ rate: config.statisticsRate });
    this.#streams = { actions: createStream(seed, 'actions'), minibatches: createStream(seed, 'minibatches') };
    this.#collector = new Collector({
      environment,
      learner: this.#learner,
      distribution: this.#distribution,
      scaler: this.#scaler,
      rewardScale: this.#rewardScale,
      valueScale: this.#valueScale,
      random: this.#streams.actions,
      draws: environment.lookahead === undefined ? 0 : config.lookahead,
      stopwatch: this.stopwatch,
    });
    this.#rollout = new Rollout({
      periods: config.horizon,
      lanes: environment.lanes,
      features,
      actionSpace: environment.actionSpace,
      choices: environment.actionMasks === undefined ? 0 : this.#distribution.choices,
    });
    this.#siblings = environment.lookahead === undefined || config.lookahead === 0 ? (environment.siblings ?? 1) : 1;
    this.#order = Int32Array.from({ length: this.#rollout.rows }, (_, row) => row);
    const first = environment.reset({ seed });
    checkObservations(first, environment.observationSpace.names, 0);
    this.#collector.observations.set(first);
    this.#scaler?.update(first, environment.lanes);
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    const rollout = this.#rollout;
    const meanReward = this.#collector.collect(rollout, this.steps);
    checkFinite(meanReward, 'The mean reward', this.steps + rollout.rows);
    const rates = {
      learningRate: this.config.learningRate * linear(this.#progress, 1, this.config.finalLearningRate),
      entropy: linear(this.#progress, this.config.entropy, this.config.finalEntropy),
      steps: this.steps,
    };
    this.#estimate();
    this.stopwatch.book('other');
    const sums = this.#update(rates);
    this.stopwatch.book('update');
    this.steps += rollout.rows;
    return { steps: this.steps, metrics: ppoMetrics({ sums, rates, meanReward, explained: explainedVariance(rollout) }) };
  }

  policy(): ActingNetwork {
    const { actor, free } = this.#learner;
    const { actionSpace } = this.#environment;
    return createActingNetwork({ actionSpace, shape: actor.shape, parameters: actor.parameters, free, scaler: this.#scaler?.save() });
  }

  save(): Archive {
    const { actorParameters, critic, actorAdam, criticAdam } = this.#learner;
    return {
      kind: 'ppo-checkpoint',
      data: {
        steps: this.steps,
        plannedSteps: this.plannedSteps,
        actorSteps: actorAdam.steps,
        criticSteps: criticAdam?.steps ?? 0,
        config: this.config,
      },
      arrays: {
        actor: actorParameters.slice(),
        actorFirst: actorAdam.first.slice(),
        actorSecond: actorAdam.second.slice(),
        ...(critic === null || criticAdam === null
          ? {}
          : { critic: critic.parameters.slice(), criticFirst: criticAdam.first.slice(), criticSecond: criticAdam.second.slice() }),
        rewardMoments: this.#rewardScale.moments.save(),
        valueMoments: this.#valueScale.moments.save(),
        ...(this.#scaler === undefined ? {} : { scaler: this.#scaler.save() }),
        actionStream: this.#streams.actions.state(),
        minibatchStream: this.#streams.minibatches.state(),
        order: this.#order.slice(),
        observations: this.#collector.observations.slice(),
        ...prefixed('environment', this.#environment.save()),
      },
    };
  }

  restore(checkpoint: Archive): void {
    checkKind(checkpoint, 'ppo-checkpoint');
    const { arrays } = checkpoint;
    const { actorParameters, actor, critic, actorAdam, criticAdam } = this.#learner;
    restoreInto(actorParameters, arrays, 'actor');
    restoreInto(actorAdam.first, arrays, 'actorFirst');
    restoreInto(actorAdam.second, arrays, 'actorSecond');
    if (critic !== null && criticAdam !== null) {
      restoreInto(critic.parameters, arrays, 'critic');
      restoreInto(criticAdam.first, arrays, 'criticFirst');
      restoreInto(criticAdam.second, arrays, 'criticSecond');
      criticAdam.steps = savedNumber(checkpoint, 'criticSteps');
      critic.refresh();
    }
    restoreInto(this.#order, arrays, 'order');
    restoreInto(this.#collector.observations, arrays, 'observations');
    this.#rewardScale.moments.restore(savedNumbers(arrays, 'rewardMoments'));
    this.#valueScale.moments.restore(savedNumbers(arrays, 'valueMoments'));
    this.#scaler?.restore(savedNumbers(arrays, 'scaler'));
    this.#streams.actions.restore(savedNumbers(arrays, 'actionStream'));
    this.#streams.minibatches.restore(savedNumbers(arrays, 'minibatchStream'));
    actorAdam.steps = savedNumber(checkpoint, 'actorSteps');
    this.steps = savedNumber(checkpoint, 'steps');
    this.plannedSteps = savedNumber(checkpoint, 'plannedSteps');
    this.#environment.restore(environmentState(arrays));
    actor.refresh();
  }

  dispose(): void {
    this.#learner.actor.dispose();
    this.#learner.critic?.dispose();
  }

  /** Part of the plan that is done, 0 to 1. */
  get #progress(): number {
    return Math.min(this.steps / this.plannedSteps, 1);
  }

  /** Advantages, and the statistics that scale rewards and values. */
  #estimate(): void {
    const { config } = this;
    const rollout = this.#rollout;
    const { periods, lanes, values, rewards, endShares, advantages } = rollout;
    values.set(this.#valueScale.toValues(this.#learner.predictValues(rollout.observations, rollout.rows)));
    this.#rewardScale.moments.update(rewards);
    const end = this.#rewardScale.end;
    const nextValues = rollout.nextValues.map((value, row) => value + endShares[row] * end);
    const centred = rewards.map((reward) => this.#rewardScale.centred(reward));
    const { discount, lambda } = config;
    const inputs = { periods, lanes, rewards: centred, values, nextValues, ended: rollout.ended, discount, lambda };
    estimateAdvantages(inputs, advantages);
    for (let row = 0; row < rollout.rows; row++) rollout.returns[row] = advantages[row] + values[row];
    // The critic learns what happened; only the actor is spared the luck that siblings share.
    if (this.#siblings > 1) estimateAdvantages({ ...inputs, siblings: this.#siblings }, advantages);
    this.#learner.followValues(this.#valueScale, rollout.returns);
  }

  #update(rates: { learningRate: number; entropy: number; steps: number }): UpdateSums {
    const sums: UpdateSums = {
      rows: 0,
      minibatches: 0,
      policyLoss: 0,
      valueLoss: 0,
      entropy: 0,
      divergence: 0,
      clipped: 0,
      actorNorm: 0,
      criticNorm: 0,
    };
    const size = Math.min(this.config.minibatch, this.#order.length);
    for (let epoch = 0; epoch < this.config.epochs; epoch++) {
      shuffle(this.#order, this.#streams.minibatches);
      for (let start = 0; start < this.#order.length; start += size) {
        const before = sums.divergence;
        const rows = this.#order.subarray(start, start + size);
        this.#learner.step(this.#rollout, rows, this.#valueScale, rates, sums);
        const { targetKl } = this.config;
        if (targetKl !== null && (sums.divergence - before) / rows.length > 1.5 * targetKl) return sums;
      }
    }
    return sums;
  }
}
