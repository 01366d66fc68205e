import type { UniversalParts } from '../../../agents/index.ts';
import { ITEM_FEATURES, STATE_FEATURES } from '../../../agents/universal/features.ts';
import { type Layer, layersOf, PlainNetwork } from '../../../neural/index.ts';

/** What a tuned network says of a state of an item, written out without folding, blocks or batches. */
export function plainTuned(
  { shape, parameters, item: itemNetwork }: Pick<UniversalParts, 'shape' | 'parameters' | 'item'>,
  item: ArrayLike<number>,
  state: ArrayLike<number>,
): number[] {
  const [first, second, third] = layersOf(shape);
  const tuned = new PlainNetwork(itemNetwork.shape, itemNetwork.parameters).predict(Float32Array.from(item), 1);
  const weight = ({ weights, outputs }: Layer, input: number, output: number) => parameters[weights + input * outputs + output];
  const bias = ({ biases }: Layer, output: number) => parameters[biases + output];
  const sum = (count: number, term: (k: number) => number) => Array.from({ length: count }, (_, k) => term(k)).reduce((a, b) => a + b, 0);
  const firstValues = Array.from({ length: first.outputs }, (_, j) => {
    const ofItem = sum(ITEM_FEATURES, (f) => item[f] * weight(first, f, j));
    const ofState = sum(STATE_FEATURES, (f) => state[f] * weight(first, ITEM_FEATURES + f, j));
    return Math.max(0, ofState * (1 + tuned[j]) + ofItem + bias(first, j) + tuned[first.outputs + j]);
  });
  const secondValues = Array.from({ length: second.outputs }, (_, j) =>
    Math.max(0, sum(first.outputs, (i) => firstValues[i] * weight(second, i, j)) + bias(second, j) + tuned[2 * first.outputs + j]),
  );
  return Array.from(
    { length: third.outputs },
    (_, j) =>
      sum(second.outputs, (i) => secondValues[i] * weight(third, i, j)) + bias(third, j) + tuned[2 * first.outputs + second.outputs + j],
  );
}
