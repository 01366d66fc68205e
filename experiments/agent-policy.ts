import {
  type ActingNetwork,
  type Actions,
  createActions,
  type Policy,
  type PolicyChoices,
  type PolicyParameters,
} from '../agents/index.ts';
import {
  type ActionCodec,
  ActionMasks,
  type ActionOptions,
  choiceCounts,
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
    explain(view, lane) {
      const desk = openDesk(view, agentInterface);
      checkFeatures(name, network, desk);
      return { choices: choicesOf(view, lane, desk, network) };
    },
  };
}

/** What the network holds of its choices in one lane, as the orders that they stand for. */
function choicesOf(
  view: StateView,
  lane: number,
  { encoder, codec, observations, actions, masks }: Desk,
  network: ActingNetwork,
): PolicyChoices[] {
  const { lanes, network: supply } = view;
  const allowed = masks.current();
  const width = allowed.length / lanes;
  const own = width > 0 ? allowed.subarray(lane * width, (lane + 1) * width) : undefined;
  encoder.encode(view, observations);
  network.act(observations, lanes, actions, allowed);
  const counts = choiceCounts(codec.space);
  const at = lane * Math.max(1, counts.length);
  const greedy = actions.slice(at, at + counts.length);
  const orders = new Float64Array(supply.arcs.length * lanes);
  return network.weigh(observations, lane, own).map(({ of, component, weights }) => ({
    of,
    arc: component,
    options: Array.from(weights).flatMap((value, choice) => {
      if (Number.isNaN(value)) return [];
      actions.set(component === null ? combination(choice, counts) : greedy.map((taken, c) => (c === component ? choice : taken)), at);
      const taken = greedy.every((action, c) => action === actions[at + c]);
      codec.decode(view, actions, orders.fill(0));
      const each = supply.arcs.map((_, arc) => orders[arc * lanes + lane]);
      return [{ orders: component === null ? each : [each[component]], value, taken }];
    }),
  }));
}

/** The components of a combination of choices: the last one counts fastest. */
function combination(choice: number, counts: readonly number[]): number[] {
  const components = new Array<number>(counts.length);
  let left = choice;
  for (let c = counts.length - 1; c >= 0; c--) {
    components[c] = left % counts[c];
    left = Math.floor(left / counts[c]);
  }
  return components;
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
