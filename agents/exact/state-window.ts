import type { Simulator, StateView } from '../../env/index.ts';

/**
 * Puts the lanes of a simulator of a single stock point into given states, and reads them back. A state is the net stock (on hand less backlog),
 * then for each arc what arrives 1, 2, ... up to lead time - 1 periods from now: all that the future depends on when demand is stationary.
 */
export class StateWindow {
  readonly width: number;
  /** [component][lane] */
  readonly state: Float64Array;
  readonly view: StateView;

  constructor({ view, lanes }: Simulator) {
    this.view = view;
    this.width = stateWidth(view);
    this.state = new Float64Array(this.width * lanes);
  }

  /** Puts the lanes into the states: the view's arrays are the simulator's own. */
  show(): void {
    const { state, view } = this;
    const { lanes } = view;
    for (let lane = 0; lane < lanes; lane++) {
      const net = state[lane];
      view.onHand[lane] = net > 0 ? net : 0;
      view.backlog[lane] = net < 0 ? -net : 0;
    }
    view.onOrder.fill(0);
    let component = 1;
    for (let arc = 0; arc < view.network.arcs.length; arc++) {
      const { maxLeadTime } = view.network.arcs[arc];
      for (let periods = 1; periods < maxLeadTime; periods++, component++) {
        const row = state.subarray(component * lanes, (component + 1) * lanes);
        view.arriving(arc, periods).set(row);
        for (let lane = 0; lane < lanes; lane++) view.onOrder[lane] += row[lane];
      }
    }
  }

  /** Reads the states that the lanes are in. */
  read(): void {
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
