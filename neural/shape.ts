export type Activation = 'relu' | 'tanh';

/** A fully connected network: hidden layers with an activation, then a linear layer. */
export interface NetworkShape {
  readonly inputs: number;
  /** Width of each hidden layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  readonly activation: Activation;
}

/** Where one layer stands in the flat parameters: weights [input][output] from `weights`, then biases [output] from `biases` to `end`. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly biases: number;
  readonly end: number;
}

/** The layers of a network, in order, one after the other in its flat parameters. */
export function layersOf({ inputs, hidden, outputs }: NetworkShape): Layer[] {
  const layers: Layer[] = [];
  let offset = 0;
  let width = inputs;
  for (const next of [...hidden, outputs]) {
    const biases = offset + width * next;
    layers.push({ inputs: width, outputs: next, weights: offset, biases, end: biases + next });
    offset = biases + next;
    width = next;
  }
  return layers;
}

/** Number of weights and biases. */
export function parameterCount(shape: NetworkShape): number {
  return layersOf(shape).reduce((count, layer) => Math.max(count, layer.end), 0);
}
