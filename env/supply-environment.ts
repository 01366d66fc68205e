import { ActionMasks } from './action-masks.ts';
import { type ActionCodec, type ActionOptions, createActionCodec } from './actions.ts';
import { type Branches, createBranches, spreadEvenly } from './branches.ts';
import { createObservationEncoder, type ObservationEncoder, type ObservationPart } from './observation.ts';
import { createStream, type RandomStream } from './random.ts';
import type { Scenario } from './scenario.ts';
import { type ResetOptions, Simulator } from './simulator.ts';
import { type Box, firstOutside, type Space } from './spaces.ts';
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
  /** Lanes start from drawn stocks and periods in place of the scenario's: for learning, so that every kind of state is seen. Default false. */
  readonly spreadStart?: boolean;
}

const DEFAULT_OBSERVATION = ['onHand', 'backlog', 'pipeline', 'lastDemand', 'forecast'] as const;

/** A scenario as a vector environment. */
export function createSupplyEnvironment(options: SupplyEnvironmentOptions): SupplyEnvironment {
  return new SupplyEnvironment(options);
}

export class SupplyEnvironment implements VectorEnvironment {
  readonly lanes: number;
  readonly observationSpace: Box;
  readonly actionSpace: Space;
  readonly rewardScale: Float64Array;
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
  #branches: Branches | null = null;

  constructor(options: SupplyEnvironmentOptions) {
    const { scenario, lanes, seed = 0, study, actions = { kind: 'quantity' }, observation = DEFAULT_OBSERVATION, timeLimit } = options;
    if (timeLimit !== undefined && !(timeLimit > 0)) throw new UserError(`timeLimit: ${timeLimit}; expected a number of periods above 0`);
    this.#observation = observation;
    this.simulator = new Simulator({ scenario, lanes, seed, study });
    const { view, network } = this.simulator;
    this.lanes = lanes;
    this.codec = createActionCodec(view, actions);
    this.encoder = createObservationEncoder(view, observation);
    this.observationSpace = this.encoder.space;
    this.actionSpace = this.codec.space;
    this.rewardScale = rewardScale(view);
    this.#timeLimit = timeLimit ?? Number.POSITIVE_INFINITY;
    this.#horizon = scenario.periods ?? Number.POSITIVE_INFINITY;
    this.#masks = new ActionMasks(view, this.codec);
    this.#ended = new Uint8Array(lanes);
    this.#start = options.spreadStart ? spreadStart(view) : {};
    this.#elapsed = new Int32Array(lanes);
    this.#orders = new Float64Array(network.arcs.length * lanes);
    this.#spread = createStream(seed, `${study ?? ''}lookahead`);
    const features = this.observationSpace.names.length;
    this.#out = {
      observations: new Float32Array(lanes * features),
      rewards: new Float64Array(lanes),
      terminated: new Uint8Array(lanes),
      truncated: new Uint8Array(lanes),
      finalObservations: new Float32Array(lanes * features),
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
    simulator.step(this.#orders);
    const { rewards, observations } = this.#out;
    for (let lane = 0; lane < this.lanes; lane++) rewards[lane] = -simulator.cost[lane];
    this.encoder.encode(simulator.view, observations);
    if (this.#endEpisodes()) this.#startAnew();
    return this.#out;
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
    const { observations, finalObservations } = this.#out;
    finalObservations.set(observations);
    this.simulator.resetLanes(this.#ended, this.#start);
    for (let lane = 0; lane < this.lanes; lane++) {
      if (this.#ended[lane]) this.#elapsed[lane] = 0;
    }
    this.encoder.encode(this.simulator.view, observations);
  }

  lookahead(actions: ArrayLike<number>, draws: number): Lookahead {
    if (this.#branches?.draws !== draws) this.#branches = createBranches(this.simulator, { observation: this.#observation, draws });
    const { copies, from, orders, uniforms, result } = this.#branches;
    this.#decode(actions);
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
    this.#branches.encoder.encode(copies.view, result.observations);
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
<<<<<<< env/supply-environment.ts

interface Branches {
  readonly draws: number;
  readonly copies: Simulator;
  readonly encoder: ObservationEncoder;
  /** [copy] the lane that each copies. */
  readonly from: Int32Array;
  readonly orders: Float64Array;
  readonly uniforms: Float64Array;
  readonly result: Lookahead;
}

function createBranches(
  { scenario, observation = DEFAULT_OBSERVATION }: SupplyEnvironmentOptions,
  origin: Simulator,
  { space }: ObservationEncoder,
  draws: number,
): Branches {
  const lanes = origin.lanes * draws;
  const from = Int32Array.from({ length: lanes }, (_, i) => Math.floor(i / draws));
  const copies = new Simulator({ scenario, lanes, represents: from.map((lane) => origin.network.represents[lane]) });
  return {
    draws,
    copies,
    encoder: createObservationEncoder(copies.view, observation),
    from,
    orders: new Float64Array(copies.network.arcs.length * lanes),
    uniforms: new Float64Array(copies.uniformRows * lanes),
    result: {
      draws,
      observations: new Float32Array(lanes * space.names.length),
      rewards: new Float64Array(lanes),
      terminated: new Uint8Array(lanes),
    },
  };
}

/** Latin hypercube: for every row and lane one number in each of `draws` equal parts of [0, 1), in an order of its own for each row after the first. */
function spreadEvenly(
  uniforms: Float64Array,
  { rows, lanes, draws, random }: { rows: number; lanes: number; draws: number; random: RandomStream },
): void {
  for (let row = 0; row < rows; row++) {
    for (let lane = 0; lane < lanes; lane++) {
      const at = (row * lanes + lane) * draws;
      const within = random.next();
      for (let j = 0; j < draws; j++) uniforms[at + j] = (j + within) / draws;
      if (row > 0) shuffle(uniforms, at, draws, random);
    }
  }
}

function shuffle(values: Float64Array, at: number, count: number, random: RandomStream): void {
  for (let j = count - 1; j > 0; j--) {
    const k = random.integer(j + 1);
    const other = values[at + k];
    values[at + k] = values[at + j];
    values[at + j] = other;
  }
}

/** [lane] what a period costs, roughly, summed over nodes: ordering at the economic quantity, and holding against shortage at the typical spread. */
function rewardScale({ network, lanes, typicalMean, typicalVariance }: StateView): Float64Array {
  const scale = new Float64Array(lanes);
  network.nodes.forEach((node, n) => {
    const fixedCost = node.inbound.length > 0 ? network.arcs[node.inbound[0]].fixedCost : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const ordering = fixedCost ? Math.sqrt(2 * fixedCost[lane] * holding * typicalMean[i]) : 0;
      scale[lane] += ordering + Math.sqrt(holding * node.shortageCost[lane] * typicalVariance[i]);
    }
  });
  for (let lane = 0; lane < lanes; lane++) scale[lane] = scale[lane] > 0 ? scale[lane] : 1;
  return scale;
}

/** Where lanes start in learning: stocks up to twice what an order must cover and a lot more, and any period of the span. */
export function spreadStart({ network, lanes, typicalMean, typicalVariance }: StateView): ResetOptions {
  const stockUpTo = new Float64Array(network.nodes.length * lanes);
  network.nodes.forEach((node, n) => {
    const arc = node.inbound.length > 0 ? network.arcs[node.inbound[0]] : null;
    for (let lane = 0; lane < lanes; lane++) {
      const i = n * lanes + lane;
      const holding = node.holdingCost[lane];
      const quantity = arc && holding > 0 ? Math.sqrt((2 * arc.fixedCost[lane] * typicalMean[i]) / holding) : 0;
      stockUpTo[i] = Math.ceil(2 * typicalMean[i] + quantity + Math.sqrt(typicalVariance[i]));
    }
  });
  const { phases = 1, periods } = network.scenario;
  return { stockUpTo, phases: periods === null ? phases : Math.min(phases, periods) };
}
=======
>>>>>>> /tmp/new.7613
