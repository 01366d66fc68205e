import type { ActionOptions, ObservationPart } from '../../../env/index.ts';
import {
  type ActionCodec,
  ActionMasks,
  createActionCodec,
  createObservationEncoder,
  type ObservationEncoder,
  type Simulator,
  type StateView,
} from '../../../env/index.ts';
import { parameterCount } from '../../../neural/index.ts';
import type { Policy } from '../../policy.ts';
import type { ActingNetwork } from '../acting-network.ts';
import { DecisionTable, tableWidth } from './decision-table.ts';

/** What an agent sees and chooses from. */
export interface AgentInterface {
  readonly actions: ActionOptions;
  readonly observation: readonly ObservationPart[];
}

/** Whoever orders for all lanes of a simulator: writes orders [arc][lane]. */
export interface Player {
  order(simulator: Simulator, orders: Float64Array): void;
  /** What ordering takes for one lane and period, in simulated periods of one stock point; 0 for a rule, and where decisions are looked up: it is part of the period. */
  work(simulator: Simulator): number;
}

/** Multiply-adds that take as long as a simulated period of one stock point. */
const PERIOD_PRODUCTS = 64;

/** Work of one lane and period in simulated periods of one stock point: counted, not timed, so that the same seed makes the same run. */
export function periodWork(player: Player, simulator: Simulator): number {
  return simulator.network.nodes.length + player.work(simulator);
}

export function policyPlayer(policy: Policy): Player {
  return {
    order({ view }, orders) {
      orders.fill(0);
      policy.order(view, orders);
    },
    work: () => 0,
  };
}

interface Desk {
  readonly codec: ActionCodec;
  readonly masks: ActionMasks;
  readonly actions: Int32Array;
  readonly encoder: ObservationEncoder;
  readonly observations: Float32Array;
  readonly table: DecisionTable | null;
}

/** A network that orders; where a state consists of few numbers its decisions are remembered, which is faster than working them out. */
export function networkPlayer(network: ActingNetwork, agentInterface: AgentInterface): Player {
  const { actions, observation } = agentInterface;
  const desks = new WeakMap<StateView, Desk>();
  let shared: DecisionTable | null = null;
  const open = (simulator: Simulator): Desk => {
    const { view } = simulator;
    const width = tableWidth(view, observation);
    if (width > 0) shared ??= new DecisionTable({ simulator, network, agentInterface, width });
    const encoder = createObservationEncoder(view, observation);
    const codec = createActionCodec(view, actions);
    return {
      codec,
      masks: new ActionMasks(view, codec),
      actions: new Int32Array(view.lanes * view.network.arcs.length),
      encoder,
      observations: new Float32Array(shared ? 0 : view.lanes * encoder.space.names.length),
      table: shared,
    };
  };
  return {
    order(simulator, orders) {
      const { view } = simulator;
      let desk = desks.get(view);
      if (!desk) {
        desk = open(simulator);
        desks.set(view, desk);
      }
      if (desk.table) desk.table.act(simulator, desk.actions);
      else {
        desk.encoder.encode(view, desk.observations);
        network.act(desk.observations, view.lanes, desk.actions, desk.masks.current());
      }
      orders.fill(0);
      desk.codec.decode(view, desk.actions, orders);
    },
    work: ({ view }) => (tableWidth(view, observation) > 0 ? 0 : Math.round(parameterCount(network.parts.shape) / PERIOD_PRODUCTS)),
  };
}
