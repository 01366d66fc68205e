import type { Space } from '../../env/index.ts';
import { UserError } from '../../env/index.ts';
import { type Activation, type Archive, type NetworkShape, PlainNetwork } from '../../neural/index.ts';
import { ActionDistribution } from './action-distribution.ts';
import { ObservationScaler } from './observation-scaler.ts';

/** A trained agent that only acts: no exploration, no tensors, statistics frozen. A lane's action does not depend on the lanes beside it. */
export interface ActingNetwork {
  /** Numbers per observation. */
  readonly features: number;
  readonly actionSpace: Space;
  /** Writes the best action of every lane, [lane][component], for observations [lane][feature], in one pass. */
  act(observations: Float32Array, lanes: number, actions: Int32Array): void;
  /** The network's outputs for the same, [lane][output]; the array is rewritten by the next call. */
  outputs(observations: Float32Array, lanes: number): Float32Array;
  save(): Archive;
}

export interface ActingNetworkParts {
  readonly actionSpace: Space;
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  /** Saved statistics of the observations, or undefined where they are taken as they come. */
  readonly scaler?: Float64Array;
}

const KIND = 'acting-network';

/** The outputs of the network are those of the action space's heads; the best action is the likeliest (for action values: give a space without a start). */
export function createActingNetwork({ actionSpace, shape, parameters, scaler }: ActingNetworkParts): ActingNetwork {
  const network = new PlainNetwork(shape, parameters);
  const distribution = new ActionDistribution(actionSpace);
  const own = parameters.slice();
  const statistics = scaler === undefined ? undefined : new ObservationScaler(shape.inputs);
  if (scaler !== undefined) statistics?.restore(scaler);
  let scaled = new Float32Array(0);
  const outputs = (observations: Float32Array, lanes: number): Float32Array => {
    let inputs = observations;
    if (statistics !== undefined) {
      if (scaled.length < lanes * shape.inputs) scaled = new Float32Array(lanes * shape.inputs);
      statistics.apply(observations, lanes, scaled);
      inputs = scaled;
    }
    return network.predict(inputs, lanes);
  };
  return {
    features: shape.inputs,
    actionSpace,
    outputs,
    act(observations, lanes, actions) {
      distribution.greedy(outputs(observations, lanes), lanes, actions);
    },
    save: () => ({
      kind: KIND,
      data: { actionSpace, shape },
      arrays: { parameters: own, ...(scaler === undefined ? {} : { scaler }) },
    }),
  };
}

/** Reads what an acting network saved. @throws UserError for an archive of another kind or shape. */
export function restoreActingNetwork({ kind, data, arrays }: Archive): ActingNetwork {
  const { actionSpace, shape } = data;
  const { parameters, scaler } = arrays;
  if (kind !== KIND || !isActionSpace(actionSpace) || !isShape(shape) || !(parameters instanceof Float32Array)) {
    throw new UserError(`Expected an archive of kind "${KIND}" with its network, received "${kind}".`);
  }
  return createActingNetwork({ actionSpace, shape, parameters, ...(scaler instanceof Float64Array ? { scaler } : {}) });
}

function isActionSpace(value: unknown): value is Space {
  return typeof value === 'object' && value !== null && 'kind' in value && (value.kind === 'discrete' || value.kind === 'multi-discrete');
}

function isShape(value: unknown): value is NetworkShape {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('inputs' in value && 'hidden' in value && 'outputs' in value && 'activation' in value)
  )
    return false;
  const activations: readonly unknown[] = ['relu', 'tanh'] satisfies Activation[];
  return (
    typeof value.inputs === 'number' &&
    Array.isArray(value.hidden) &&
    typeof value.outputs === 'number' &&
    activations.includes(value.activation)
  );
}
