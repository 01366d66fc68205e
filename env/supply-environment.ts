import { ActionMasks } from './action-masks.ts';
import { type ActionCodec, type ActionOptions, createActionCodec } from './actions.ts';
import { type Branches, createBranches, spreadEvenly } from './branches.ts';
import { createObservationEncoder, type ObservationEncoder, type ObservationPart } from './observation.ts';
import { createStream, type RandomStream } from './random.ts';
import type { Scenario } from './scenario.ts';
import { Simulator } from './simulator.ts';
import type { ResetOptions } from './simulator-options.ts';
import { type Box, firstOutside, type Space } from './spaces.ts';
import { StockWorth } from './stock-worth.ts';
import { rewardScale, spreadStart } from './typical-scale.ts';
import { UserError } from './user-error.ts';
import type { EnvironmentState, Lookahead, VectorEnvironment, VectorStep } from './vector-environment.ts';

export interface SupplyEnvironmentOptions {
  readonly scenario: Scenario;
  readonly lanes: number;
  /** Lane i behaves as a single environment seeded with seed + i. Default 0. */
  readonly seed?: number;
  /** As in SimulatorOptions. */
  readonly study?: string;
  /** Default: quantities. */
  readonly actions?: ActionOptions;
  /** Default: on hand, backlog, pipeline, last demand and forecasts, in units. */
  readonly observation?: readonly ObservationPart[];
  /** [periods] after which an episode is cut: truncated. Default: never. A scenario with periods of its own ends after them: terminated. */
  readonly timeLimit?: number;
  /** Lanes in a group that faces the same demand, for paired comparison; a catalogue's items differ, and have none. Default 1. */
  readonly siblings?: number;
  /** Lanes start from drawn stocks and periods in place of the scenario's: for learning, so that every kind of state is seen. Default false. */
  readonly spreadStart?: boolean;
}

const DEFAULT_OBSERVATION = ['onHand', 'backlog', 'pipeline', 'lastDemand', 'forecast'] as const;

/** What the environments of a scenario say of themselves to agents that leave knobs to them. */
export function environmentTerms({ periods, locations, items }: Scenario): Required<Pick<VectorEnvironment, 'ends' | 'stockPoints'>> {
  return { ends: periods !== null, stockPoints: locations.length * items.length };
}

/** A scenario as a vector environment. */
export function createSupplyEnvironment(options: SupplyEnvironmentOptions): SupplyEnvironment {
  return new SupplyEnvironment(options);
}

export class SupplyEnvironment implements VectorEnvironment {
  readonly lanes: number;
  readonly observationSpace: Box;
  readonly actionSpace: Space;
  readonly rewardScale: Float64Array;
  readonly ends: boolean;
  readonly stockPoints: number;
  readonly siblings: number;
  /** Costs, demand and service of the last period, and the state as a planner sees it. */
  readonly simulator: Simulator;
  readonly encoder: ObservationEncoder;
  readonly codec: ActionCodec;

  readonly #observation: readonly ObservationPart[];
  readonly #timeLimit: number;
  readonly #horizon: number;
  readonly #masks: ActionMasks;
  /** [lane] 1 where an episode ended in this step. */
  readonly #ended: Uint8Array;
  readonly #start: ResetOptions;
  readonly #elapsed: Int32Array;
  readonly #orders: Float64Array;
  readonly #out: { -readonly [key in keyof VectorStep]: VectorStep[key] };
  readonly #spread: RandomStream;
  readonly #actions: ActionOptions;
  readonly #worth: StockWorth | null;
  /** [lane] worth of the state before a step. */
  readonly #before: Float64Array;
  #branches: Branches | null = null;

  constructor(options: SupplyEnvironmentOptions) {
    const { scenario, lanes, seed = 0, study, actions = { kind: 'quantity' }, observation = DEFAULT_OBSERVATION, timeLimit } = options;
    if (timeLimit !== undefined && !(timeLimit > 0)) throw new UserError(`timeLimit: ${timeLimit}; expected a number of periods above 0`);
    this.#observation = observation;
    this.#actions = actions;
    this.siblings = scenario.laneNames === undefined ? (options.siblings ?? 1) : 1;
    this.simulator = new Simulator({ scenario, lanes, seed, study, siblings: this.siblings });
    const { view, network } = this.simulator;
    this.lanes = lanes;
    this.codec = createActionCodec(view, actions);
    this.encoder = createObservationEncoder(view, observation);
    this.observationSpace = this.encoder.space;
    this.actionSpace = this.codec.space;
    this.rewardScale = rewardScale(view);
    this.#timeLimit = timeLimit ?? Number.POSITIVE_INFINITY;
    const { ends, stockPoints } = environmentTerms(scenario);
    this.ends = ends;
    this.stockPoints = stockPoints;
    this.#horizon = scenario.periods ?? Number.POSITIVE_INFINITY;
    this.#masks = new ActionMasks(view, this.codec);
    this.#ended = new Uint8Array(lanes);
    this.#start = options.spreadStart ? spreadStart(view) : {};
    this.#elapsed = new Int32Array(lanes);
    this.#orders = new Float64Array(network.arcs.length * lanes);
    this.#spread = createStream(seed, `${study ?? ''}lookahead`);
    this.#worth = StockWorth.of(view);
    this.#before = new Float64Array(lanes);
    const features = this.observationSpace.names.length;
    this.#out = {
      observations: new Float32Array(lanes * features),
      rewards: new Float64Array(lanes),
      ...(this.#worth === null ? {} : { lessons: new Float64Array(lanes) }),
      terminated: new Uint8Array(lanes),
      truncated: new Uint8Array(lanes),
      finalObservations: new Float32Array(lanes * features),
      finalMasks: this.#masks.current().slice(),
    };
    this.reset();
  }

  reset({ seed }: { readonly seed?: number } = {}): Float32Array {
    this.simulator.reset({ seed, ...this.#start });
    this.#elapsed.fill(0);
    this.encoder.encode(this.simulator.view, this.#out.observations);
    return this.#out.observations;
  }

  /** @throws RangeError naming the lane and the action that is not in the action space */
  step(actions: ArrayLike<number>): VectorStep {
    const { simulator } = this;
    this.#decode(actions);
    this.#worth?.write(simulator.view, this.#before);
    simulator.step(this.#orders);
    const { rewards, observations } = this.#out;
    for (let lane = 0; lane < this.lanes; lane++) rewards[lane] = -simulator.cost[lane];
    this.encoder.encode(simulator.view, observations);
    const ended = this.#endEpisodes();
    this.#writeLessons(simulator, this.#worth, this.#out, (lane) => this.#before[lane]);
    if (ended) this.#startAnew();
    return this.#out;
  }

  /** What the period's decision did: of a lane that is over nothing is worth anything any more. */
  #writeLessons(
    { view, demand }: Simulator,
    worth: StockWorth | null,
    { rewards, lessons, terminated }: Pick<VectorStep, 'rewards' | 'lessons' | 'terminated'>,
    before: (lane: number) => number,
  ): void {
    if (worth === null || lessons === undefined) return;
    worth.write(view, lessons);
    for (let lane = 0; lane < lessons.length; lane++) {
      lessons[lane] = rewards[lane] + (terminated[lane] === 1 ? 0 : lessons[lane]) - before(lane);
    }
    worth.takeMargin(demand, lessons);
  }

  /** Marks the lanes whose episode is over. Are there any? */
  #endEpisodes(): boolean {
    const { period } = this.simulator.view;
    const { terminated, truncated } = this.#out;
    const horizon = this.#horizon;
    const limit = this.#timeLimit;
    let any = false;
    for (let lane = 0; lane < this.lanes; lane++) {
      const elapsed = ++this.#elapsed[lane];
      const over = period[lane] >= horizon;
      const cut = !over && elapsed >= limit;
      terminated[lane] = over ? 1 : 0;
      truncated[lane] = cut ? 1 : 0;
      this.#ended[lane] = over || cut ? 1 : 0;
      any ||= over || cut;
    }
    return any;
  }

  /** Which actions are allowed now, [lane][component][choice]: 1 where the link takes the order as it is. Empty for a box. */
  actionMasks(): Uint8Array {
    return this.#masks.current();
  }

  #decode(actions: ArrayLike<number>): void {
    const components = this.simulator.network.arcs.length;
    const lane = firstOutside(this.actionSpace, actions, this.lanes);
    if (lane >= 0) {
      const action = Array.prototype.slice.call(actions, lane * components, (lane + 1) * components);
      throw new RangeError(`action [${action}] in lane ${lane}: not in the action space`);
    }
    this.codec.decode(this.simulator.view, actions, this.#orders);
  }

  #startAnew(): void {
    const { observations, finalObservations, finalMasks } = this.#out;
    finalObservations.set(observations);
    finalMasks?.set(this.#masks.current());
    this.simulator.resetLanes(this.#ended, this.#start);
    for (let lane = 0; lane < this.lanes; lane++) {
      if (this.#ended[lane]) this.#elapsed[lane] = 0;
    }
    this.encoder.encode(this.simulator.view, observations);
  }

  lookahead(actions: ArrayLike<number>, draws: number): Lookahead {
    if (this.#branches?.draws !== draws)
      this.#branches = createBranches(this.simulator, { observation: this.#observation, actions: this.#actions, draws });
    const { copies, from, orders, uniforms, result, worth } = this.#branches;
    this.#decode(actions);
    this.#worth?.write(this.simulator.view, this.#before);
    copies.copyLanes(this.simulator, from);
    for (let a = 0; a < copies.network.arcs.length; a++) {
      for (let i = 0; i < copies.lanes; i++) orders[a * copies.lanes + i] = this.#orders[a * this.lanes + from[i]];
    }
    spreadEvenly(uniforms, { rows: copies.uniformRows, lanes: this.lanes, draws, random: this.#spread });
    copies.step(orders, uniforms);
    for (let i = 0; i < copies.lanes; i++) {
      result.rewards[i] = -copies.cost[i];
      result.terminated[i] = copies.view.period[i] >= this.#horizon ? 1 : 0;
    }
    this.#writeLessons(copies, worth, result, (copy) => this.#before[from[copy]]);
    this.#branches.encoder.encode(copies.view, result.observations);
    this.#branches.masks.current();
    return result;
  }

  save(): EnvironmentState {
    return { ...this.simulator.save(), elapsed: this.#elapsed.slice(), lookahead: this.#spread.state() };
  }

  restore(state: EnvironmentState): void {
    this.simulator.restore(state);
    this.#elapsed.set(state.elapsed);
    this.#spread.restore(state.lookahead);
  }
}
