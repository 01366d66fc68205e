import type { Space } from '../../env/index.ts';
import { UserError } from '../../env/index.ts';
import { type Activation, type Archive, type NetworkShape, PlainNetwork } from '../../neural/index.ts';
import { type Actions, createActionDistribution } from './action-distribution.ts';
import { ListedActions } from './listed-actions.ts';
import { ObservationScaler } from './observation-scaler.ts';
import { choiceProbabilities, type WeighedChoices } from './weighed-choices.ts';

/** A trained agent that only acts: no exploration, no tensors, statistics frozen. A lane's action does not depend on the lanes beside it. */
export interface ActingNetwork {
  /** Numbers per observation. */
  readonly features: number;
  readonly actionSpace: Space;
  /** What it was made of. */
  readonly parts: Required<Omit<ActingNetworkParts, 'scaler' | 'free'>> & Pick<ActingNetworkParts, 'scaler' | 'free'>;
  /**
   * Writes the best action of every lane, [lane][component], for observations [lane][feature], in one pass; of those that masks
   * [lane][component][choice] allow, where they are given.
   */
  act(observations: Float32Array, lanes: number, actions: Actions, masks?: Uint8Array): void;
  /** The network's outputs for the same, [lane][output]; the array is rewritten by the next call. */
  outputs(observations: Float32Array, lanes: number): Float32Array;
  /** What it holds of the choices of one lane's state, out of observations [lane][feature]; nothing where it has no choices. `allows` as masks, of that lane. */
  weigh(observations: Float32Array, lane: number, allows?: Uint8Array): WeighedChoices[];
  save(): Archive;
}

export interface ActingNetworkParts {
  readonly actionSpace: Space;
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  /** Saved statistics of the observations, or undefined where they are taken as they come. */
  readonly scaler?: Float64Array;
  /** Learned numbers of the distribution's heads; without them its spread is not known. */
  readonly free?: Float32Array;
  /** `values`: one output per combination of choices, its value. Default: the heads of a distribution. */
  readonly head?: 'distribution' | 'values';
}

const KIND = 'acting-network';

/** The best action is the likeliest of a distribution, or that of the largest value. */
export function createActingNetwork({
  actionSpace,
  shape,
  parameters,
  scaler,
  free,
  head = 'distribution',
}: ActingNetworkParts): ActingNetwork {
  const network = new PlainNetwork(shape, parameters);
  const chooser = head === 'values' ? new ListedActions(actionSpace) : createActionDistribution(actionSpace, { stride: shape.outputs });
  const own = parameters.slice();
  const spread = free?.slice();
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
    parts: {
      actionSpace,
      shape,
      parameters: own,
      head,
      ...(scaler === undefined ? {} : { scaler }),
      ...(spread === undefined ? {} : { free: spread }),
    },
    outputs,
    act(observations, lanes, actions, masks) {
      chooser.greedy(outputs(observations, lanes), lanes, actions, masks !== undefined && masks.length > 0 ? masks : undefined);
    },
    weigh(observations, lane, allows) {
      const { inputs } = shape;
      const values = outputs(observations.slice(lane * inputs, (lane + 1) * inputs), 1);
      if (head !== 'values') return choiceProbabilities(actionSpace, values, spread, allows);
      const open = new Uint8Array(shape.outputs).fill(1);
      if (allows !== undefined && chooser instanceof ListedActions) chooser.allowed(allows, 1, open);
      return [{ of: 'value', component: null, weights: Float64Array.from(open, (isOpen, k) => (isOpen ? values[k] : Number.NaN)) }];
    },
    save: () => ({
      kind: KIND,
      data: { actionSpace: plainSpace(actionSpace), shape, head },
      arrays: {
        parameters: own,
        ...(scaler === undefined ? {} : { scaler }),
        ...(spread === undefined ? {} : { free: spread }),
        ...boundsOf(actionSpace),
      },
    }),
  };
}

/** Reads what an acting network saved. @throws UserError for an archive of another kind or shape. */
export function restoreActingNetwork({ kind, data, arrays }: Archive): ActingNetwork {
  const { shape, head } = data;
  const { parameters, scaler, free } = arrays;
  const actionSpace = readSpace(data.actionSpace, arrays);
  if (kind !== KIND || actionSpace === null || !isShape(shape) || !(parameters instanceof Float32Array)) {
    throw new UserError(`Expected an archive of kind "${KIND}" with its network, received "${kind}".`);
  }
  return createActingNetwork({
    actionSpace,
    shape,
    parameters,
    head: head === 'values' ? 'values' : 'distribution',
    ...(scaler instanceof Float64Array ? { scaler } : {}),
    ...(free instanceof Float32Array ? { free } : {}),
  });
}

/** A space without its typed arrays, which JSON does not keep: they are saved beside it. */
function plainSpace(space: Space): Space | { readonly kind: 'box'; readonly names: readonly string[] } {
  return space.kind === 'box' ? { kind: 'box', names: space.names } : space;
}

function boundsOf(space: Space): Readonly<Record<string, Float64Array>> {
  return space.kind === 'box' ? { low: space.low, high: space.high } : {};
}

function readSpace(value: unknown, { low, high }: Archive['arrays']): Space | null {
  if (isChoiceSpace(value)) return value;
  if (typeof value !== 'object' || value === null || !('names' in value) || !Array.isArray(value.names)) return null;
  return low instanceof Float64Array && high instanceof Float64Array ? { kind: 'box', names: value.names, low, high } : null;
}

function isChoiceSpace(value: unknown): value is Space {
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
