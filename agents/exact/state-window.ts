import type { Simulator, StateView } from '../../env/index.ts';
import { type StateLayout, stateLayout } from './state-layout.ts';

/** Puts the lanes of a simulator of a single stock point into given states, and reads them back. */
export class StateWindow {
  readonly layout: StateLayout;
  /** [component][lane] */
  readonly state: Float64Array;
  readonly view: StateView;

  constructor({ view, lanes }: Simulator) {
    this.view = view;
    this.layout = stateLayout(view.network);
    this.state = new Float64Array(this.layout.width * lanes);
  }

  /** Puts the lanes into the states: the view's arrays are the simulator's own. */
  show(): void {
    this.#showStock();
    const { state, view, layout } = this;
    const { lanes, network } = view;
    view.onOrder.fill(0);
    for (let arc = 0; arc < network.arcs.length; arc++) {
      for (let k = 0; k < layout.pipelineLength[arc]; k++) {
        const row = rowOf(state, layout.pipeline[arc] + k, lanes);
        underway(view, arc, k + 1).set(row);
        for (let lane = 0; lane < lanes; lane++) view.onOrder[lane] += row[lane];
      }
      const flag = layout.available[arc];
      if (flag >= 0) view.available.set(rowOf(state, flag, lanes), arc * lanes);
    }
  }

  #showStock(): void {
    const { state, view, layout } = this;
    const { lanes } = view;
    if (view.network.nodes[0].life === null) {
      for (let lane = 0; lane < lanes; lane++) {
        const net = state[lane];
        view.onHand[lane] = net > 0 ? net : 0;
        view.backlog[lane] = net < 0 ? -net : 0;
      }
      return;
    }
    view.onHand.fill(0);
    for (let k = 0; k < layout.ages; k++) {
      const row = rowOf(state, k, lanes);
      view.onHandByLife(0, k + 1).set(row);
      for (let lane = 0; lane < lanes; lane++) view.onHand[lane] += row[lane];
    }
    if (layout.backlog >= 0) view.backlog.set(rowOf(state, layout.backlog, lanes));
  }

  /** Reads the states that the lanes are in. */
  read(): void {
    readStates(this.view, this.state);
  }
}

/** Writes the states of all lanes, [component][lane]. */
export function readStates(view: StateView, state: Float64Array): void {
  const { lanes, network } = view;
  const layout = stateLayout(network);
  if (network.nodes[0].life === null) {
    for (let lane = 0; lane < lanes; lane++) state[lane] = view.onHand[lane] - view.backlog[lane];
  } else {
    for (let k = 0; k < layout.ages; k++) state.set(view.onHandByLife(0, k + 1), k * lanes);
    if (layout.backlog >= 0) state.set(view.backlog, layout.backlog * lanes);
  }
  for (let arc = 0; arc < network.arcs.length; arc++) {
    for (let k = 0; k < layout.pipelineLength[arc]; k++) state.set(underway(view, arc, k + 1), (layout.pipeline[arc] + k) * lanes);
    const flag = layout.available[arc];
    if (flag >= 0) state.set(view.available.subarray(arc * lanes, (arc + 1) * lanes), flag * lanes);
  }
}

/** What is on the way on an arc: by the periods until it arrives, or by its age where lead times are drawn. The simulator's own array. */
function underway(view: StateView, arc: number, periods: number): Float64Array {
  return view.network.arcs[arc].randomLeadTime ? view.outstanding(arc, periods) : view.arriving(arc, periods);
}

function rowOf(state: Float64Array, component: number, lanes: number): Float64Array {
  return state.subarray(component * lanes, (component + 1) * lanes);
}
