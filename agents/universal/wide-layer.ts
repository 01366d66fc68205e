/** Outputs that are worked out at a time: their sums stay in registers while the inputs go by. */
const BLOCK = 8;

/** A fully connected layer, laid out for being worked out a block of outputs at a time. */
export interface WideLayer {
  /** [block][input][output of the block]; 0 for the outputs that fill the last block. */
  readonly weights: Float32Array;
  /** [output], 0 for those that fill the last block. */
  readonly biases: Float32Array;
  /** Entries of a block. */
  readonly block: number;
}

export interface LayerParts {
  /** [input][output] */
  readonly weights: Float32Array;
  /** [output] */
  readonly biases: Float32Array;
  readonly inputs: number;
  readonly outputs: number;
}

export function wideLayer({ weights, biases, inputs, outputs }: LayerParts): WideLayer {
  const block = inputs * BLOCK;
  const blocks = Math.ceil(outputs / BLOCK);
  const laid = new Float32Array(blocks * block);
  for (let j = 0; j < outputs; j++) {
    const at = Math.floor(j / BLOCK) * block + (j % BLOCK);
    for (let i = 0; i < inputs; i++) laid[at + i * BLOCK] = weights[i * outputs + j];
  }
  return { weights: laid, biases: filled(biases, blocks * BLOCK), block };
}

function filled(values: Float32Array, length: number): Float32Array {
  const all = new Float32Array(length);
  all.set(values);
  return all;
}

/** The same layer with something added to its biases, [output]; the weights are shared. */
export function withAdded({ weights, biases, block }: WideLayer, added: Float32Array): WideLayer {
  const sums = biases.slice();
  for (let j = 0; j < added.length; j++) sums[j] += added[j];
  return { weights, biases: sums, block };
}

/** Room for a layer's values, the last block filled. */
export function roomFor(outputs: number): Float64Array {
  return new Float64Array(Math.ceil(outputs / BLOCK) * BLOCK);
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

  /** Hot: writes the values of a layer, into room that roomFor made for it. */
  through({ weights, biases, block }: WideLayer, to: Float64Array): void {
    const { values } = this;
    const places = this.#places;
    const count = this.#count;
    for (let j = 0, from = 0; j < to.length; j += BLOCK, from += block) {
      let y0 = biases[j];
      let y1 = biases[j + 1];
      let y2 = biases[j + 2];
      let y3 = biases[j + 3];
      let y4 = biases[j + 4];
      let y5 = biases[j + 5];
      let y6 = biases[j + 6];
      let y7 = biases[j + 7];
      for (let k = 0; k < count; k++) {
        const x = values[k];
        const at = from + places[k];
        y0 += x * weights[at];
        y1 += x * weights[at + 1];
        y2 += x * weights[at + 2];
        y3 += x * weights[at + 3];
        y4 += x * weights[at + 4];
        y5 += x * weights[at + 5];
        y6 += x * weights[at + 6];
        y7 += x * weights[at + 7];
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
