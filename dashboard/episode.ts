import type { Policy } from '../agents/index.ts';
import { type CostParts, type Scenario, UserError } from '../env/index.ts';
import { ExpectedDemand } from './expected-demand.ts';
import { type Explanation, explain, seen } from './explain.ts';
import type { Piecework } from './piecework.ts';
import type { Player } from './player.ts';
import { PolicyRun } from './policy-run.ts';
import type { Frame, FrameNote, WatchedItem, WatchedNetwork } from './protocol.ts';
import { costPartsOf, type ShownNetwork, showNetwork } from './watched-network.ts';

/** What is called how, and what it orders. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/** The best possible policy. */
export interface KnownOptimum {
  readonly policy: Policy;
  /** [money/period] */
  readonly costPerPeriod: number;
}

export interface EpisodeOptions {
  readonly scenario: Scenario;
  /** All face the same demand. */
  readonly policies: readonly NamedPolicy[];
  readonly seed: number;
  /** Which entry of the scenario's `laneNames`; where it has none, which replication. */
  readonly lane: number;
  /** Which item of the network is shown; null: the sum of all. Default null. */
  readonly item?: number | null;
  readonly periods: number;
  readonly optimum?: KnownOptimum | null;
  /** Who plays beside the policies, if anybody does: the first of the names. Default null. */
  readonly player?: Player | null;
}

/**
 * An episode in the simulator. Each policy orders for the whole catalogue in a simulator of its own, seeded alike, so that every lane is the
 * one that an evaluation with this seed has; one lane is shown. Warm-up periods are played before the first frame and count in no total.
 */
export class Episode {
  readonly title: string;
  readonly names: readonly string[];
  /** What `lane` chooses from; empty where the scenario knows only one thing. */
  readonly items: readonly WatchedItem[];
  /** Periods that can be stepped: what was asked for, or fewer where the demand ends before. */
  readonly periods: number;
  readonly runs: readonly PolicyRun[];
  readonly shown: ShownNetwork;
  readonly costParts: readonly (keyof CostParts)[];
  /** Where it is known by now. */
  optimum: KnownOptimum | null;
  readonly #options: EpisodeOptions;
  readonly #lane: number;
  readonly #demandNodes: readonly (readonly number[])[];
  readonly #expected = new ExpectedDemand();
  /** Periods played, warm-up included. */
  #stepped = 0;

  constructor(options: EpisodeOptions) {
    const { scenario, policies, seed, lane, item = null, periods, optimum = null, player = null } = options;
    const all = player === null ? policies : [{ name: player.name, policy: player }, ...policies];
    const lanes = Math.max(1, scenario.laneNames?.length ?? 1);
    this.#options = options;
    this.#lane = lane % lanes;
    this.title = scenario.title;
    this.names = all.map(({ name }) => name);
    this.items = scenario.laneNames ?? [];
    this.periods = scenario.periods === null ? periods : Math.min(periods, scenario.periods - scenario.warmUp);
    this.optimum = optimum;
    this.runs = all.map((named) => new PolicyRun({ ...named, scenario, lanes, seed: seed + lane - this.#lane, shown: this.#lane }));
    const { network } = this.runs[0].simulator;
    this.shown = showNetwork(network, { item, lane: this.#lane });
    this.costParts = costPartsOf(network);
    this.#demandNodes = this.shown.nodes.map((own) => own.filter((node) => network.nodes[node].demand >= 0));
  }

  get network(): WatchedNetwork {
    return this.shown.watched;
  }

  get player(): Player | null {
    return this.#options.player ?? null;
  }

  /** The policies that are watched, players not among them. */
  get rivals(): readonly NamedPolicy[] {
    return this.#options.policies;
  }

  /** The lane that is shown. */
  get lane(): number {
    return this.#lane;
  }

  /** Plays the next period; null where it belonged to the warm-up. */
  step(): Frame | null {
    const { warmUp } = this.#options.scenario;
    this.#stepped++;
    if (this.#stepped <= warmUp) {
      for (const run of this.runs) run.warm();
      return null;
    }
    const [first] = this.runs;
    const every = this.#demandNodes.flat();
    const forecast = this.#expected.of(first.view, every, this.#lane);
    const bands = this.#bands();
    const notes = this.#notes();
    const policies = this.runs.map((run) => run.step(this.shown, this.costParts));
    const frame: Frame = { period: this.#stepped - warmUp, demand: first.demand(every), forecast, policies };
    if (notes.length > 0) frame.notes = notes;
    if (bands !== null) frame.locations = { demand: this.#demandNodes.map((own) => first.demand(own)), ...bands };
    return frame;
  }

  /** From the beginning, with something else about it: the same seed is the same demand. */
  again(change: Partial<Pick<EpisodeOptions, 'policies' | 'seed' | 'player'>>): Episode {
    return new Episode({ ...this.#options, optimum: this.optimum, ...change });
  }

  /**
   * What a policy saw in a watched period, counted from 1, why it ordered what it ordered, and what the optimum would have.
   * @throws UserError for a policy or period that there is not
   */
  explain(period: number, policy: number): Piecework<Explanation> {
    const run = this.runs[policy];
    const played = this.#stepped - this.#options.scenario.warmUp;
    if (run === undefined) throw new UserError(`policy ${policy}: expected 0 to ${this.runs.length - 1}`);
    if (period > played) throw new UserError(`period ${period}: it has not been played; expected 1 to ${Math.max(1, played)}`);
    return this.#explain(run, period);
  }

  *#explain(run: PolicyRun, period: number): Piecework<Explanation> {
    const { view, orders } = yield* run.lookBack(this.#options.scenario.warmUp + period - 1);
    return explain({
      view,
      orders,
      lane: this.#lane,
      shown: this.shown,
      policy: run.policy,
      expected: this.#expected,
      optimum: this.optimum,
    });
  }

  /** What the first of the policies, or the player, can see at a location now that its order is due. */
  sees(location: string): Explanation['saw'][number] {
    const { locations } = this.shown.watched;
    const nodes = this.shown.nodes[locations.findIndex(({ id }) => id === location)] ?? [];
    return seen(this.runs[0].view, this.#lane, location, nodes, this.#expected);
  }

  /** By location, where several face demand. */
  #bands(): Omit<NonNullable<Frame['locations']>, 'demand'> | null {
    if (this.#demandNodes.filter((own) => own.length > 0).length < 2) return null;
    const each = this.#demandNodes.map((own) => this.#expected.of(this.runs[0].view, own, this.#lane));
    return { mean: each.map(({ mean }) => mean), p10: each.map(({ p10 }) => p10), p90: each.map(({ p90 }) => p90) };
  }

  /** Announced events that are under way. */
  #notes(): FrameNote[] {
    const { view } = this.runs[0];
    const now = view.period[this.#lane];
    const offset = this.#options.scenario.warmUp - 1;
    return this.#demandNodes.flat().flatMap((node) =>
      view
        .notes(node, this.#lane)
        .filter(({ from, length }) => from <= now && now < from + length)
        .map(({ text, from, length }) => ({ text, from: from - offset, length, location: view.network.nodes[node].location })),
    );
  }
}
