import { layersOf, type NetworkShape, PlainNetwork } from '../../neural/index.ts';
import type { FamilyBounds } from './bounds.ts';
import {
  ITEM_FEATURES,
  itemFeatures,
  STATE_FEATURES,
  type StateFeatures,
  stateFeatures,
  stateLength,
  writeRuleNumbers,
} from './features.ts';
import { guessedRule, type RuleCoefficients } from './guessed-rule.ts';
import type { ItemFacts } from './item-facts.ts';
import { type ItemNetworkParts, type TuningLayout, tuningLayout } from './item-network.ts';
import { LEAD_TIMES } from './lead-time-facts.ts';
import { bestOrder, type OrderScale, OUTPUTS, orderScale } from './order-scale.ts';
import { type LevelBasis, levelBasis, type QuickLevels, quickLevels } from './quick-rule.ts';
import { filledWidth, LayerInputs, type LayerWeights, roomFor, type WideLayer, wideLayer, writeWideLayer } from './wide-layer.ts';

export interface UniversalParts {
  /** Of two hidden layers, rectified linear. */
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  /** Tunes them for an item. */
  readonly item: ItemNetworkParts;
  readonly rule: RuleCoefficients;
  /** Steps up to an item's level, at least, in which its orders are valued; see orderScale. */
  readonly perLevel: number;
  /** The items that it was trained for. */
  readonly bounds: FamilyBounds;
  /** How it came to be: command, seed, versions. */
  readonly origin: Readonly<Record<string, unknown>>;
}

/** An item made ready: the first layer worked out for it, so that a decision starts from the state's few numbers, and the others tuned. */
export interface FoldedItem {
  readonly facts: ItemFacts;
  /** Units of the scenario in one of the item's own. */
  readonly unit: number;
  readonly length: number;
  /** Numbers of a state and what the quick rule puts behind them. */
  readonly numbers: number;
  /** From a state in the item's own units to the first hidden values; behind the biases of all layers, in memory that other items share. */
  readonly first: WideLayer;
  /** Where the biases of the three layers begin there. */
  readonly biases: number;
  /** Of the quick rule, in the item's own units. */
  readonly levels: QuickLevels;
  readonly basis: LevelBasis;
  readonly scale: OrderScale;
}

/** Numbers of about a hundred items. */
const SHELF = 2 ** 16;

/** One network for the items of a family, in plain typed arrays. An item's orders depend on nothing but the item and its state. */
export class UniversalNetwork {
  readonly parts: UniversalParts;
  readonly #first: LayerWeights;
  /** [layer] as trained. */
  readonly #biases: readonly Float32Array[];
  /** [layer] how far behind an item's first bias those of the layer begin, and, last, how many there are. */
  readonly #begins: readonly [number, number, number, number];
  /** Items that are made ready one after the other lie beside each other: what is far apart in memory takes as long to fetch as a decision takes to work out. */
  #shelf = new Float32Array(0);
  #used = 0;
  readonly #second: WideLayer;
  readonly #third: WideLayer;
  readonly #item: PlainNetwork;
  readonly #layout: TuningLayout;
  readonly #inputs: LayerInputs;
  /** Of the three layers. */
  readonly #values: readonly [Float64Array, Float64Array, Float64Array];
  readonly #outputs: Float64Array;
  #centre = 0;

  constructor(parts: UniversalParts) {
    const { shape, parameters, item } = parts;
    this.parts = parts;
    this.#item = new PlainNetwork(item.shape, item.parameters);
    this.#layout = tuningLayout(shape.hidden);
    const layers = layersOf(shape);
    const [first, second, third] = layers.map(({ weights, biases, ...sizes }) => ({
      ...sizes,
      weights: parameters.slice(weights, biases),
    }));
    const [one, two, three] = layers.map(({ outputs }) => filledWidth(outputs));
    this.#biases = layers.map(({ biases, end }) => parameters.slice(biases, end));
    this.#begins = [0, one, one + two, one + two + three];
    this.#first = first;
    this.#second = wideLayer(second);
    this.#third = wideLayer(third);
    this.#inputs = new LayerInputs(Math.max(LEAD_TIMES + 2, ...shape.hidden.map((width) => roomFor(width).length)));
    this.#values = [roomFor(first.outputs), roomFor(second.outputs), roomFor(third.outputs)];
    this.#outputs = this.#values[2].subarray(0, OUTPUTS);
  }

  fold(facts: ItemFacts): FoldedItem {
    const basis = levelBasis(facts);
    const levels = quickLevels(guessedRule(facts, this.parts.rule), basis);
    const scale = orderScale(facts, levels, this.parts.perLevel);
    const item = Float32Array.from(itemFeatures(facts, { levels, scale }));
    const tuning = this.#item.predict(item, 1);
    const state = stateFeatures(facts, levels);
    const layout = this.#layout;
    const { rows, offset } = this.#foldFirst(item, tuning, state);
    const [first, second, third, end] = this.#begins;
    const { outputs } = this.#first;
    const biases = this.#take(end + filledWidth(outputs) * state.numbers);
    writeSum(this.#biases[0], offset, this.#shelf, biases + first);
    writeSum(this.#biases[1], tuning.subarray(layout.second, layout.outputs), this.#shelf, biases + second);
    writeSum(this.#biases[2], tuning.subarray(layout.outputs, layout.end), this.#shelf, biases + third);
    return {
      facts,
      unit: facts.unit,
      length: stateLength(facts),
      numbers: state.numbers,
      first: writeWideLayer({ weights: rows, inputs: state.numbers, outputs }, this.#shelf, biases + end),
      biases,
      levels,
      basis,
      scale,
    };
  }

  /** Where so many numbers have room on the shelf. */
  #take(length: number): number {
    if (this.#used + length > this.#shelf.length) {
      this.#shelf = new Float32Array(Math.max(SHELF, length));
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += length;
    return at;
  }

  /** The first layer from a state's numbers on, and what the item adds to it. */
  #foldFirst(item: Float32Array, tuning: Float32Array, { numbers, matrix, offset }: StateFeatures) {
    const { weights, outputs } = this.#first;
    const { gains, first } = this.#layout;
    const values = new Float64Array(outputs);
    const addState = (features: Float64Array, from: number): void => {
      values.fill(0);
      for (let f = 0; f < STATE_FEATURES; f++) addRow(values, weights, (ITEM_FEATURES + f) * outputs, features[from + f]);
      for (let j = 0; j < outputs; j++) values[j] *= 1 + tuning[gains + j];
    };
    const rows = new Float32Array(numbers * outputs);
    for (let i = 0; i < numbers; i++) {
      addState(matrix, i * STATE_FEATURES);
      rows.set(values, i * outputs);
    }
    addState(offset, 0);
    for (let f = 0; f < ITEM_FEATURES; f++) addRow(values, weights, f * outputs, item[f]);
    for (let j = 0; j < outputs; j++) values[j] += tuning[first + j];
    return { rows, offset: values };
  }

  /** The order for a state that begins at an entry of an array [units]; whole where the scenario's demand is. */
  order(item: FoldedItem, state: Float64Array, at: number): number {
    const { unit, facts } = item;
    const { batch } = facts;
    if (facts.upTo !== null) return Math.max(0, Math.ceil(facts.upTo - positionIn(state, at, item.length) - 1e-9));
    const outputs = this.outputs(item, state, at);
    const best = bestOrder(outputs, this.#centre, item.scale);
    return unit === 1 ? best : Math.round((best * unit) / batch) * batch;
  }

  /** Around what orders are valued in the state that was last looked at, in the item's own units; see writeRuleNumbers. */
  get centre(): number {
    return this.#centre;
  }

  /** Values of the places of orders; the array is rewritten by the next call. */
  outputs(item: FoldedItem, state: Float64Array, at: number): Float64Array {
    const inputs = this.#inputs;
    const [first, second, third] = this.#values;
    for (let i = 0; i < item.length; i++) inputs.values[i] = state[at + i] / item.unit;
    this.#centre = writeRuleNumbers(inputs.values, item.length, item);
    inputs.takeAll(item.numbers);
    const { weights } = item.first;
    const [one, two, three] = this.#begins;
    inputs.through(item.first, weights, item.biases + one, first);
    inputs.takeActive(first);
    inputs.through(this.#second, weights, item.biases + two, second);
    inputs.takeActive(second);
    inputs.through(this.#third, weights, item.biases + three, third);
    return this.#outputs;
  }
}

function positionIn(state: Float64Array, at: number, length: number): number {
  let position = 0;
  for (let i = 0; i < length; i++) position += state[at + i];
  return position;
}

function writeSum(a: ArrayLike<number>, b: ArrayLike<number>, into: Float32Array, at: number): void {
  for (let j = 0; j < a.length; j++) into[at + j] = a[j] + b[j];
}

function addRow(to: Float64Array, weights: Float32Array, from: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < to.length; j++) to[j] += factor * weights[from + j];
}
