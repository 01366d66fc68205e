import { createDemandProcess, type DemandProcess } from './demand/index.ts';
import { ForecastCache } from './forecast-cache.ts';
import { compileNetwork, type Network } from './network.ts';
import { Pipeline } from './pipeline.ts';
import { LaneStreams } from './random.ts';
import type { Scenario } from './scenario.ts';
import { shipOrders } from './shipping.ts';
import type { EnvironmentState } from './vector-environment.ts';
import type { StateView } from './view.ts';

export interface SimulatorOptions {
  readonly scenario: Scenario;
  readonly lanes: number;
  /** Lane i draws from the streams of seed + i, unless `seeds` says otherwise. Default 0. */
  readonly seed?: number;
  /** [lane] the seed of each lane: lanes with the same seed face the same demand. */
  readonly seeds?: ArrayLike<number>;
  /** Put before the name of every stream: training, tuning and evaluation each have their own, so that none sees another's demand. Default: nothing. */
  readonly study?: string;
  /** [lane] the lane of the scenario whose numbers each lane has. Default: its own. */
  readonly represents?: Int32Array;
}

/** Where lanes start. */
export interface ResetOptions {
  /** Draws a whole initial stock, uniform from 0 to this many units, in place of the scenario's: [node][lane]. */
  readonly stockUpTo?: Float64Array;
  /** Draws the period in which a lane starts, 0 to this - 1, where demand differs by period. */
  readonly phases?: number;
}

/** Money of the last period, [lane] each. Cost = holding + shortage + fixed + unit + transit - revenue. */
export interface CostParts {
  readonly holding: Float64Array;
  readonly shortage: Float64Array;
  readonly fixed: Float64Array;
  readonly unit: Float64Array;
  readonly transit: Float64Array;
  readonly revenue: Float64Array;
}

export const COST_PARTS = ['holding', 'shortage', 'fixed', 'unit', 'transit', 'revenue'] as const satisfies readonly (keyof CostParts)[];

/**
 * The one simulator: B copies (lanes) of a network stepped at once, state in typed arrays [entity][lane]. A period: receive what is due, observe and
 * order, demand, serve, charge. `step` runs from an order to the next receipt, so that the view always shows what a planner sees.
 */
export class Simulator {
  readonly network: Network;
  readonly lanes: number;
  readonly view: StateView;
  /** [lane] total cost of the last period, revenue deducted. */
  readonly cost: Float64Array;
  readonly costs: CostParts;
  /** [node][lane] of the last period [units]: demanded, served at once from stock, and lost. */
  readonly demand: Float64Array;
  readonly served: Float64Array;
  readonly lost: Float64Array;
  /** [arc][lane] of the last period [units]: shipped, and ordered in vain because the sender had no more. */
  readonly shipped: Float64Array;
  readonly shortShipped: Float64Array;

  readonly #onHand: Float64Array;
  readonly #backlog: Float64Array;
  readonly #onOrder: Float64Array;
  readonly #lastDemand: Float64Array;
  readonly #period: Int32Array;
  readonly #pipelines: Pipeline[];
  readonly #processes: (DemandProcess | null)[];
  readonly #streams: (LaneStreams | null)[];
  readonly #startStream: LaneStreams;
  readonly #uniforms: Float64Array;
  readonly #forecasts: ForecastCache;
  /** Periods since the start of the simulation: where the pipelines' rings stand. */
  #clock = 0;

  constructor({ scenario, lanes, seed = 0, seeds, study = '', represents }: SimulatorOptions) {
    const network = compileNetwork(scenario, lanes, represents);
    const nodeCells = network.nodes.length * lanes;
    const laneSeeds = seeds ?? Float64Array.from({ length: lanes }, (_, lane) => seed + lane);
    this.network = network;
    this.lanes = lanes;
    this.cost = new Float64Array(lanes);
    this.costs = {
      holding: new Float64Array(lanes),
      shortage: new Float64Array(lanes),
      fixed: new Float64Array(lanes),
      unit: new Float64Array(lanes),
      transit: new Float64Array(lanes),
      revenue: new Float64Array(lanes),
    };
    this.demand = new Float64Array(nodeCells);
    this.served = new Float64Array(nodeCells);
    this.lost = new Float64Array(nodeCells);
    this.shipped = new Float64Array(network.arcs.length * lanes);
    this.shortShipped = new Float64Array(network.arcs.length * lanes);
    this.#onHand = new Float64Array(nodeCells);
    this.#backlog = new Float64Array(nodeCells);
    this.#onOrder = new Float64Array(nodeCells);
    this.#lastDemand = new Float64Array(nodeCells);
    this.#period = new Int32Array(lanes);
    this.#pipelines = network.arcs.map((arc) => new Pipeline(arc, lanes));
    this.#processes = network.nodes.map((node) =>
      node.demand < 0 ? null : createDemandProcess(scenario.demand[node.demand].process, network.represents),
    );
    this.#streams = network.nodes.map((node) =>
      node.demand < 0 ? null : new LaneStreams({ seeds: laneSeeds, purpose: `${study}demand ${node.id}` }),
    );
    this.#startStream = new LaneStreams({ seeds: laneSeeds, purpose: `${study}start` });
    this.#uniforms = new Float64Array(nodeCells);
    this.#forecasts = new ForecastCache({ processes: this.#processes, period: this.#period, lanes });
    this.view = {
      network,
      typicalMean: this.#forecasts.typicalMean,
      typicalVariance: this.#forecasts.typicalVariance,
      lanes,
      period: this.#period,
      onHand: this.#onHand,
      backlog: this.#backlog,
      onOrder: this.#onOrder,
      lastDemand: this.#lastDemand,
      arriving: (arc, periods) => this.#pipelines[arc].arriving(this.#clock, periods),
      forecastMean: (node, ahead) => this.#forecasts.mean(node, ahead),
      forecastVariance: (node, ahead) => this.#forecasts.variance(node, ahead),
    };
    this.reset();
  }

  /** Starts every lane anew. Streams go on where they stand unless a seed is given. */
  reset({ seed, ...start }: ResetOptions & { readonly seed?: number } = {}): void {
    if (seed !== undefined) {
      for (let lane = 0; lane < this.lanes; lane++) {
        for (const stream of this.#streams) stream?.seed(lane, seed + lane);
        this.#startStream.seed(lane, seed + lane);
      }
    }
    for (let lane = 0; lane < this.lanes; lane++) this.#resetLane(lane, start);
    this.#forecasts.invalidate();
  }

  /** Starts the lanes that are marked anew: [lane], not 0 where it applies. */
  resetLanes(marked: Uint8Array, start: ResetOptions = {}): void {
    let any = false;
    for (let lane = 0; lane < this.lanes; lane++) {
      if (marked[lane] === 0) continue;
      this.#resetLane(lane, start);
      any = true;
    }
    if (any) this.#forecasts.invalidate();
  }

  #resetLane(lane: number, { stockUpTo, phases = 1 }: ResetOptions): void {
    const { lanes } = this;
    const { nodes } = this.network;
    this.#period[lane] = phases > 1 ? Math.floor(this.#startStream.next(lane) * phases) : 0;
    for (let n = 0; n < nodes.length; n++) {
      const at = n * lanes + lane;
      this.#onHand[at] = stockUpTo ? Math.floor(this.#startStream.next(lane) * (stockUpTo[at] + 1)) : nodes[n].initialStock[lane];
      this.#backlog[at] = 0;
      this.#onOrder[at] = 0;
      this.#lastDemand[at] = 0;
    }
    for (const pipeline of this.#pipelines) pipeline.clear(lane);
  }

  /**
   * One period: `orders` [arc][lane] are shipped, demand occurs and is served, costs are charged, and what is due for the next period is received.
   * `uniforms` [node][lane] in [0, 1) stand in for the demand streams' next numbers, which then stay where they are.
   * @throws RangeError on an order that is negative or not a number
   */
  step(orders: Float64Array, uniforms?: Float64Array): void {
    const { network, lanes, costs } = this;
    costs.holding.fill(0);
    costs.shortage.fill(0);
    costs.fixed.fill(0);
    costs.unit.fill(0);
    costs.transit.fill(0);
    costs.revenue.fill(0);
    shipOrders({
      network,
      orders,
      clock: this.#clock,
      pipelines: this.#pipelines,
      onHand: this.#onHand,
      onOrder: this.#onOrder,
      shipped: this.shipped,
      shortShipped: this.shortShipped,
      costs,
    });
    for (let n = 0; n < network.nodes.length; n++) {
      if (this.#processes[n]) this.#drawDemand(n, uniforms);
      this.#serve(n);
    }
    this.#charge();
    this.#clock++;
    for (let lane = 0; lane < lanes; lane++) this.#period[lane]++;
    for (let a = 0; a < network.arcs.length; a++) {
      const at = network.arcs[a].to * lanes;
      this.#pipelines[a].receive(this.#clock, this.#onHand, this.#onOrder, at);
    }
    this.#forecasts.invalidate();
  }

  #drawDemand(n: number, given?: Float64Array): void {
    const { lanes } = this;
    const row = this.#uniforms.subarray(n * lanes, (n + 1) * lanes);
    if (given) row.set(given.subarray(n * lanes, (n + 1) * lanes));
    else this.#streams[n]?.fill(row);
    this.#processes[n]?.draw(this.#period, row, this.demand.subarray(n * lanes, (n + 1) * lanes));
  }

  /** Hot: backlog first, then new demand; then stock and shortage are charged. */
  #serve(n: number): void {
    const { lanes, demand, served, lost } = this;
    const { holdingCost, shortageCost, backlogged, price } = this.network.nodes[n];
    const { holding, shortage, revenue } = this.costs;
    const onHand = this.#onHand;
    const backlog = this.#backlog;
    const lastDemand = this.#lastDemand;
    const at = n * lanes;
    for (let lane = 0; lane < lanes; lane++) {
      const i = at + lane;
      const wanted = demand[i];
      const owed = backlog[i];
      const stock = onHand[i];
      const servedOwed = stock < owed ? stock : owed;
      const left = stock - servedOwed;
      const servedNow = left < wanted ? left : wanted;
      const unmet = wanted - servedNow;
      const waits = unmet * backlogged[lane];
      const stillOwed = owed - servedOwed + waits;
      onHand[i] = left - servedNow;
      backlog[i] = stillOwed;
      lastDemand[i] = wanted;
      served[i] = servedNow;
      lost[i] = unmet - waits;
      holding[lane] += holdingCost[lane] * (left - servedNow);
      shortage[lane] += shortageCost[lane] * (unmet - waits + stillOwed);
      revenue[lane] += price[lane] * (servedOwed + servedNow);
    }
  }

  #charge(): void {
    const { lanes, cost } = this;
    const { holding, shortage, fixed, unit, transit, revenue } = this.costs;
    for (let lane = 0; lane < lanes; lane++) {
      cost[lane] = holding[lane] + shortage[lane] + fixed[lane] + unit[lane] + transit[lane] - revenue[lane];
    }
  }

  /** Lane i takes over the state of lane `from[i]` of another simulator of the same scenario, streams included. */
  copyLanes(source: Simulator, from: Int32Array): void {
    this.#clock = source.#clock;
    const origins = source.#blocks();
    for (const [k, target] of this.#blocks().entries()) {
      const origin = origins[k];
      const rows = target.length / this.lanes;
      for (let row = 0; row < rows; row++) {
        const to = row * this.lanes;
        const at = row * source.lanes;
        for (let lane = 0; lane < this.lanes; lane++) target[to + lane] = origin[at + from[lane]];
      }
    }
    this.#forecasts.invalidate();
  }

  /** Everything that the future depends on, as arrays of [row][lane]. */
  #blocks(): (Float64Array | Int32Array)[] {
    return [
      this.#onHand,
      this.#backlog,
      this.#onOrder,
      this.#lastDemand,
      this.#period,
      this.#startStream.state,
      ...this.#pipelines.flatMap((pipeline) => [pipeline.quantities, pipeline.inTransit]),
      ...this.#streams.flatMap((stream) => (stream ? [stream.state] : [])),
    ];
  }

  /** The whole state, streams included. */
  save(): EnvironmentState {
    const state: Record<string, Float64Array | Int32Array> = { clock: Int32Array.of(this.#clock) };
    this.#blocks().forEach((block, k) => {
      state[`block${k}`] = block.slice();
    });
    return state;
  }

  /** Goes on from a state saved by a simulator of the same scenario and number of lanes. */
  restore(state: EnvironmentState): void {
    this.#clock = state.clock[0];
    this.#blocks().forEach((block, k) => {
      block.set(state[`block${k}`]);
    });
    this.#forecasts.invalidate();
  }
}
