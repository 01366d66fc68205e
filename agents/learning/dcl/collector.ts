import {
  type ActionCodec,
  ActionMasks,
  createActionCodec,
  createObservationEncoder,
  createStream,
  type EnvironmentState,
  type ObservationEncoder,
  type RandomStream,
  type Scenario,
  Simulator,
  sample,
  spreadStart,
} from '../../../env/index.ts';
import { choiceCounts } from './choices.ts';
import { type AgentInterface, type Player, periodWork } from './player.ts';

export interface CollectorOptions {
  readonly scenario: Scenario;
  readonly agentInterface: AgentInterface;
  readonly lanes: number;
  readonly seed: number;
  /** Part of the orders drawn at random, part of the lanes that start anew before each collection, and mean periods between collections. */
  readonly randomOrders: number;
  readonly restarts: number;
  readonly spacing: number;
}

/** Runs a policy with some random orders from spread starts: what its lanes come to are the states to learn from. */
export class Collector {
  readonly simulator: Simulator;
  readonly codec: ActionCodec;
  readonly encoder: ObservationEncoder;
  /** [lane][feature] of the states as they stand. */
  readonly observations: Float32Array;
  /** Work of the last collection, all lanes together. */
  work = 0;
  readonly #options: CollectorOptions;
  readonly #random: RandomStream;
  readonly #start: ReturnType<typeof spreadStart>;
  readonly #orders: Float64Array;
  readonly #drawn: Float64Array;
  readonly #actions: Int32Array;
  readonly #marked: Uint8Array;
  readonly #masks: ActionMasks;
  readonly #counts: readonly number[];

  constructor(options: CollectorOptions) {
    const { scenario, agentInterface, lanes, seed } = options;
    this.#options = options;
    this.simulator = new Simulator({ scenario, lanes, seed, study: 'training ' });
    const { view, network } = this.simulator;
    this.codec = createActionCodec(view, agentInterface.actions);
    this.#counts = choiceCounts(this.codec.space);
    this.#masks = new ActionMasks(view, this.codec);
    this.encoder = createObservationEncoder(view, agentInterface.observation);
    this.observations = new Float32Array(lanes * this.encoder.space.names.length);
    this.#random = createStream(seed, 'collecting');
    this.#start = spreadStart(view);
    this.#orders = new Float64Array(network.arcs.length * lanes);
    this.#drawn = new Float64Array(network.arcs.length * lanes);
    this.#actions = new Int32Array(network.arcs.length * lanes);
    this.#marked = new Uint8Array(lanes);
    this.simulator.reset(this.#start);
  }

  /** Runs on to the next states. */
  collect(player: Player): void {
    const { restarts, spacing } = this.#options;
    const { lanes, view } = this.simulator;
    for (let lane = 0; lane < lanes; lane++) this.#marked[lane] = this.#random.next() < restarts ? 1 : 0;
    this.simulator.resetLanes(this.#marked, this.#start);
    const periods = 1 + this.#random.integer(2 * spacing - 1);
    for (let t = 0; t < periods; t++) this.#runPeriod(player);
    this.encoder.encode(view, this.observations);
    this.work = periods * lanes * periodWork(player, this.simulator);
  }

  #runPeriod(player: Player): void {
    const { simulator } = this;
    const { lanes, network, view } = simulator;
    player.order(simulator, this.#orders);
    this.#drawOrders();
    for (let lane = 0; lane < lanes; lane++) {
      if (this.#random.next() >= this.#options.randomOrders) continue;
      for (let a = 0; a < network.arcs.length; a++) this.#orders[a * lanes + lane] = this.#drawn[a * lanes + lane];
    }
    simulator.step(this.#orders);
    const { periods } = network.scenario;
    if (periods === null) return;
    for (let lane = 0; lane < lanes; lane++) this.#marked[lane] = view.period[lane] >= periods ? 1 : 0;
    simulator.resetLanes(this.#marked, this.#start);
  }

  /** Orders drawn at random, of what the links take. */
  #drawOrders(): void {
    const { lanes, network, view } = this.simulator;
    const { space } = this.codec;
    const components = network.arcs.length;
    const masks = this.#masks.current();
    const width = masks.length / lanes;
    for (let lane = 0; lane < lanes; lane++) {
      const action = sample(space, this.#random.next);
      for (let c = 0, first = lane * width; c < components; first += this.#counts[c], c++) {
        while (action[c] > 0 && masks[first + action[c]] === 0) action[c]--;
        this.#actions[lane * components + c] = action[c];
      }
    }
    this.codec.decode(view, this.#actions, this.#drawn);
  }

  save(): EnvironmentState {
    return { ...this.simulator.save(), random: this.#random.state() };
  }

  restore(state: EnvironmentState): void {
    this.simulator.restore(state);
    this.#random.restore(state.random);
    this.encoder.encode(this.simulator.view, this.observations);
  }
}
