import type { RandomStream } from '../../../env/index.ts';
import {
  heWeights,
  type Layer,
  layersOf,
  MatrixProducts,
  type NetworkShape,
  type OutputGradient,
  parameterCount,
  Scratch,
  type TensorBackend,
} from '../../../neural/index.ts';
import { FEATURES, ITEM_FEATURES, STATE_FEATURES } from '../features.ts';
import { type ItemNetworkParts, itemNetworkShape, type TuningLayout, tuningLayout } from '../item-network.ts';
import { OUTPUTS } from '../order-scale.ts';

/** States, each of one of some items. */
export interface StatesOfItems {
  readonly items: number;
  /** [item][feature] */
  readonly itemFeatures: Float32Array;
  readonly rows: number;
  /** [row][feature] */
  readonly stateFeatures: Float32Array;
  /** [row] */
  readonly itemOf: Int32Array;
}

export interface TunedShape {
  /** Width of each hidden layer that looks at states. */
  readonly hidden: readonly [number, number];
  /** Width of the hidden layer of the item's network. */
  readonly itemHidden: number;
}

function shapesOf({ hidden, itemHidden }: TunedShape): { readonly network: NetworkShape; readonly item: NetworkShape } {
  return { network: { inputs: FEATURES, hidden, outputs: OUTPUTS, activation: 'relu' }, item: itemNetworkShape(itemHidden, hidden) };
}

/** Number of weights and biases of both networks. */
export function tunedParameterCount(shape: TunedShape): number {
  const { network, item } = shapesOf(shape);
  return parameterCount(network) + parameterCount(item);
}

/** Parameters to begin with. */
export function firstParameters(shape: TunedShape, random: RandomStream): Float32Array {
  const { network, item } = shapesOf(shape);
  return Float32Array.from([network, item].flatMap((own) => [...heWeights(own, random, { lastGain: 0.1 })]));
}

/** What the layers come to. */
interface Values {
  /** [item][hidden value of the item's network] */
  readonly seen: Float32Array;
  /** [item][part of the tuning]; biases, and what the item's features add to the first layer, are in it. */
  readonly tuning: Float32Array;
  /** [row][first value] what the state adds, before gains. */
  readonly heard: Float32Array;
  /** [row][value] */
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly outputs: Float32Array;
}

/**
 * A network that looks at states, and one that looks at the items and tunes it; differentiated by hand. What goes on in an item is worked out once for all of its
 * states. See itemNetworkShape. Hot: elements are gone through as seldom as can be, and arrays are kept from batch to batch.
 */
export class TunedNetwork {
  readonly shape: NetworkShape;
  readonly itemShape: NetworkShape;
  /** Those of the network, then those of the items' network; each laid out as layersOf says. */
  readonly parameters: Float32Array;
  readonly #gradient: Float32Array;
  readonly #products: MatrixProducts;
  readonly #scratch = new Scratch();
  readonly #layout: TuningLayout;
  /** The first, of item and of state; the second; the outputs. */
  readonly #ofItem: Layer;
  readonly #ofState: Layer;
  readonly #second: Layer;
  readonly #third: Layer;
  /** Of the items' network. */
  readonly #seeing: Layer;
  readonly #tuning: Layer;

  /** @param parameters and @param gradient of length tunedParameterCount(shape); the network keeps the arrays themselves. */
  constructor(
    tensors: TensorBackend,
    shape: TunedShape,
    parameters: Float32Array,
    gradient: Float32Array = new Float32Array(parameters.length),
  ) {
    const { network, item } = shapesOf(shape);
    const own = parameterCount(network);
    this.shape = network;
    this.itemShape = item;
    this.parameters = parameters;
    this.#gradient = gradient;
    this.#products = new MatrixProducts(tensors);
    this.#layout = tuningLayout(shape.hidden);
    const [first, second, third] = layersOf(network);
    const between = first.weights + ITEM_FEATURES * first.outputs;
    this.#ofItem = { ...first, inputs: ITEM_FEATURES };
    this.#ofState = { ...first, inputs: STATE_FEATURES, weights: between };
    this.#second = second;
    this.#third = third;
    [this.#seeing, this.#tuning] = layersOf(item).map((layer) => ({
      ...layer,
      weights: layer.weights + own,
      biases: layer.biases + own,
      end: layer.end + own,
    }));
  }

  /** What a universal network is made of. */
  parts(): { readonly shape: NetworkShape; readonly parameters: Float32Array; readonly item: ItemNetworkParts } {
    const own = this.#seeing.weights;
    return {
      shape: this.shape,
      parameters: this.parameters.slice(0, own),
      item: { shape: this.itemShape, parameters: this.parameters.slice(own) },
    };
  }

  /** The gradient of a loss by all parameters, laid out like them; always in the same array. */
  gradient(batch: StatesOfItems, outputGradient: OutputGradient): Float32Array {
    const values = this.#forward(batch);
    const byOutput = this.#scratch.zeros('by output', values.outputs.length);
    outputGradient(values.outputs, byOutput);
    this.#backward(batch, values, byOutput);
    return this.#gradient;
  }

  #forward({ items, itemFeatures, rows, stateFeatures, itemOf }: StatesOfItems): Values {
    const layout = this.#layout;
    const seen = this.#through(this.#seeing, itemFeatures, items, 'seen');
    this.#addBiases(seen, this.#seeing, { from: 0, width: this.#seeing.outputs });
    rectify(seen);
    const tuning = this.#through(this.#tuning, seen, items, 'tuning');
    const told = this.#through(this.#ofItem, itemFeatures, items, 'told');
    const width = layout.end;
    for (let item = 0, at = 0; item < items; item++)
      for (let j = 0, to = item * width + layout.first; j < this.#ofItem.outputs; j++, at++, to++) tuning[to] += told[at];
    this.#addBiases(tuning, this.#tuning, { from: 0, width });
    this.#addBiases(tuning, this.#ofItem, { from: layout.first, width });
    this.#addBiases(tuning, this.#second, { from: layout.second, width });
    this.#addBiases(tuning, this.#third, { from: layout.outputs, width });
    const heard = this.#through(this.#ofState, stateFeatures, rows, 'heard');
    const first = this.#scratch.room('first', heard.length);
    for (let row = 0, at = 0; row < rows; row++) {
      const gains = itemOf[row] * width + layout.gains;
      const added = itemOf[row] * width + layout.first;
      for (let j = 0; j < this.#ofState.outputs; j++, at++)
        first[at] = Math.max(0, heard[at] * (1 + tuning[gains + j]) + tuning[added + j]);
    }
    const second = this.#through(this.#second, first, rows, 'second');
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, from = itemOf[row] * width + layout.second; j < this.#second.outputs; j++, at++)
        second[at] = Math.max(0, second[at] + tuning[from + j]);
    const outputs = this.#through(this.#third, second, rows, 'outputs');
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, from = itemOf[row] * width + layout.outputs; j < OUTPUTS; j++, at++) outputs[at] += tuning[from + j];
    return { seen, tuning, heard, first, second, outputs };
  }

  /** Layer by layer from the last; what reaches the tuning is gathered by item. Products with 0 or 1 in place of branches that cannot be guessed. */
  #backward(batch: StatesOfItems, { seen, tuning, heard, first, second }: Values, byOutput: Float32Array): void {
    const { items, itemFeatures, rows, stateFeatures, itemOf } = batch;
    const layout = this.#layout;
    const width = layout.end;
    const byTuning = this.#scratch.zeros('by tuning', items * width);
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, to = itemOf[row] * width + layout.outputs; j < OUTPUTS; j++, at++) byTuning[to + j] += byOutput[at];
    this.#byWeights(this.#third, second, byOutput, rows);
    const bySecond = this.#back(this.#third, byOutput, rows, 'by second');
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, to = itemOf[row] * width + layout.second; j < this.#second.outputs; j++, at++) {
        bySecond[at] *= Number(second[at] > 0);
        byTuning[to + j] += bySecond[at];
      }
    this.#byWeights(this.#second, first, bySecond, rows);
    const byFirst = this.#back(this.#second, bySecond, rows, 'by first');
    for (let row = 0, at = 0; row < rows; row++) {
      const gains = itemOf[row] * width + layout.gains;
      const added = itemOf[row] * width + layout.first;
      for (let j = 0; j < this.#ofState.outputs; j++, at++) {
        const by = byFirst[at] * Number(first[at] > 0);
        byTuning[added + j] += by;
        byTuning[gains + j] += by * heard[at];
        byFirst[at] = by * (1 + tuning[gains + j]);
      }
    }
    this.#byWeights(this.#ofState, stateFeatures, byFirst, rows);
    const byTold = this.#scratch.room('by told', items * this.#ofItem.outputs);
    for (let item = 0; item < items; item++) {
      const from = item * width + layout.first;
      byTold.set(byTuning.subarray(from, from + this.#ofItem.outputs), item * this.#ofItem.outputs);
    }
    this.#byWeights(this.#ofItem, itemFeatures, byTold, items);
    this.#byBiases(this.#ofItem, byTuning, { from: layout.first, width });
    this.#byBiases(this.#second, byTuning, { from: layout.second, width });
    this.#byBiases(this.#third, byTuning, { from: layout.outputs, width });
    this.#byBiases(this.#tuning, byTuning, { from: 0, width });
    this.#byWeights(this.#tuning, seen, byTuning, items);
    const bySeen = this.#back(this.#tuning, byTuning, items, 'by seen');
    for (let at = 0; at < bySeen.length; at++) bySeen[at] *= Number(seen[at] > 0);
    this.#byBiases(this.#seeing, bySeen, { from: 0, width: this.#seeing.outputs });
    this.#byWeights(this.#seeing, itemFeatures, bySeen, items);
  }

  /** Values times a layer's weights. */
  #through({ inputs: inner, outputs: columns, weights }: Layer, values: Float32Array, rows: number, name: string): Float32Array {
    const into = this.#scratch.room(name, rows * columns);
    this.#products.product(values, this.parameters.subarray(weights, weights + inner * columns), { rows, inner, columns }, into);
    return into;
  }

  /** The gradient by what goes into a layer. */
  #back({ inputs: columns, outputs: inner, weights }: Layer, bySums: Float32Array, rows: number, name: string): Float32Array {
    const into = this.#scratch.room(name, rows * columns);
    this.#products.timesTurned(bySums, this.parameters.subarray(weights, weights + inner * columns), { rows, inner, columns }, into);
    return into;
  }

  #byWeights({ inputs, outputs: columns, weights }: Layer, values: Float32Array, bySums: Float32Array, inner: number): void {
    const into = this.#gradient.subarray(weights, weights + inputs * columns);
    this.#products.turnedTimes(values, bySums, { rows: inputs, inner, columns }, into);
  }

  #addBiases(values: Float32Array, { biases, outputs }: Layer, { from, width }: Columns): void {
    const { parameters } = this;
    for (let at = from; at < values.length; at += width) for (let j = 0; j < outputs; j++) values[at + j] += parameters[biases + j];
  }

  #byBiases({ biases, outputs, end }: Layer, bySums: Float32Array, { from, width }: Columns): void {
    const gradient = this.#gradient;
    gradient.fill(0, biases, end);
    for (let at = from; at < bySums.length; at += width) for (let j = 0; j < outputs; j++) gradient[biases + j] += bySums[at + j];
  }
}

/** A layer's values among the columns of a matrix. */
interface Columns {
  readonly from: number;
  readonly width: number;
}

function rectify(values: Float32Array): void {
  for (let k = 0; k < values.length; k++) if (values[k] < 0) values[k] = 0;
}
