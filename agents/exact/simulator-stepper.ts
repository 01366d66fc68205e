import { type Scenario, Simulator } from '../../env/index.ts';
import type { Stepper } from './expand.ts';
import { StateWindow } from './state-window.ts';
import type { StockModel } from './stock-model.ts';

/** The simulator of a single stock point as a transition function: its lanes are put into given states and stepped with given demand and luck. */
export class SimulatorStepper implements Stepper {
  readonly lanes: number;
  readonly width: number;
  readonly arcs: number;
  readonly state: Float64Array;
  readonly orders: Float64Array;
  readonly demand: Float64Array;
  readonly uniforms: Float64Array;
  readonly cost: Float64Array;
  readonly #simulator: Simulator;
  readonly #window: StateWindow;
  readonly #inTransit: Float64Array;
  readonly #charged: boolean;
  readonly #earnsLate: boolean;

  constructor(model: StockModel, lanes: number) {
    this.demand = new Float64Array(lanes);
    this.#simulator = new Simulator({ scenario: withGivenDemand(model, this.demand), lanes, seed: 0 });
    this.#window = new StateWindow(this.#simulator);
    const { arcs } = this.#simulator.network;
    this.lanes = lanes;
    this.arcs = arcs.length;
    this.width = this.#window.layout.width;
    this.state = this.#window.state;
    this.orders = new Float64Array(this.arcs * lanes);
    this.uniforms = new Float64Array(this.#simulator.uniformRows * lanes);
    this.cost = this.#simulator.cost;
    this.#inTransit = new Float64Array(this.arcs * lanes);
    this.#charged = arcs.some(({ transitCost }) => transitCost[0] > 0);
    const [{ price, backlogged, life }] = this.#simulator.network.nodes;
    this.#earnsLate = price[0] > 0 && backlogged[0] > 0 && life === null;
  }

  step(): void {
    this.#window.show();
    if (this.#charged) this.#sumInTransit();
    this.#simulator.step(this.orders, this.uniforms);
    if (this.#charged) this.#chargeTransit();
    if (this.#earnsLate) this.#earnLate();
    this.#window.read();
  }

  /** A state holds net stock, so what has just arrived for those who wait is sold when the state is read. */
  #earnLate(): void {
    const { view, network } = this.#simulator;
    const { price } = network.nodes[0];
    for (let lane = 0; lane < this.lanes; lane++) this.cost[lane] -= price[lane] * Math.min(view.onHand[lane], view.backlog[lane]);
  }

  /** What is on the way is put there from outside, so the simulator's own count of it does not hold. */
  #sumInTransit(): void {
    const { lanes, state } = this;
    const { pipeline, pipelineLength } = this.#window.layout;
    this.#inTransit.fill(0);
    for (let arc = 0; arc < this.arcs; arc++) {
      for (let k = 0; k < pipelineLength[arc]; k++) {
        for (let lane = 0; lane < lanes; lane++) this.#inTransit[arc * lanes + lane] += state[(pipeline[arc] + k) * lanes + lane];
      }
    }
  }

  #chargeTransit(): void {
    const { lanes, cost } = this;
    const { network, shipped, costs } = this.#simulator;
    for (let lane = 0; lane < lanes; lane++) cost[lane] -= costs.transit[lane];
    for (let arc = 0; arc < this.arcs; arc++) {
      const { transitCost, maxLeadTime } = network.arcs[arc];
      for (let lane = 0; lane < lanes; lane++) {
        const i = arc * lanes + lane;
        cost[lane] += transitCost[lane] * (this.#inTransit[i] + (maxLeadTime > 0 ? shipped[i] : 0));
      }
    }
  }
}

/** The scenario with the demand read from an array, one number per lane, that is rewritten before each step. */
function withGivenDemand({ scenario, meanDemand, demandVariance }: StockModel, values: Float64Array): Scenario {
  const mean = new Float64Array(values.length).fill(meanDemand);
  const variance = new Float64Array(values.length).fill(demandVariance);
  const forecasts = { rows: values.length, span: 1, horizon: 1, mean, variance };
  return { ...scenario, demand: scenario.demand.map((demand) => ({ ...demand, process: { kind: 'replay', values, forecasts } })) };
}
