import type { RandomStream } from '../../../env/index.ts';
import { heWeights, type NetworkShape, parameterCount } from '../../../neural/index.ts';
import { FEATURES } from '../features.ts';
import { itemNetworkShape } from '../item-network.ts';
import { OUTPUTS } from '../order-scale.ts';

export interface TunedWidths {
  /** Width of each hidden layer that looks at states. */
  readonly hidden: readonly [number, number];
  /** Width of the hidden layer of the item's network. */
  readonly itemHidden: number;
}

/** A network and the one that tunes it for an item. */
export interface TunedShapes {
  readonly network: NetworkShape;
  readonly item: NetworkShape;
}

export function tunedShapes({ hidden, itemHidden }: TunedWidths): TunedShapes {
  return { network: { inputs: FEATURES, hidden, outputs: OUTPUTS, activation: 'relu' }, item: itemNetworkShape(itemHidden, hidden) };
}

/** Number of weights and biases of both networks. */
export function tunedParameterCount(widths: TunedWidths): number {
  const { network, item } = tunedShapes(widths);
  return parameterCount(network) + parameterCount(item);
}

/** Parameters to begin with: those of the network, then those of the item's network. */
export function firstParameters(widths: TunedWidths, random: RandomStream): Float32Array {
  const { network, item } = tunedShapes(widths);
  return Float32Array.from([network, item].flatMap((shape) => [...heWeights(shape, random, { lastGain: 0.1 })]));
}
