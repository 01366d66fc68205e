import { type Scenario, Simulator, type StateView } from '../../env/index.ts';
import type { Stepper } from './expand.ts';
import type { StockModel } from './stock-model.ts';

/**
 * The simulator of a single stock point as a transition function: its lanes are put into given states and stepped with given demand.
 * A state is the net stock (on hand less backlog), then for each arc what arrives 1, 2, ... up to lead time - 1 periods from now.
 */
export class SimulatorStepper implements Stepper {
  readonly lanes: number;
  readonly width: number;
  readonly arcs: number;
  readonly state: Float64Array;
  readonly orders: Float64Array;
  readonly demand: Float64Array;
  readonly cost: Float64Array;
  readonly #simulator: Simulator;

  constructor(model: StockModel, lanes: number) {
    this.demand = new Float64Array(lanes);
    this.#simulator = new Simulator({ scenario: withGivenDemand(model, this.demand), lanes, seed: 0 });
    const { arcs } = this.#simulator.network;
    this.lanes = lanes;
    this.arcs = arcs.length;
    this.width = stateWidth(this.view);
    this.state = new Float64Array(this.width * lanes);
    this.orders = new Float64Array(this.arcs * lanes);
    this.cost = this.#simulator.cost;
  }

  /** What a policy sees of the states, once they are shown. */
  get view(): StateView {
    return this.#simulator.view;
  }

  /** Puts the lanes into the states. The view's arrays are the simulator's own. */
  show(): void {
    const { lanes, state, view } = this;
    for (let lane = 0; lane < lanes; lane++) {
      const net = state[lane];
      view.onHand[lane] = net > 0 ? net : 0;
      view.backlog[lane] = net < 0 ? -net : 0;
    }
    view.onOrder.fill(0);
    let component = 1;
    for (let arc = 0; arc < this.arcs; arc++) {
      const { maxLeadTime } = view.network.arcs[arc];
      for (let periods = 1; periods < maxLeadTime; periods++, component++) {
        const row = state.subarray(component * lanes, (component + 1) * lanes);
        view.arriving(arc, periods).set(row);
        for (let lane = 0; lane < lanes; lane++) view.onOrder[lane] += row[lane];
      }
    }
  }

  step(): void {
    this.show();
    this.#simulator.step(this.orders);
    readStates(this.view, this.state);
  }
}

/** Numbers in the state of a single stock point. */
export function stateWidth({ network }: StateView): number {
  return network.arcs.reduce((width, arc) => width + Math.max(0, arc.maxLeadTime - 1), 1);
}

/** Writes the states of all lanes, [component][lane]. */
export function readStates(view: StateView, state: Float64Array): void {
  const { lanes } = view;
  for (let lane = 0; lane < lanes; lane++) state[lane] = view.onHand[lane] - view.backlog[lane];
  let component = 1;
  for (let arc = 0; arc < view.network.arcs.length; arc++) {
    const { maxLeadTime } = view.network.arcs[arc];
    for (let periods = 1; periods < maxLeadTime; periods++, component++) state.set(view.arriving(arc, periods), component * lanes);
  }
}

/** The scenario with the demand read from an array, one number per lane, that is rewritten before each step. Forecasts stay what they were. */
function withGivenDemand({ scenario, meanDemand, demandVariance }: StockModel, values: Float64Array): Scenario {
  const mean = new Float64Array(values.length).fill(meanDemand);
  const variance = new Float64Array(values.length).fill(demandVariance);
  const forecasts = { rows: values.length, span: 1, horizon: 1, mean, variance };
  return { ...scenario, demand: scenario.demand.map((demand) => ({ ...demand, process: { kind: 'replay', values, forecasts } })) };
}
