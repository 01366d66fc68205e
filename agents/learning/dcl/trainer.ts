import { createStream, type RandomStream, type Scenario, type Space } from '../../../env/index.ts';
import { type Archive, type BackendName, type NetworkShape, openTensors, PlainNetwork, type TensorBackend } from '../../../neural/index.ts';
import type { Policy } from '../../policy.ts';
import { type ActingNetwork, createActingNetwork } from '../acting-network.ts';
import { checkKind, environmentState, prefixed, savedNumber, savedNumbers } from '../checkpoint.ts';
import { checkFinite, checkObservations } from '../finite.ts';
import { ObservationScaler } from '../observation-scaler.ts';
import { linear } from '../schedule.ts';
import { Stopwatch } from '../stopwatch.ts';
import type { Metrics, Trainer } from '../trainer.ts';
import type { Logits } from './candidates.ts';
import { choiceCounts } from './choices.ts';
import { Collector } from './collector.ts';
import { type DclConfig, type DclSettings, dclConfigSchema } from './config.ts';
import { type FitData, SoftFit } from './fit.ts';
import { Generation } from './generation.ts';
import { type Challenger, Incumbent } from './incumbent.ts';
import { pairedCost } from './paired-cost.ts';
import { PHASES, type Phase, phaseEnds } from './phases.ts';
import { type AgentInterface, networkPlayer } from './player.ts';
import { softTargets } from './samples.ts';

export interface DclOptions {
  readonly scenario: Scenario;
  readonly agentInterface: AgentInterface;
  /** The policy to improve on. */
  readonly base: Policy;
  readonly config?: DclSettings;
  readonly seed: number;
  /** Left out: the best that works here. */
  readonly backend?: BackendName;
}

/** Simulated periods that a row of a gradient step counts as: about what it costs. */
const ROW_WORK = 100;
/** States collected at once, and gradient steps of one iteration. */
const STATES = 64;
const GRADIENT_STEPS = 32;
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
  readonly #options: Omit<DclOptions, 'config' | 'backend'>;
  readonly #counts: readonly number[];
  readonly #space: Space;
  readonly #collector: Collector;
  readonly #fit: SoftFit;
  readonly #scaler: ObservationScaler;
  readonly #random: RandomStream;
  /** Of the demand that policies are compared on. */
  #seed: number;
  #data: FitData | null = null;
  #index = 0;
  #generation: Generation;
  #generationStart = 0;
  #phase: Phase = 'rollouts';
  readonly #incumbent: Incumbent;

  constructor({ tensors, config, ...options }: Omit<DclOptions, 'config' | 'backend'> & { config: DclConfig; tensors: TensorBackend }) {
    const { scenario, agentInterface, base, seed } = options;
    const items = scenario.laneNames?.length ?? 1;
    this.backend = tensors.title;
    this.config = config;
    this.plannedSteps = config.steps;
    this.#options = options;
    const { randomOrders, restarts, spacing, hidden, activation } = config;
    const lanes = items * Math.ceil(STATES / items);
    this.#collector = new Collector({ scenario, agentInterface, lanes, seed, randomOrders, restarts, spacing });
    const { codec, encoder } = this.#collector;
    this.#counts = choiceCounts(codec.space);
    this.#space = withoutStart(codec.space);
    const features = encoder.space.names.length;
    const outputs = this.#counts.reduce((sum, count) => sum + count, 0);
    const shape: NetworkShape = { inputs: features, hidden, outputs, activation };
    this.#fit = new SoftFit({ tensors, shape, counts: this.#counts, seed });
    this.#scaler = new ObservationScaler(features);
    this.#random = createStream(seed, 'rollouts');
    this.#seed = seed;
    this.#incumbent = new Incumbent({ base, agentInterface });
    this.#generation = this.#newGeneration();
  }

  step(): { readonly steps: number; readonly metrics: Metrics } {
    this.stopwatch.start();
    const phase = this.#phase;
    const metrics = phase === 'rollouts' ? this.#rollOut() : phase === 'fit' ? this.#fitSome() : this.#choose();
    this.stopwatch.book(phase);
    return { steps: this.steps, metrics: { generation: this.#index, ...metrics } };
  }

  policy(): ActingNetwork {
    return this.#incumbent.best?.network ?? this.#acting(this.#fit.network.parameters);
  }

  get #ends(): Readonly<Record<Phase, number>> {
    const { plannedSteps } = this;
    return phaseEnds({ plannedSteps, generation: this.#index, generationStart: this.#generationStart }, this.config);
  }

  #newGeneration(): Generation {
    const { scenario } = this.#options;
    return new Generation({
      index: this.#index,
      scenario,
      config: this.config,
      collector: this.#collector,
      counts: this.#counts,
      random: this.#random,
    });
  }

  /** Collects states and tries actions in them. */
  #rollOut(): Metrics {
    const collector = this.#collector;
    const { samples } = this.#generation;
    const { player } = this.#incumbent;
    collector.collect(player);
    checkObservations(collector.observations, collector.encoder.space.names, this.steps);
    const { work, cost } = this.#generation.tryActions(player, this.#logits());
    checkFinite(cost, 'The mean cost of the rollouts', this.steps);
    this.steps += collector.work + work;
    if (this.#index === 0) this.#scaler.update(collector.observations, collector.simulator.lanes);
    if (this.steps >= this.#ends.rollouts) {
      this.#phase = 'fit';
      this.#fit.begin(samples.count);
    }
    return { states: samples.count, cost, noise: samples.typicalNoise() };
  }

  /** Of the best network. */
  #logits(): Logits | null {
    const { inputs } = this.#fit.network.shape;
    const parameters = this.#incumbent.best?.parameters;
    if (parameters === undefined) return null;
    const network = new PlainNetwork(this.#fit.network.shape, parameters);
    return (observations, lanes) => {
      const scaled = new Float32Array(lanes * inputs);
      this.#scaler.apply(observations, lanes, scaled);
      return network.predict(scaled, lanes);
    };
  }

  get #fitData(): FitData {
    if (this.#data) return this.#data;
    const { samples } = this.#generation;
    const { features } = samples.shape;
    const inputs = new Float32Array(samples.count * features);
    this.#scaler.apply(samples.observations.subarray(0, inputs.length), samples.count, inputs);
    this.#data = { rows: samples.count, inputs, targets: softTargets(samples, this.#counts, this.config.temperature) };
    return this.#data;
  }

  #fitSome(): Metrics {
    const { rollouts, fit: end } = this.#ends;
    const { minibatch, learningRate, finalLearningRate } = this.config;
    const data = this.#fitData;
    const rows = Math.min(minibatch, data.rows);
    let divergence = 0;
    let rate = 0;
    let made = 0;
    for (; made < GRADIENT_STEPS && (made === 0 || this.steps < end); made++) {
      const progress = Math.min(Math.max((this.steps - rollouts) / Math.max(1, end - rollouts), 0), 1);
      rate = learningRate * linear(progress, 1, finalLearningRate);
      divergence += this.#fit.step(data, { minibatch, learningRate: rate, steps: this.steps });
      this.steps += rows * ROW_WORK;
    }
    if (this.steps >= end) this.#phase = 'choice';
    return { divergence: divergence / made, learningRate: rate };
  }

  /** Compares the fitted network with the policy at hand and goes on with the cheaper. */
  #choose(): Metrics {
    const { scenario, agentInterface } = this.#options;
    const network = this.#acting(this.#fit.network.parameters);
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
    const best = this.#incumbent.offer({ network, parameters: this.#fit.network.parameters.slice(), difference }, challenger);
    this.#fit.network.parameters.set(best.parameters);
    this.#fit.network.refresh();
    this.#beginGeneration(this.#index + 1);
    return { cost: costs[1], costBefore: costs[0], difference, standardError };
  }

  #beginGeneration(index: number): void {
    this.#index = index;
    this.#generationStart = this.steps;
    this.#phase = 'rollouts';
    this.#generation = this.#newGeneration();
    this.#data = null;
  }

  #acting(parameters: Float32Array): ActingNetwork {
    return createActingNetwork({ actionSpace: this.#space, shape: this.#fit.network.shape, parameters, scaler: this.#scaler.save() });
  }

  save(): Archive {
    const fit = this.#fit.save();
    const incumbent = this.#incumbent.save();
    return {
      kind: 'dcl-checkpoint',
      data: {
        seed: this.#seed,
        steps: this.steps,
        plannedSteps: this.plannedSteps,
        generation: this.#index,
        generationStart: this.#generationStart,
        phase: PHASES.indexOf(this.#phase),
        states: this.#generation.samples.count,
        ...fit.data,
        ...incumbent.data,
        config: this.config,
      },
      arrays: {
        ...fit.arrays,
        ...incumbent.arrays,
        scaler: this.#scaler.save(),
        rolloutStream: this.#random.state(),
        ...prefixed('samples', this.#generation.samples.arrays()),
        ...prefixed('environment', this.#collector.save()),
      },
    };
  }

  restore(checkpoint: Archive): void {
    checkKind(checkpoint, 'dcl-checkpoint');
    const { arrays } = checkpoint;
    this.#fit.restore(checkpoint);
    this.#scaler.restore(savedNumbers(arrays, 'scaler'));
    this.#random.restore(savedNumbers(arrays, 'rolloutStream'));
    this.#seed = savedNumber(checkpoint, 'seed');
    this.steps = savedNumber(checkpoint, 'steps');
    this.plannedSteps = savedNumber(checkpoint, 'plannedSteps');
    this.#incumbent.restore(this.#savedBest(checkpoint), savedNumber(checkpoint, 'improved') > 0);
    this.#beginGeneration(savedNumber(checkpoint, 'generation'));
    this.#generationStart = savedNumber(checkpoint, 'generationStart');
    this.#phase = PHASES[savedNumber(checkpoint, 'phase')];
    this.#generation.samples.restore(unprefixed('samples', arrays), savedNumber(checkpoint, 'states'));
    this.#collector.restore(environmentState(arrays));
  }

  #savedBest(checkpoint: Archive): Challenger | null {
    const { best } = checkpoint.arrays;
    if (!(best instanceof Float32Array)) return null;
    const parameters = best.slice();
    return { network: this.#acting(parameters), parameters, difference: savedNumber(checkpoint, 'difference') };
  }

  dispose(): void {
    this.#fit.network.dispose();
  }
}

/** The same choices, each to be judged by an output of its own. */
function withoutStart(space: Space): Space {
  if (space.kind === 'discrete') return { kind: 'discrete', name: space.name, count: space.count };
  return space.kind === 'box' ? space : { kind: 'multi-discrete', names: space.names, counts: space.counts };
}

/** The arrays whose names begin with a prefix, without it. */
function unprefixed(prefix: string, arrays: Archive['arrays']): Archive['arrays'] {
  const ours = Object.entries(arrays).filter(([name]) => name.startsWith(`${prefix}/`));
  return Object.fromEntries(ours.map(([name, array]) => [name.slice(prefix.length + 1), array]));
}
