import { type Scenario, Simulator } from '../../env/index.ts';
import type { Stepper } from './expand.ts';
import { StateWindow } from './state-window.ts';
import type { StockModel } from './stock-model.ts';

/** The simulator of a single stock point as a transition function: its lanes are put into given states and stepped with given demand. */
export class SimulatorStepper implements Stepper {
  readonly lanes: number;
  readonly width: number;
  readonly arcs: number;
  readonly state: Float64Array;
  readonly orders: Float64Array;
  readonly demand: Float64Array;
  readonly cost: Float64Array;
  readonly #simulator: Simulator;
  readonly #window: StateWindow;

  constructor(model: StockModel, lanes: number) {
    this.demand = new Float64Array(lanes);
    this.#simulator = new Simulator({ scenario: withGivenDemand(model, this.demand), lanes, seed: 0 });
    this.#window = new StateWindow(this.#simulator);
    this.lanes = lanes;
    this.arcs = this.#simulator.network.arcs.length;
    this.width = this.#window.width;
    this.state = this.#window.state;
    this.orders = new Float64Array(this.arcs * lanes);
    this.cost = this.#simulator.cost;
  }

  step(): void {
    this.#window.show();
    this.#simulator.step(this.orders);
    this.#window.read();
  }
}

/** The scenario with the demand read from an array, one number per lane, that is rewritten before each step. */
function withGivenDemand({ scenario, meanDemand, demandVariance }: StockModel, values: Float64Array): Scenario {
  const mean = new Float64Array(values.length).fill(meanDemand);
  const variance = new Float64Array(values.length).fill(demandVariance);
  const forecasts = { rows: values.length, span: 1, horizon: 1, mean, variance };
  return { ...scenario, demand: scenario.demand.map((demand) => ({ ...demand, process: { kind: 'replay', values, forecasts } })) };
}
