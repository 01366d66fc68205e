import type { NetworkShape } from '../../neural/index.ts';
import { ITEM_FEATURES } from './features.ts';
import { OUTPUTS } from './order-scale.ts';

/** The network that tunes another for an item; see itemNetworkShape. */
export interface ItemNetworkParts {
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
}

/** Where each part of a tuning, which is what the item's network puts out, begins; and where the last one ends. */
export interface TuningLayout {
  /** [first value] the gain, less 1, on what the state adds to it. */
  readonly gains: number;
  /** Added to the sums of the first hidden layer, of the second, and to the outputs. */
  readonly first: number;
  readonly second: number;
  readonly outputs: number;
  readonly end: number;
}

/** @param hidden widths of the layers that are tuned */
export function tuningLayout([first, second]: readonly number[]): TuningLayout {
  return { gains: 0, first, second: 2 * first, outputs: 2 * first + second, end: 2 * first + second + OUTPUTS };
}

/**
 * A network of one hidden layer that looks at the item alone and tunes the layers that look at its states (feature-wise linear modulation, Perez et al. 2018):
 * gains on what a state adds to the first hidden layer, and something added to the sums of every layer. Worked out once for an item, it costs a decision nothing.
 */
export function itemNetworkShape(width: number, hidden: readonly number[]): NetworkShape {
  return { inputs: ITEM_FEATURES, hidden: [width], outputs: tuningLayout(hidden).end, activation: 'relu' };
}
