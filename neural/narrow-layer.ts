import type { Layer } from './shape.ts';

interface NarrowLayer {
  readonly layer: Layer;
  readonly rows: number;
  /** [row][output] The gradient by the layer's sums. */
  readonly bySums: Float32Array;
}

/** Writes the gradient by the weights and biases of a layer with few outputs where they are laid out. A hot loop: four inputs at a time. */
export function byNarrowWeights({
  layer: { inputs, outputs, weights, biases },
  rows,
  bySums,
  input,
  into,
}: NarrowLayer & { readonly input: Float32Array; readonly into: Float32Array }): void {
  for (let output = 0; output < outputs; output++) {
    let bias = 0;
    for (let row = 0; row < rows; row++) bias += bySums[row * outputs + output];
    into[biases + output] = bias;
    const to = weights + output;
    let k = 0;
    for (; k + 4 <= inputs; k += 4) {
      let [first, second, third, fourth] = [0, 0, 0, 0];
      for (let row = 0, at = k; row < rows; row++, at += inputs) {
        const by = bySums[row * outputs + output];
        first += by * input[at];
        second += by * input[at + 1];
        third += by * input[at + 2];
        fourth += by * input[at + 3];
      }
      into[to + k * outputs] = first;
      into[to + (k + 1) * outputs] = second;
      into[to + (k + 2) * outputs] = third;
      into[to + (k + 3) * outputs] = fourth;
    }
    for (; k < inputs; k++) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += bySums[row * outputs + output] * input[row * inputs + k];
      into[to + k * outputs] = sum;
    }
  }
}
