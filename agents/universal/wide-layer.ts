/** Outputs that are worked out at a time: their sums stay in registers while the inputs go by. */
const BLOCK = 8;

/** A fully connected layer, laid out for being worked out a block of outputs at a time. */
export interface WideLayer {
  /** [block][1 + input][output of the block]: biases, then what each input adds; 0 for the outputs that fill the last block. */
  readonly weights: Float32Array;
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
  const block = (1 + inputs) * BLOCK;
  const laid = new Float32Array(Math.ceil(outputs / BLOCK) * block);
  for (let j = 0; j < outputs; j++) {
    const at = Math.floor(j / BLOCK) * block + (j % BLOCK);
    laid[at] = biases[j];
    for (let i = 0; i < inputs; i++) laid[at + (1 + i) * BLOCK] = weights[i * outputs + j];
  }
  return { weights: laid, block };
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
    for (let k = 0; k < count; k++) this.#places[k] = (1 + k) * BLOCK;
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
      places[count] = (1 + j) * BLOCK;
      count += Number(from[j] > 0);
    }
    this.#count = count;
  }

  /** Hot: writes the values of a layer, into room that roomFor made for it. */
  through({ weights, block }: WideLayer, to: Float64Array): void {
    const { values } = this;
    const places = this.#places;
    const count = this.#count;
    for (let j = 0, from = 0; j < to.length; j += BLOCK, from += block) {
      let y0 = weights[from];
      let y1 = weights[from + 1];
      let y2 = weights[from + 2];
      let y3 = weights[from + 3];
      let y4 = weights[from + 4];
      let y5 = weights[from + 5];
      let y6 = weights[from + 6];
      let y7 = weights[from + 7];
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
