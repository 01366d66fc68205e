import { createStream, type RandomStream, type Scenario } from '../../../env/index.ts';
import { type Archive, type BackendName, openTensors, type TensorBackend } from '../../../neural/index.ts';
import type { Policy } from '../../policy.ts';
import type { ActingNetwork } from '../acting-network.ts';
import { checkKind, environmentState, prefixed, savedNumber, savedNumbers, unprefixed } from '../checkpoint.ts';
import { checkFinite, checkObservations } from '../finite.ts';
import { Stopwatch } from '../stopwatch.ts';
import type { Metrics, Trainer } from '../trainer.ts';
import { Collector } from './collector.ts';
import { type DclConfig, type DclSettings, dclConfigSchema } from './config.ts';
import { Fitting } from './fitting.ts';
import { Generation } from './generation.ts';
import { Incumbent } from './incumbent.ts';
import { pairedCost } from './paired-cost.ts';
import { generationsPlanned, PHASES, type Phase, phaseEnds } from './phases.ts';
import { type AgentInterface, networkPlayer } from './player.ts';

export interface DclOptions {
  readonly scenario: Scenario;
  readonly agentInterface: AgentInterface;
  /** The policy to improve on. */
  readonly base: Policy;
  /** States collected at once: whole catalogues. Default 256, rounded up. */
  readonly lanes?: number;
  readonly config?: DclSettings;
  readonly seed: number;
  /** Left out: the best that works here. */
  readonly backend?: BackendName;
}

type Parts = Omit<DclOptions, 'config' | 'backend'>;

/** Least lanes of a comparison of two policies. */
const COMPARED_LANES = 512;

/** Loads the tensors, and begins to improve on the base policy. @throws UserError unless the actions are whole numbers. */
export async function createDcl({ config = {}, backend, ...options }: DclOptions): Promise<DclTrainer> {
  return new DclTrainer({ ...options, config: dclConfigSchema.parse(config), tensors: await openTensors({ backend }) });
}

/**
 * Deep controlled learning (Temizoz, Imdahl, Dijkman, Lamghari-Idrissi and van Jaarsveld, European Journal of Operational Research 324, 2025): policy improvement by simulation.
 * Actions are tried in many states, each followed by the policy at hand; a network is fitted to what was best; it is the next policy at hand, if it is the cheaper.
 */
export class DclTrainer implements Trainer {
  readonly agent = 'dcl';
  readonly backend: string;
  readonly config: DclConfig;
  plannedSteps: number;
  steps = 0;
  readonly stopwatch = new Stopwatch({ rollouts: 0, fit: 0, choice: 0 });
  readonly #options: Parts;
  readonly #collector: Collector;
  readonly #fitting: Fitting;
  readonly #random: RandomStream;
  /** Of the demand that policies are compared on. */
  #seed: number;
  #index = 0;
  #generation: Generation;
  #generationStart = 0;
  #phase: Phase = 'rollouts';
  readonly #incumbent: Incumbent;
  /** Planned in all. */
  readonly #generations: number;

  constructor({ tensors, config, ...options }: Parts & { config: DclConfig; tensors: TensorBackend }) {
    const { scenario, agentInterface, base, seed, lanes = 256 } = options;
    const items = scenario.laneNames?.length ?? 1;
    this.backend = tensors.title;
    this.config = config;
    this.plannedSteps = config.steps;
    this.#options = options;
    const { randomOrders, restarts, spacing } = config;
    const collected = items * Math.ceil(lanes / items);
    this.#collector = new Collector({ scenario, agentInterface, lanes: collected, seed, randomOrders, restarts, spacing });
    const { codec, encoder } = this.#collector;
    this.#fitting = new Fitting({ tensors, config, features: encoder.space.names.length, space: codec.space, seed });
    this.#random = createStream(seed, 'rollouts');
    this.#seed = seed;
    this.#incumbent = new Incumbent({ base, agentInterface });
    this.#generation = this.#newGeneration();
    this.#generations = this.#planGenerations();
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    this.stopwatch.start();
    const phase = this.#phase;
    const metrics = phase === 'rollouts' ? this.#rollOut() : phase === 'fit' ? this.#fit() : this.#choose();
    this.stopwatch.book(phase);
    return { steps: this.steps, metrics: { generation: this.#index, ...metrics } };
  }

  /** Something is learned once a network has been fitted. */
  get learned(): boolean {
    return this.#incumbent.best !== null || this.#phase === 'choice';
  }

  policy(): ActingNetwork {
    return this.#incumbent.best?.network ?? this.#fitting.acting(this.#fitting.parameters);
  }

  get base(): Policy {
    return this.#options.base;
  }

  get #ends(): Readonly<Record<Phase, number>> {
    const [generation, generationStart, generations] = [this.#index, this.#generationStart, this.#generations];
    return phaseEnds({ plannedSteps: this.plannedSteps, generation, generationStart, generations }, this.config);
  }

  /** Later generations follow a network: where its decisions cannot be looked up, there may not be work enough for them. */
  #planGenerations(): number {
    const { config } = this;
    const follower = networkPlayer(this.#fitting.acting(this.#fitting.parameters), this.#options.agentInterface);
    if (follower.work(this.#collector.simulator) === 0) return config.generations;
    return generationsPlanned(config, this.#newGeneration(1).stateWork(follower));
  }

  #newGeneration(index = this.#index): Generation {
    const { scenario } = this.#options;
    return new Generation({ index, scenario, config: this.config, collector: this.#collector, random: this.#random });
  }

  /** Collects states where none wait, and tries actions in some. */
  #rollOut(): Metrics {
    const generation = this.#generation;
    const { samples } = generation;
    const { player } = this.#incumbent;
    if (!generation.waiting) this.#collect();
    const { work, cost } = generation.tryActions(player);
    checkFinite(cost, 'The mean cost of the rollouts', this.steps);
    this.steps += work;
    if (this.steps >= this.#ends.rollouts) {
      generation.close();
      this.#phase = 'fit';
      this.#fitting.begin(samples);
    }
    return { states: generation.tried, cost, noise: samples.typicalNoise(generation.tried) };
  }

  #collect(): void {
    const collector = this.#collector;
    const { player, best } = this.#incumbent;
    collector.collect(player);
    checkObservations(collector.observations, collector.encoder.space.names, this.steps);
    this.#generation.take(player, best && this.#fitting.logits(best.parameters));
    this.steps += collector.work;
    if (this.#index === 0) this.#fitting.scaler.update(collector.observations, collector.simulator.lanes);
  }

  #fit(): Metrics {
    const { rollouts: start, fit: end } = this.#ends;
    const { work, metrics } = this.#fitting.advance(this.#generation.samples, { steps: this.steps, start, end });
    this.steps += work;
    if (this.steps >= end) this.#phase = 'choice';
    return metrics;
  }

  /** Compares the fitted network with the policy at hand and goes on with the cheaper. */
  #choose(): Metrics {
    const { scenario, agentInterface } = this.#options;
    const parameters = this.#fitting.parameters.slice();
    const network = this.#fitting.acting(parameters);
    const challenger = networkPlayer(network, agentInterface);
    const { costs, difference, standardError, work } = pairedCost({
      scenario,
      players: [this.#incumbent.player, challenger],
      lanes: COMPARED_LANES,
      work: Math.max(this.#ends.choice - this.steps, 0),
      seed: this.#seed,
    });
    checkFinite(difference, 'The difference between the new policy and the old', this.steps);
    this.steps += work;
    this.#fitting.adopt(this.#incumbent.offer({ network, parameters, difference }, challenger).parameters);
    this.#beginGeneration(this.#index + 1);
    return { cost: costs[1], costBefore: costs[0], difference, standardError };
  }

  #beginGeneration(index: number): void {
    this.#index = index;
    this.#generationStart = this.steps;
    this.#phase = 'rollouts';
    this.#generation = this.#newGeneration();
  }

  save(): Archive {
    const fitting = this.#fitting.save();
    const incumbent = this.#incumbent.save();
    const { samples, tried } = this.#generation;
    return {
      kind: 'dcl-checkpoint',
      data: {
        seed: this.#seed,
        steps: this.steps,
        plannedSteps: this.plannedSteps,
        generation: this.#index,
        generationStart: this.#generationStart,
        phase: PHASES.indexOf(this.#phase),
        states: samples.count,
        tried,
        ...fitting.data,
        ...incumbent.data,
        config: this.config,
      },
      arrays: {
        ...fitting.arrays,
        ...incumbent.arrays,
        rolloutStream: this.#random.state(),
        ...prefixed('samples', samples.arrays()),
        ...prefixed('environment', this.#collector.save()),
      },
    };
  }

  restore(checkpoint: Archive): void {
    checkKind(checkpoint, 'dcl-checkpoint');
    const { arrays } = checkpoint;
    this.#fitting.restore(checkpoint);
    this.#random.restore(savedNumbers(arrays, 'rolloutStream'));
    this.#seed = savedNumber(checkpoint, 'seed');
    this.steps = savedNumber(checkpoint, 'steps');
    this.plannedSteps = savedNumber(checkpoint, 'plannedSteps');
    this.#incumbent.restore(checkpoint, (parameters) => this.#fitting.acting(parameters));
    this.#beginGeneration(savedNumber(checkpoint, 'generation'));
    this.#generationStart = savedNumber(checkpoint, 'generationStart');
    this.#phase = PHASES[savedNumber(checkpoint, 'phase')];
    this.#generation.samples.restore(unprefixed('samples', arrays), savedNumber(checkpoint, 'states'));
    this.#generation.tried = savedNumber(checkpoint, 'tried');
    this.#collector.restore(environmentState(arrays));
  }

  dispose(): void {
    this.#fitting.dispose();
  }
}
