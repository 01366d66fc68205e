import { createStream, type RandomStream, type VectorEnvironment } from '../../../env/index.ts';
import { type Archive, type BackendName, openTensors } from '../../../neural/index.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import type { ActionDistribution } from '../action-distribution.ts';
import { estimateAdvantages } from '../advantages.ts';
import { restoreInto, savedNumber, savedNumbers } from '../checkpoint.ts';
import { EnvironmentTrainer, type EnvironmentTrainerOptions } from '../environment-trainer.ts';
import { checkFinite } from '../finite.ts';
import { shuffle } from '../minibatches.ts';
import { linear } from '../schedule.ts';
import type { Metrics } from '../trainer.ts';
import { ValueScale } from '../value-scale.ts';
import { Collector } from './collector.ts';
import { type PpoConfig, type PpoSettings, ppoConfigSchema, settlePpo } from './config.ts';
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
  return new PpoTrainer({
    environment,
    config: settlePpo(ppoConfigSchema.parse(config), environment),
    seed,
    tensors: await openTensors({ backend }),
  });
}

/**
 * Proximal policy optimisation (Schulman et al. 2017) with generalised advantage estimates; where the environment can, the temporal-difference errors are expectations over
 * several demands tried on copies of the lanes.
 */
export class PpoTrainer extends EnvironmentTrainer<PpoConfig> {
  readonly agent = 'ppo';
  readonly #distribution: ActionDistribution;
  readonly #learner: PpoLearner;
  readonly #collector: Collector;
  readonly #rollout: Rollout;
  readonly #valueScale: ValueScale;
  readonly #streams: { readonly actions: RandomStream; readonly minibatches: RandomStream; readonly restarts: RandomStream };
  readonly #order: Int32Array;
  readonly #siblings: number;

  constructor(options: EnvironmentTrainerOptions<PpoConfig>) {
    super(options);
    const { environment, config, seed, tensors } = options;
    const { features, scaler, rewardScale, observations, draws, stopwatch } = this;
    this.#distribution = createDistribution(environment, config);
    this.#learner = createLearner({ tensors, features, distribution: this.#distribution, config, seed });
    this.#valueScale = new ValueScale({ rate: config.statisticsRate });
    this.#streams = {
      actions: createStream(seed, 'actions'),
      minibatches: createStream(seed, 'minibatches'),
      restarts: createStream(seed, 'restarts'),
    };
    this.#collector = new Collector({
      environment,
      observations,
      learner: this.#learner,
      distribution: this.#distribution,
      scaler,
      rewardScale,
      valueScale: this.#valueScale,
      random: this.#streams.actions,
      draws,
      stopwatch,
    });
    this.#rollout = new Rollout({
      periods: config.horizon,
      lanes: environment.lanes,
      features,
      actionSpace: environment.actionSpace,
      choices: environment.actionMasks === undefined ? 0 : this.#distribution.choices,
    });
    this.#siblings = draws === 0 ? (environment.siblings ?? 1) : 1;
    this.#order = Int32Array.from({ length: this.#rollout.rows }, (_, row) => row);
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    const rollout = this.#rollout;
    if (this.#restarting) this.observations.set(this.environment.reset({ seed: this.#streams.restarts.integer(2 ** 31) }));
    const meanReward = this.#collector.collect(rollout, this.steps);
    checkFinite(meanReward, 'The mean reward', this.steps + rollout.rows);
    const rates = {
      learningRate: this.learningRate,
      entropy: linear(this.progress, this.config.entropy, this.config.finalEntropy),
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
    const { actionSpace } = this.environment;
    return createActingNetwork({ actionSpace, shape: actor.shape, parameters: actor.parameters, free, scaler: this.scaler?.save() });
  }

  save(): Archive {
    const { actorParameters, critic, actorAdam, criticAdam } = this.#learner;
    return this.checkpoint(
      { actorSteps: actorAdam.steps, criticSteps: criticAdam?.steps ?? 0 },
      {
        actor: actorParameters.slice(),
        actorFirst: actorAdam.first.slice(),
        actorSecond: actorAdam.second.slice(),
        ...(critic === null || criticAdam === null
          ? {}
          : { critic: critic.parameters.slice(), criticFirst: criticAdam.first.slice(), criticSecond: criticAdam.second.slice() }),
        valueMoments: this.#valueScale.moments.save(),
        actionStream: this.#streams.actions.state(),
        minibatchStream: this.#streams.minibatches.state(),
        restartStream: this.#streams.restarts.state(),
        order: this.#order.slice(),
      },
    );
  }

  restore(checkpoint: Archive): void {
    this.restoreShared(checkpoint);
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
    this.#valueScale.moments.restore(savedNumbers(arrays, 'valueMoments'));
    this.#streams.actions.restore(savedNumbers(arrays, 'actionStream'));
    this.#streams.minibatches.restore(savedNumbers(arrays, 'minibatchStream'));
    this.#streams.restarts.restore(savedNumbers(arrays, 'restartStream'));
    actorAdam.steps = savedNumber(checkpoint, 'actorSteps');
    actor.refresh();
  }

  dispose(): void {
    this.#learner.actor.dispose();
    this.#learner.critic?.dispose();
  }

  /** Has a rollout come to or passed a multiple of the periods after which lanes start anew? */
  get #restarting(): boolean {
    const { restart, horizon } = this.config;
    const periods = this.steps / this.environment.lanes;
    return restart > 0 && periods > 0 && periods % restart < horizon;
  }

  /** Advantages, and the statistics that scale rewards and values. */
  #estimate(): void {
    const { config } = this;
    const rollout = this.#rollout;
    const { periods, lanes, values, rewards, endShares, advantages } = rollout;
    values.set(this.#valueScale.toValues(this.#learner.predictValues(rollout.observations, rollout.rows)));
    if (!rollout.triedAhead) rollout.followOn();
    this.rewardScale.moments.update(rewards);
    const end = this.rewardScale.end;
    const nextValues = rollout.nextValues.map((value, row) => value + endShares[row] * end);
    const centred = rewards.map((reward) => this.rewardScale.centred(reward));
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
