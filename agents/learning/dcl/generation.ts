import type { RandomStream, Scenario } from '../../../env/index.ts';
import { CandidateChooser, type Logits } from './candidates.ts';
import type { Collector } from './collector.ts';
import type { DclConfig } from './config.ts';
import type { Player } from './player.ts';
import { Rollouts } from './rollouts.ts';
import { Samples } from './samples.ts';

export interface GenerationOptions {
  /** 0 for the first improvement. */
  readonly index: number;
  readonly scenario: Scenario;
  readonly config: DclConfig;
  readonly collector: Collector;
  /** [component] choices of an action. */
  readonly counts: readonly number[];
  readonly random: RandomStream;
}

/** More paths than this tell actions apart that cost the same. */
const MOST_PATHS = 1_024;

/** One improvement's states, and the actions tried in them: the first tries all, the later ones the likeliest, on more paths. */
export class Generation {
  readonly samples: Samples;
  readonly #options: GenerationOptions;
  readonly #chooser: CandidateChooser;
  #rollouts: Rollouts | null = null;

  constructor(options: GenerationOptions) {
    const { index, config, counts, collector } = options;
    const { listed, candidates, finalists } = config;
    this.#options = options;
    this.#chooser = new CandidateChooser({ counts, most: listed, drawn: candidates, finalists: index > 0 ? finalists : null });
    this.samples = new Samples({
      features: collector.encoder.space.names.length,
      candidates: this.#chooser.candidates,
      components: counts.length,
    });
  }

  /** Tries actions in the states as the collector's lanes stand. Returns the periods simulated and the mean cost of what was tried [money/period]. */
  tryActions(player: Player, logits: Logits | null): { readonly work: number; readonly cost: number } {
    const { collector, random, config } = this.#options;
    const { samples } = this;
    const { features, candidates, components } = samples.shape;
    const { lanes } = collector.simulator;
    this.#rollouts ??= this.#newRollouts();
    const actions = this.#chooser.choose({ collector, player, logits, random });
    const first = samples.extend(lanes);
    samples.observations.set(collector.observations, first * features);
    samples.actions.set(actions, first * candidates * components);
    const trial = { origin: collector.simulator, player, orders: this.#chooser.orders(collector, actions) };
    for (let lane = 0; lane < lanes; lane += this.#rollouts.states) {
      this.#rollouts.run(trial, lane, { costs: samples.costs, noise: samples.noise, to: first + lane });
    }
    const costs = samples.costs.subarray(first * candidates, samples.count * candidates);
    return {
      work: (this.#rollouts.work * lanes) / this.#rollouts.states,
      cost: costs.reduce((sum, cost) => sum + cost, 0) / costs.length / config.horizon,
    };
  }

  #newRollouts(): Rollouts {
    const { index, scenario, config, collector, random } = this.#options;
    return new Rollouts({
      scenario,
      collected: collector.simulator.lanes,
      candidates: this.#chooser.candidates,
      paths: Math.min(MOST_PATHS, Math.round(config.paths * config.pathGrowth ** index)),
      horizon: config.horizon,
      random,
    });
  }
}
