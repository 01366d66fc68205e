import { type ActingNetwork, type Actions, createActions, type Policy, type PolicyParameters } from '../agents/index.ts';
import {
  type ActionCodec,
  ActionMasks,
  type ActionOptions,
  createActionCodec,
  createObservationEncoder,
  type ObservationEncoder,
  type ObservationPart,
  type StateView,
  UserError,
} from '../env/index.ts';

/** What an agent sees and chooses from in a scenario. */
export interface AgentInterface {
  readonly actions: ActionOptions;
  readonly observation: readonly ObservationPart[];
}

export interface AgentPolicyOptions {
  readonly name: string;
  readonly parameters?: PolicyParameters;
  readonly network: ActingNetwork;
  readonly agentInterface: AgentInterface;
}

interface Desk {
  readonly encoder: ObservationEncoder;
  readonly codec: ActionCodec;
  readonly observations: Float32Array;
  readonly actions: Actions;
  readonly masks: ActionMasks;
}

/**
 * A trained network as a policy: it sees what it saw in training, and its actions become orders as they did there.
 * @throws UserError, at the first order, in a scenario whose observations have another number of features
 */
export function agentPolicy({ name, parameters = {}, network, agentInterface }: AgentPolicyOptions): Policy {
  const desks = new WeakMap<StateView, Desk>();
  return {
    name,
    parameters,
    order(view, orders) {
      let desk = desks.get(view);
      if (!desk) {
        desk = openDesk(view, agentInterface);
        checkFeatures(name, network, desk);
        desks.set(view, desk);
      }
      desk.encoder.encode(view, desk.observations);
      network.act(desk.observations, view.lanes, desk.actions, desk.masks.current());
      desk.codec.decode(view, desk.actions, orders);
    },
  };
}

function openDesk(view: StateView, { actions, observation }: AgentInterface): Desk {
  const encoder = createObservationEncoder(view, observation);
  const codec = createActionCodec(view, actions);
  return {
    encoder,
    codec,
    masks: new ActionMasks(view, codec),
    observations: new Float32Array(view.lanes * encoder.space.names.length),
    actions: createActions(codec.space, view.lanes),
  };
}

function checkFeatures(name: string, { features }: ActingNetwork, { encoder }: Desk): void {
  const given = encoder.space.names.length;
  if (given === features) return;
  throw new UserError(
    `${name} was trained on observations of ${features} numbers and this scenario gives ${given}: use it where its lead times hold`,
  );
}
