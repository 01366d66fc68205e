import { componentCount, type VectorEnvironment } from '../../env/index.ts';
import type { Archive, ArchiveArray, TensorBackend } from '../../neural/index.ts';
import type { ActingNetwork } from './acting-network.ts';
import { checkKind, environmentState, prefixed, restoreInto, savedNumber, savedNumbers } from './checkpoint.ts';
import { checkObservations } from './finite.ts';
import { ObservationScaler } from './observation-scaler.ts';
import { RewardScale } from './reward-scale.ts';
import { linear } from './schedule.ts';
import { Stopwatch } from './stopwatch.ts';
import type { Metrics, Trainer } from './trainer.ts';

/** The knobs that every agent has which learns while it acts. */
export interface EnvironmentTrainerConfig {
  readonly steps: number;
  readonly discount: number;
  readonly lookahead: number;
  readonly learningRate: number;
  readonly finalLearningRate: number;
  readonly normaliseObservations: boolean;
  readonly statisticsRate: number;
}

export interface EnvironmentTrainerOptions<C extends EnvironmentTrainerConfig> {
  readonly environment: VectorEnvironment;
  readonly config: C;
  readonly seed: number;
  readonly tensors: TensorBackend;
}

/** What agents that learn while they act in an environment share: where they stand in it, the scales of what they see, the plan, and the saving of all that. */
export abstract class EnvironmentTrainer<C extends EnvironmentTrainerConfig> implements Trainer {
  abstract readonly agent: string;
  readonly backend: string;
  readonly config: C;
  plannedSteps: number;
  steps = 0;
  readonly stopwatch = new Stopwatch({ simulate: 0, act: 0, update: 0, other: 0 });
  protected readonly environment: VectorEnvironment;
  protected readonly features: number;
  /** Draws of the lookahead; 0 for none. */
  protected readonly draws: number;
  protected readonly rewardScale: RewardScale;
  protected readonly scaler: ObservationScaler | undefined;
  /** [lane][feature], raw: what the next action will be chosen on. */
  protected readonly observations: Float32Array;

  constructor({ environment, config, seed, tensors }: EnvironmentTrainerOptions<C>) {
    const { discount, statisticsRate: rate } = config;
    this.backend = tensors.title;
    this.config = config;
    this.plannedSteps = config.steps;
    this.environment = environment;
    this.features = componentCount(environment.observationSpace);
    this.draws = environment.lookahead === undefined ? 0 : config.lookahead;
    this.rewardScale = new RewardScale({ laneScale: environment.rewardScale, discount, rate });
    this.scaler = config.normaliseObservations ? new ObservationScaler(this.features) : undefined;
    this.observations = environment.reset({ seed }).slice();
    checkObservations(this.observations, environment.observationSpace.names, 0);
    this.scaler?.update(this.observations, environment.lanes);
  }

  abstract step(): { readonly steps: number; readonly metrics: Metrics };
  abstract policy(): ActingNetwork;
  abstract save(): Archive;
  abstract restore(checkpoint: Archive): void;
  abstract dispose(): void;

  /** Part of the plan that is done, 0 to 1. */
  protected get progress(): number {
    return Math.min(this.steps / this.plannedSteps, 1);
  }

  protected get learningRate(): number {
    return this.config.learningRate * linear(this.progress, 1, this.config.finalLearningRate);
  }

  /** A checkpoint of the agent's own numbers and arrays, and what is shared. */
  protected checkpoint(data: Readonly<Record<string, number>>, arrays: Readonly<Record<string, ArchiveArray>>): Archive {
    const { steps, plannedSteps, config, scaler } = this;
    return {
      kind: `${this.agent}-checkpoint`,
      data: { steps, plannedSteps, ...data, config },
      arrays: {
        ...arrays,
        rewardMoments: this.rewardScale.moments.save(),
        ...(scaler === undefined ? {} : { scaler: scaler.save() }),
        observations: this.observations.slice(),
        ...prefixed('environment', this.environment.save()),
      },
    };
  }

  /** Puts back what is shared. @throws UserError for a checkpoint of another agent or environment */
  protected restoreShared(checkpoint: Archive): void {
    checkKind(checkpoint, `${this.agent}-checkpoint`);
    const { arrays } = checkpoint;
    restoreInto(this.observations, arrays, 'observations');
    this.rewardScale.moments.restore(savedNumbers(arrays, 'rewardMoments'));
    this.scaler?.restore(savedNumbers(arrays, 'scaler'));
    this.steps = savedNumber(checkpoint, 'steps');
    this.plannedSteps = savedNumber(checkpoint, 'plannedSteps');
    this.environment.restore(environmentState(arrays));
  }
}
