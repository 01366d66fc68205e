import type { RandomStream, Scenario } from '../../../env/index.ts';
import { CandidateChooser, candidateOrders, type Logits, startCosts } from './candidates.ts';
import { ChoiceTable } from './choice-table.ts';
import { orderedStarts } from './choices.ts';
import type { Collector } from './collector.ts';
import type { DclConfig } from './config.ts';
import { type Player, periodWork } from './player.ts';
import { Rollouts } from './rollouts.ts';
import { Samples } from './samples.ts';

export interface GenerationOptions {
  /** 0 for the first improvement. */
  readonly index: number;
  readonly scenario: Scenario;
  readonly config: DclConfig;
  readonly collector: Collector;
  readonly random: RandomStream;
}

/** More paths than this tell actions apart that cost the same. */
const MOST_PATHS = 1_024;
/** Work done at a time, or what one state takes: so much is lost where training is broken off. */
const SIMULATED_AT_ONCE = 3_000_000;

/** One improvement's states, and the actions tried in them: the first tries all, the later ones the likeliest, on more paths. */
export class Generation {
  readonly samples: Samples;
  /** States whose actions have been tried; the others wait. */
  tried = 0;
  readonly #options: GenerationOptions;
  readonly #chooser: CandidateChooser;
  /** Paths of every action in the first generation. */
  readonly #firstPaths: number;
  readonly #table: ChoiceTable;
  #rollouts: Rollouts | null = null;
  /** [candidate][component][lane] of the states that wait. */
  #orders: Float64Array | null = null;

  constructor(options: GenerationOptions) {
    const { index, config, collector } = options;
    const { listed, candidates, finalists } = config;
    this.#options = options;
    const starts = orderedStarts(collector.codec.space, listed);
    this.#table = new ChoiceTable(collector.simulator.view, collector.codec, starts);
    const { counts } = this.#table;
    const ordered = starts !== null;
    const several = collector.simulator.network.nodes.length > 1;
    this.#firstPaths = ordered && several ? config.movedPaths : config.paths;
    this.#chooser = new CandidateChooser({ counts, most: listed, drawn: candidates, finalists: index > 0 ? finalists : null, ordered });
    this.samples = new Samples({
      features: collector.encoder.space.names.length,
      candidates: this.#chooser.candidates,
      components: counts.length,
    });
  }

  /** [steps] what it takes to try actions in a state. */
  stateWork(player: Player): number {
    const { collector } = this.#options;
    return this.#chooser.candidates * this.#paths * this.#horizon * periodWork(player, collector.simulator);
  }

  get waiting(): boolean {
    return this.tried < this.samples.count;
  }

  /** Takes the states as the collector's lanes stand, to try actions in them. */
  take(player: Player, logits: Logits | null): void {
    const { collector, random } = this.#options;
    const { samples } = this;
    const table = this.#table;
    const { features, candidates, components } = samples.shape;
    const { lanes } = collector.simulator;
    table.look();
    const actions = this.#chooser.choose({ collector, table, player, logits, random });
    const first = samples.extend(lanes);
    samples.observations.set(collector.observations, first * features);
    samples.actions.set(actions, first * candidates * components);
    startCosts({ actions, table, candidates }, samples.costs.subarray(first * candidates, samples.count * candidates));
    this.#orders = candidateOrders({ actions, table, candidates });
  }

  /** Tries actions in some of the states that wait. Returns the work done and the mean cost of what was tried [money/period]. */
  tryActions(player: Player): { readonly work: number; readonly cost: number } {
    const { collector } = this.#options;
    const { samples } = this;
    const { candidates } = samples.shape;
    const { lanes } = collector.simulator;
    this.#rollouts ??= this.#newRollouts();
    const trial = { origin: collector.simulator, player, orders: this.#ordersOfWaiting() };
    const from = this.tried;
    const price = periodWork(player, collector.simulator);
    let simulated = 0;
    while (this.waiting && (simulated === 0 || (simulated + this.#rollouts.work) * price <= SIMULATED_AT_ONCE)) {
      const lane = lanes - (samples.count - this.tried);
      simulated += this.#rollouts.run(trial, lane, { costs: samples.costs, noise: samples.noise, to: this.tried });
      this.tried += this.#rollouts.states;
    }
    const costs = samples.costs.subarray(from * candidates, this.tried * candidates).filter(Number.isFinite);
    const horizon = simulated / ((this.tried - from) * candidates * this.#paths);
    return { work: simulated * price, cost: costs.reduce((sum, cost) => sum + cost, 0) / costs.length / horizon };
  }

  /** Ends the trials: states that still wait are left out. */
  close(): void {
    this.samples.count = this.tried;
  }

  /** After a checkpoint they are worked out again from the states, which stand as they did. */
  #ordersOfWaiting(): Float64Array {
    if (this.#orders) return this.#orders;
    const { samples } = this;
    const { candidates, components } = samples.shape;
    const { lanes } = this.#options.collector.simulator;
    this.#table.look();
    const actions = samples.actions.subarray((samples.count - lanes) * candidates * components, samples.count * candidates * components);
    this.#orders = candidateOrders({ actions, table: this.#table, candidates });
    return this.#orders;
  }

  get #paths(): number {
    const { index, config } = this.#options;
    return Math.min(MOST_PATHS, Math.round(this.#firstPaths * config.pathGrowth ** index));
  }

  get #horizon(): number {
    const { config, scenario } = this.#options;
    return Math.min(config.horizon, scenario.periods ?? Number.POSITIVE_INFINITY);
  }

  #newRollouts(): Rollouts {
    const { scenario, collector, random } = this.#options;
    return new Rollouts({
      scenario,
      collected: collector.simulator.lanes,
      candidates: this.#chooser.candidates,
      paths: this.#paths,
      horizon: this.#horizon,
      random,
    });
  }
}
