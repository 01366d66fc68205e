import {
  KeptArrays,
  type Layer,
  layersOf,
  MatrixProducts,
  type OutputGradient,
  parameterCount,
  type TensorBackend,
} from '../../../neural/index.ts';
import { ITEM_FEATURES, STATE_FEATURES } from '../features.ts';
import { type TuningLayout, tuningLayout } from '../item-network.ts';
import { OUTPUTS } from '../order-scale.ts';
import type { UniversalParts } from '../universal-network.ts';
import { type TunedShapes, type TunedWidths, tunedShapes } from './tuned-shape.ts';

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

/** What the layers come to. */
interface Values {
  /** [item][hidden value of the item's network] */
  readonly itemHidden: Float32Array;
  /** [item][part of the tuning]; biases, and what the item's features add to the first layer, are in it. */
  readonly tuning: Float32Array;
  /** [row][first value] what the state adds, before gains. */
  readonly stateSums: Float32Array;
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
  /** Those of the network, then those of the items' network; each laid out as layersOf says. */
  readonly parameters: Float32Array;
  readonly #gradient: Float32Array;
  readonly #products: MatrixProducts;
  readonly #shapes: TunedShapes;
  readonly #kept = new KeptArrays();
  readonly #layout: TuningLayout;
  /** The first, of item and of state; the second; the outputs. */
  readonly #firstOfItem: Layer;
  readonly #firstOfState: Layer;
  readonly #second: Layer;
  readonly #third: Layer;
  /** Of the items' network. */
  readonly #itemHidden: Layer;
  readonly #tuning: Layer;

  /** @param parameters and @param gradient of length tunedParameterCount(widths); the network keeps the arrays themselves. */
  constructor(
    tensors: TensorBackend,
    widths: TunedWidths,
    parameters: Float32Array,
    gradient: Float32Array = new Float32Array(parameters.length),
  ) {
    const shapes = tunedShapes(widths);
    const count = parameterCount(shapes.network);
    this.#shapes = shapes;
    this.parameters = parameters;
    this.#gradient = gradient;
    this.#products = new MatrixProducts(tensors);
    this.#layout = tuningLayout(widths.hidden);
    const [first, second, third] = layersOf(shapes.network);
    const between = first.weights + ITEM_FEATURES * first.outputs;
    this.#firstOfItem = { ...first, inputs: ITEM_FEATURES };
    this.#firstOfState = { ...first, inputs: STATE_FEATURES, weights: between };
    this.#second = second;
    this.#third = third;
    [this.#itemHidden, this.#tuning] = layersOf(shapes.item).map((layer) => ({
      ...layer,
      weights: layer.weights + count,
      biases: layer.biases + count,
      end: layer.end + count,
    }));
  }

  /** What a universal network is made of. */
  parts(): Pick<UniversalParts, 'shape' | 'parameters' | 'item'> {
    const { network, item } = this.#shapes;
    const count = parameterCount(network);
    return { shape: network, parameters: this.parameters.slice(0, count), item: { shape: item, parameters: this.parameters.slice(count) } };
  }

  /** The gradient of a loss by all parameters, laid out like them; always in the same array. */
  gradient(batch: StatesOfItems, outputGradient: OutputGradient): Float32Array {
    const values = this.#forward(batch);
    const byOutput = this.#kept.zeros('by output', values.outputs.length);
    outputGradient(values.outputs, byOutput);
    this.#backward(batch, values, byOutput);
    return this.#gradient;
  }

  #forward({ items, itemFeatures, rows, stateFeatures, itemOf }: StatesOfItems): Values {
    const layout = this.#layout;
    const itemHidden = this.#through(this.#itemHidden, itemFeatures, items, 'item hidden');
    this.#addBiases(itemHidden, this.#itemHidden, { from: 0, width: this.#itemHidden.outputs });
    rectify(itemHidden);
    const tuning = this.#through(this.#tuning, itemHidden, items, 'tuning');
    const itemSums = this.#through(this.#firstOfItem, itemFeatures, items, 'item sums');
    const width = layout.end;
    for (let item = 0, at = 0; item < items; item++)
      for (let j = 0, to = item * width + layout.first; j < this.#firstOfItem.outputs; j++, at++, to++) tuning[to] += itemSums[at];
    this.#addBiases(tuning, this.#tuning, { from: 0, width });
    this.#addBiases(tuning, this.#firstOfItem, { from: layout.first, width });
    this.#addBiases(tuning, this.#second, { from: layout.second, width });
    this.#addBiases(tuning, this.#third, { from: layout.outputs, width });
    const stateSums = this.#through(this.#firstOfState, stateFeatures, rows, 'state sums');
    const first = this.#kept.room('first', stateSums.length);
    for (let row = 0, at = 0; row < rows; row++) {
      const gains = itemOf[row] * width + layout.gains;
      const added = itemOf[row] * width + layout.first;
      for (let j = 0; j < this.#firstOfState.outputs; j++, at++)
        first[at] = Math.max(0, stateSums[at] * (1 + tuning[gains + j]) + tuning[added + j]);
    }
    const second = this.#through(this.#second, first, rows, 'second');
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, from = itemOf[row] * width + layout.second; j < this.#second.outputs; j++, at++)
        second[at] = Math.max(0, second[at] + tuning[from + j]);
    const outputs = this.#through(this.#third, second, rows, 'outputs');
    for (let row = 0, at = 0; row < rows; row++)
      for (let j = 0, from = itemOf[row] * width + layout.outputs; j < OUTPUTS; j++, at++) outputs[at] += tuning[from + j];
    return { itemHidden, tuning, stateSums, first, second, outputs };
  }

  /** Layer by layer from the last; what reaches the tuning is gathered by item. Products with 0 or 1 in place of branches that cannot be guessed. */
  #backward(batch: StatesOfItems, { itemHidden, tuning, stateSums, first, second }: Values, byOutput: Float32Array): void {
    const { items, itemFeatures, rows, stateFeatures, itemOf } = batch;
    const layout = this.#layout;
    const width = layout.end;
    const byTuning = this.#kept.zeros('by tuning', items * width);
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
      for (let j = 0; j < this.#firstOfState.outputs; j++, at++) {
        const by = byFirst[at] * Number(first[at] > 0);
        byTuning[added + j] += by;
        byTuning[gains + j] += by * stateSums[at];
        byFirst[at] = by * (1 + tuning[gains + j]);
      }
    }
    this.#byWeights(this.#firstOfState, stateFeatures, byFirst, rows);
    const byItemSums = this.#kept.room('by item sums', items * this.#firstOfItem.outputs);
    for (let item = 0; item < items; item++) {
      const from = item * width + layout.first;
      byItemSums.set(byTuning.subarray(from, from + this.#firstOfItem.outputs), item * this.#firstOfItem.outputs);
    }
    this.#byWeights(this.#firstOfItem, itemFeatures, byItemSums, items);
    this.#byBiases(this.#firstOfItem, byTuning, { from: layout.first, width });
    this.#byBiases(this.#second, byTuning, { from: layout.second, width });
    this.#byBiases(this.#third, byTuning, { from: layout.outputs, width });
    this.#byBiases(this.#tuning, byTuning, { from: 0, width });
    this.#byWeights(this.#tuning, itemHidden, byTuning, items);
    const byItemHidden = this.#back(this.#tuning, byTuning, items, 'by item hidden');
    for (let at = 0; at < byItemHidden.length; at++) byItemHidden[at] *= Number(itemHidden[at] > 0);
    this.#byBiases(this.#itemHidden, byItemHidden, { from: 0, width: this.#itemHidden.outputs });
    this.#byWeights(this.#itemHidden, itemFeatures, byItemHidden, items);
  }

  /** Values times a layer's weights. */
  #through({ inputs: inner, outputs: columns, weights }: Layer, values: Float32Array, rows: number, name: string): Float32Array {
    const into = this.#kept.room(name, rows * columns);
    this.#products.product(values, this.parameters.subarray(weights, weights + inner * columns), { rows, inner, columns }, into);
    return into;
  }

  /** The gradient by what goes into a layer. */
  #back({ inputs: columns, outputs: inner, weights }: Layer, bySums: Float32Array, rows: number, name: string): Float32Array {
    const into = this.#kept.room(name, rows * columns);
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
