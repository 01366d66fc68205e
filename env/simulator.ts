import { compileNetwork } from './compile-network.ts';
import { NodeDemands } from './demand/index.ts';
import { DisruptionState } from './disruption.ts';
import { ForecastCache } from './forecast-cache.ts';
import { IndexLevels } from './index-levels.ts';
import { type Block, copyLanes, restoreBlocks, saveBlocks } from './lane-blocks.ts';
import { LinkRules } from './link-rules.ts';
import { OpenOrders } from './open-orders.ts';
import { PeriodRecord } from './period-record.ts';
import { LaneStreams } from './random.ts';
import { layOutRandomness, type RandomLayout, RandomRows } from './random-rows.ts';
import { ReturnFlow } from './returns.ts';
import { ShelfLife } from './shelf-life.ts';
import { ShipCapacity } from './ship-capacity.ts';
import { checkOrders, type RouteCharges, routeCharges, shipOrders } from './shipping.ts';
import type { ResetOptions, SimulatorOptions } from './simulator-options.ts';
import { StockPoints } from './stock-points.ts';
import { chargeOverflow } from './storage.ts';
import { Suppliers } from './suppliers.ts';
import type { EnvironmentState } from './vector-environment.ts';
import type { StateView } from './view.ts';

/**
 * The one simulator: B copies (lanes) of a network stepped at once, state in typed arrays [entity][lane]. A period: receive what is due, observe and
 * order, demand, serve, discard, charge. `step` runs from an order to the next receipt, so that the view always shows what a planner sees.
 */
export class Simulator extends PeriodRecord {
  readonly view: StateView;
  /** Rows of uniform numbers that a period takes: one per node for its demand, then those of supply. */
  readonly uniformRows: number;
  readonly #stock: StockPoints;
  readonly #siblings: number;
  readonly #onOrder: Float64Array;
  readonly #period: Int32Array;
  readonly #shelves: readonly (ShelfLife | null)[];
  readonly #suppliers: Suppliers;
  readonly #rules: LinkRules;
  readonly #openOrders: OpenOrders;
  readonly #shipCapacity: ShipCapacity;
  readonly #disruptions: DisruptionState;
  readonly #indices: IndexLevels;
  readonly #returns: ReturnFlow;
  readonly #demands: NodeDemands;
  readonly #layout: RandomLayout;
  readonly #random: RandomRows;
  readonly #startStream: LaneStreams;
  readonly #charged: readonly RouteCharges[];
  readonly #forecasts: ForecastCache;
  /** Periods since the start of the simulation: where the pipelines' rings stand. */
  #clock = 0;

  constructor({ scenario, lanes, seed = 0, seeds, siblings = 1, study = '', represents, closing = false }: SimulatorOptions) {
    const network = compileNetwork(scenario, lanes, represents);
    super({ network, closing });
    const { nodes } = network;
    const laneSeeds = seeds ?? Float64Array.from({ length: lanes }, (_, lane) => seed + Math.floor(lane / siblings));
    this.#siblings = siblings;
    this.#charged = routeCharges(network);
    this.#onOrder = new Float64Array(nodes.length * lanes);
    this.#period = new Int32Array(lanes);
    this.#shelves = nodes.map((node) => (node.life ? new ShelfLife(node, node.life) : null));
    this.#stock = new StockPoints({
      network,
      shelves: this.#shelves,
      demand: this.demand,
      served: this.served,
      lost: this.lost,
      discarded: this.discarded,
      costs: this.costs,
    });
    this.#layout = layOutRandomness(network);
    this.#random = new RandomRows({ purposes: this.#layout.purposes, seeds: laneSeeds, study });
    this.uniformRows = this.#random.rows;
    this.#suppliers = new Suppliers({ network, random: this.#random, layout: this.#layout, shelves: this.#shelves, wasted: this.wasted });
    this.#rules = new LinkRules(network);
    this.#openOrders = new OpenOrders(network);
    this.#shipCapacity = new ShipCapacity(network);
    this.#disruptions = new DisruptionState(network);
    this.#indices = new IndexLevels(network.indices, lanes);
    this.#returns = new ReturnFlow(network);
    this.#demands = new NodeDemands({
      scenario,
      nodes,
      represents: network.represents,
      indices: this.#indices,
      uniforms: this.#random.uniforms,
      demand: this.demand,
    });
    this.#startStream = new LaneStreams({ seeds: laneSeeds, purposes: [`${study}start`] });
    this.#forecasts = new ForecastCache({ processes: this.#demands.processes, period: this.#period, lanes });
    this.view = this.#makeView();
    this.reset();
  }

  #makeView(): StateView {
    const { network, lanes } = this;
    const none = new Float64Array(lanes);
    return {
      network,
      typicalMean: this.#forecasts.typicalMean,
      typicalVariance: this.#forecasts.typicalVariance,
      typicalIsPast: (node) => this.#forecasts.typicalIsPast(node),
      lanes,
      period: this.#period,
      onHand: this.#stock.onHand,
      backlog: this.#stock.backlog,
      onOrder: this.#onOrder,
      ordersWait: this.#openOrders.any,
      awaited: this.#openOrders.awaited,
      owed: this.#openOrders.owed,
      unshipped: (arc) => this.#openOrders.unshipped(arc),
      lastDemand: this.#stock.lastDemand,
      available: this.#disruptions.available,
      indexLevels: this.#indices.levels,
      returning: (node, ahead) => this.#returns.expected(node, this.#clock, ahead),
      arriving: (arc, periods) => this.#suppliers.arriving(arc, this.#clock, periods),
      outstanding: (arc, age) => this.#suppliers.outstanding(arc, this.#clock, age),
      onHandByLife: (node, left) => this.#shelves[node]?.row(left) ?? none,
      forecastMean: (node, ahead) => this.#forecasts.mean(node, ahead),
      forecastVariance: (node, ahead) => this.#forecasts.variance(node, ahead),
      coverQuantile: (node, ahead, z, out) => this.#forecasts.coverQuantile(node, ahead, z, out),
      forecastVersion: (node) => this.#forecasts.version(node),
      notes: (node, lane) => this.#demands.notes(node, lane, this.#period[lane]),
    };
  }

  /** Starts every lane anew. Streams go on where they stand unless a seed is given. */
  reset({ seed, ...start }: ResetOptions & { readonly seed?: number } = {}): void {
    if (seed !== undefined) {
      for (let lane = 0; lane < this.lanes; lane++) {
        const own = seed + Math.floor(lane / this.#siblings);
        this.#random.seed(lane, own);
        this.#startStream.seed(lane, own);
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
    const fill = stockUpTo && nodes.length > 1 ? this.#startStream.next(lane) : 1;
    for (let n = 0; n < nodes.length; n++) {
      const at = n * lanes + lane;
      const stock = stockUpTo ? Math.floor(this.#startStream.next(lane) * (fill * stockUpTo[at] + 1)) : nodes[n].initialStock[lane];
      this.#stock.start(n, lane, stock);
      this.#onOrder[at] = 0;
    }
    this.#disruptions.start(lane, this.#period[lane]);
    this.#suppliers.start(lane, this.#clock, this.#onOrder);
    this.#openOrders.start(lane, this.#clock);
    this.#indices.start(lane, this.#period[lane], () => this.#startStream.next(lane));
    this.#returns.start(lane);
    this.#demands.start(lane, this.#period[lane], () => this.#startStream.next(lane));
  }

  /**
   * One period: `orders` [arc][lane] are shipped, demand occurs and is served, costs are charged, and what is due for the next period is received.
   * `uniforms` [row][lane] in [0, 1), the first rows being the nodes', stand in for the streams' next numbers, which then stay where they are.
   * @throws RangeError on an order that is negative or not a number
   */
  step(orders: Float64Array, uniforms?: Float64Array): void {
    const { network, costs } = this;
    const openOrders = this.#openOrders;
    checkOrders(network, orders);
    this.begin();
    this.#random.draw(uniforms);
    shipOrders({
      network,
      wanted: openOrders.any ? openOrders.reach(this.#clock, this.#takenOrders(orders)) : this.#takenOrders(orders),
      clock: this.#clock,
      suppliers: this.#suppliers,
      onHand: this.#stock.onHand,
      onOrder: this.#onOrder,
      backlog: this.#stock.backlog,
      owed: openOrders.owed,
      shipCapacity: this.#shipCapacity,
      shipped: this.shipped,
      shortShipped: this.shortShipped,
      costs,
      levels: this.#indices.levels,
      charged: this.#charged,
    });
    if (openOrders.charges) openOrders.charge(this.shortShipped, costs);
    if (openOrders.any) openOrders.settle(this.shortShipped);
    this.#demands.draw(this.#period);
    if (this.#returns.any) this.#returns.note(this.#clock, this.#stock, this.demand);
    this.#stock.serve();
    this.#stock.discardExpired();
    if (network.places.length > 0) chargeOverflow({ network, onHand: this.#stock.onHand, overflow: this.overflow, costs });
    if (network.scenario.periods !== null) this.#stock.salvage(this.#period, network.scenario.periods);
    if (this.#returns.any) this.#decideReturns();
    this.total();
    this.closingStock?.set(this.#stock.onHand);
    this.#nextPeriod();
  }

  #decideReturns(): void {
    const { periods } = this.network.scenario;
    this.#returns.decide({
      clock: this.#clock + 1,
      draw: (node) => this.#random.row(this.#layout.returns[node]),
      goesOn: (lane) => this.#period[lane] + 1 !== periods,
      returned: this.returned,
      revenue: this.costs.revenue,
    });
  }

  #takenOrders(orders: Float64Array): Float64Array {
    const rules = this.#rules;
    if (!rules.any) return orders;
    rules.apply(orders, {
      available: this.#disruptions.available,
      draw: (arc) => this.#random.row(this.#layout.lostOrders[arc]),
      clipped: this.clipped,
      lostOrders: this.lostOrders,
    });
    return rules.taken;
  }

  #nextPeriod(): void {
    this.#clock++;
    for (let lane = 0; lane < this.lanes; lane++) this.#period[lane]++;
    this.#disruptions.advance(this.#period, (link) => this.#random.row(this.#layout.disruption[link]));
    this.#indices.advance(this.#period, (index) => this.#random.row(this.#layout.index[index]));
    this.#returns.receive(this.returned, this.#stock.onHand);
    this.#suppliers.receive(this.#clock, this.#stock.onHand, this.#onOrder);
    this.#forecasts.invalidate();
  }

  /** Lane i takes over the state of lane `from[i]` of another simulator of the same scenario, streams included. */
  copyLanes(source: Simulator, from: Int32Array): void {
    this.#clock = source.#clock;
    copyLanes(this.#blocks(), source.#blocks(), { lanes: this.lanes, sourceLanes: source.lanes, from });
    this.#forecasts.invalidate();
  }

  /** Everything that the future depends on, as arrays of [row][lane]. */
  #blocks(): Block[] {
    const { onHand, backlog, lastDemand } = this.#stock;
    return [
      onHand,
      backlog,
      lastDemand,
      this.#onOrder,
      this.#period,
      this.#disruptions.available,
      this.#indices.states,
      this.#indices.levels,
      ...this.#returns.state,
      this.#startStream.state,
      ...this.#suppliers.state,
      ...this.#openOrders.state,
      ...this.#shelves.flatMap((shelf) => (shelf ? [shelf.stock] : [])),
      this.#random.state,
      ...this.#demands.state,
    ];
  }

  /** The whole state, streams included. */
  save(): EnvironmentState {
    return { clock: Int32Array.of(this.#clock), ...saveBlocks(this.#blocks()) };
  }

  /**
   * Goes on from a state saved by a simulator of the same scenario and number of lanes.
   * @throws UserError where it is of another
   */
  restore(state: EnvironmentState): void {
    restoreBlocks(this.#blocks(), state);
    this.#clock = state.clock[0];
    this.#forecasts.invalidate();
  }
}
