import type { Space } from '../../env/index.ts';
import { headsOf } from './action-head.ts';

/** What a network holds of the choices of one state. */
export interface WeighedChoices {
  readonly of: 'probability' | 'value';
  /** Component of the action that the choices are of; null: they are combinations of all, the last component counting fastest. */
  readonly component: number | null;
  /** [choice] probability, or value; of a choice that is not allowed NaN. */
  readonly weights: Float64Array;
}

/**
 * Probabilities of a distribution's choices from its outputs of one state, component by component.
 * @param free the heads' learned numbers; without them a component that needs one is left out
 * @param allows [component][choice] 1 where allowed; left out: all are
 */
export function choiceProbabilities(space: Space, outputs: Float32Array, free?: Float32Array, allows?: Uint8Array): WeighedChoices[] {
  if (space.kind === 'box') return [];
  const weighed: WeighedChoices[] = [];
  let output = 0;
  let own = 0;
  let choice = 0;
  for (const [component, head] of headsOf(space).entries()) {
    if (head.free.length === 0 || free !== undefined) {
      const logits = new Float64Array(head.count);
      head.logits(outputs, output, (free ?? new Float32Array(0)).subarray(own), logits, 0);
      weighed.push({ of: 'probability', component, weights: softmax(logits, allows?.subarray(choice, choice + head.count)) });
    }
    output += head.outputs;
    own += head.free.length;
    choice += head.count;
  }
  return weighed;
}

function softmax(logits: Float64Array, allows?: Uint8Array): Float64Array {
  const open = (k: number) => allows === undefined || allows[k] === 1;
  const largest = logits.reduce((most, logit, k) => (open(k) ? Math.max(most, logit) : most), Number.NEGATIVE_INFINITY);
  const weights = logits.map((logit, k) => (open(k) ? Math.exp(logit - largest) : Number.NaN));
  const sum = weights.reduce((total, weight) => total + (Number.isNaN(weight) ? 0 : weight), 0);
  return weights.map((weight) => weight / sum);
}
