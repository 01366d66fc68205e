/** Outputs that are worked out at a time: their sums stay in registers while the inputs go by. */
const BLOCK = 8;

/** The weights of a fully connected layer, laid out for being worked out a block of outputs at a time. */
export interface WideLayer {
  /** From `begin` on: [block][input][output of the block]; 0 for the outputs that fill the last block. */
  readonly weights: Float32Array;
  readonly begin: number;
  /** Entries of a block. */
  readonly block: number;
}

export interface LayerWeights {
  /** [input][output] */
  readonly weights: Float32Array;
  readonly inputs: number;
  readonly outputs: number;
}

/** Outputs of a layer, the last block filled. */
export function filledWidth(outputs: number): number {
  return Math.ceil(outputs / BLOCK) * BLOCK;
}

export function wideLayer(layer: LayerWeights): WideLayer {
  return writeWideLayer(layer, new Float32Array(filledWidth(layer.outputs) * layer.inputs), 0);
}

/** Lays a layer out in an array in which other things may stand before it. */
export function writeWideLayer({ weights, inputs, outputs }: LayerWeights, into: Float32Array, begin: number): WideLayer {
  const block = inputs * BLOCK;
  for (let j = 0; j < outputs; j++) {
    const at = begin + Math.floor(j / BLOCK) * block + (j % BLOCK);
    for (let i = 0; i < inputs; i++) into[at + i * BLOCK] = weights[i * outputs + j];
  }
  return { weights: into, begin, block };
}

/** Room for a layer's values, the last block filled. */
export function roomFor(outputs: number): Float64Array {
  return new Float64Array(filledWidth(outputs));
}

/** What goes into a layer: numbers, and where each one's weights stand in a block. */
export class LayerInputs {
  readonly values: Float64Array;
  readonly #places: Int32Array;
  #count = 0;

  constructor(most: number) {
    this.values = new Float64Array(most);
    this.#places = new Int32Array(most);
  }

  /** Takes the first `count` of the values, as they were written there. */
  takeAll(count: number): void {
    for (let k = 0; k < count; k++) this.#places[k] = k * BLOCK;
    this.#count = count;
  }

  /** Hot: takes those of a layer's values that are above 0. */
  takeActive(from: Float64Array): void {
    const { values } = this;
    const places = this.#places;
    let count = 0;
    for (let j = 0; j < from.length; j++) {
      // Written in any case, counted where it is above 0: no branch to be guessed.
      values[count] = from[j];
      places[count] = j * BLOCK;
      count += Number(from[j] > 0);
    }
    this.#count = count;
  }

  /** Hot: writes the values of a layer, whose biases begin at an entry of an array, into room that roomFor made for it. */
  through({ weights, begin, block }: WideLayer, biases: Float32Array, at: number, to: Float64Array): void {
    const { values } = this;
    const places = this.#places;
    const count = this.#count;
    for (let j = 0, from = begin, bias = at; j < to.length; j += BLOCK, bias += BLOCK, from += block) {
      let y0 = biases[bias];
      let y1 = biases[bias + 1];
      let y2 = biases[bias + 2];
      let y3 = biases[bias + 3];
      let y4 = biases[bias + 4];
      let y5 = biases[bias + 5];
      let y6 = biases[bias + 6];
      let y7 = biases[bias + 7];
      for (let k = 0; k < count; k++) {
        const x = values[k];
        const entry = from + places[k];
        y0 += x * weights[entry];
        y1 += x * weights[entry + 1];
        y2 += x * weights[entry + 2];
        y3 += x * weights[entry + 3];
        y4 += x * weights[entry + 4];
        y5 += x * weights[entry + 5];
        y6 += x * weights[entry + 6];
        y7 += x * weights[entry + 7];
      }
      to[j] = y0;
      to[j + 1] = y1;
      to[j + 2] = y2;
      to[j + 3] = y3;
      to[j + 4] = y4;
      to[j + 5] = y5;
      to[j + 6] = y6;
      to[j + 7] = y7;
    }
  }
}
