import type { NetworkShape } from '../../neural/index.ts';
import { ITEM_FEATURES } from './features.ts';
import { OUTPUTS } from './order-scale.ts';

/** The network that looks at the item alone. */
export interface ItemNetworkParts {
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
}

/** Where each part of what it says begins; the last one, where they end. */
export interface TuningLayout {
  /** [value of the first hidden layer] how much more than once it heeds the state. */
  readonly gains: number;
  /** [value] Added to each layer. */
  readonly first: number;
  readonly second: number;
  readonly outputs: number;
  readonly end: number;
}

export function tuningLayout([first, second]: readonly number[]): TuningLayout {
  return { gains: 0, first, second: 2 * first, outputs: 2 * first + second, end: 2 * first + second + OUTPUTS };
}

/**
 * A network of one hidden layer that tunes, for an item, the layers that look at its states (feature-wise linear modulation, Perez et al. 2018): how much each
 * first value heeds the state, and what is added to the values of each. Worked out once for an item, it costs a decision nothing.
 */
export function itemNetworkShape(width: number, hidden: readonly number[]): NetworkShape {
  return { inputs: ITEM_FEATURES, hidden: [width], outputs: tuningLayout(hidden).end, activation: 'relu' };
}
