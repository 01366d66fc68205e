import { UserError } from '../../env/index.ts';
import { type Archive, layersOf, type NetworkShape, parameterCount } from '../../neural/index.ts';
import type { FamilyBounds } from './bounds.ts';
import { isBounds } from './bounds.ts';
import { FEATURES, ITEM_FEATURES, itemFeatures, STATE_FEATURES, stateFeatures, stateLength } from './features.ts';
import { type ItemFacts, largestOrder } from './item-facts.ts';
import { bestOrder, KNOTS, type OrderScale, orderScale } from './order-knots.ts';
import { RULE_INPUTS, type RuleCoefficients, ruleLevels } from './quick-rule.ts';

export interface UniversalParts {
  /** Of two hidden layers, rectified linear. */
  readonly shape: NetworkShape;
  readonly parameters: Float32Array;
  readonly rule: RuleCoefficients;
  /** The items that it was trained for. */
  readonly bounds: FamilyBounds;
  /** How it came to be: command, seed, versions. */
  readonly origin: Readonly<Record<string, unknown>>;
}

const KIND = 'universal-network';

/** An item made ready: the first layer worked out for it, so that a decision starts from the state's few numbers. */
export interface FoldedItem {
  readonly facts: ItemFacts;
  readonly length: number;
  /** [number of the state][hidden], of states in the scenario's units. */
  readonly matrix: Float32Array;
  /** [hidden] */
  readonly offset: Float32Array;
  readonly scale: OrderScale;
}

/** One network for the items of a family, in plain typed arrays. An item's orders depend on nothing but the item and its state. */
export class UniversalNetwork {
  readonly parts: UniversalParts;
  readonly #widths: readonly [number, number];
  readonly #layers: readonly { readonly weights: Float32Array; readonly biases: Float32Array }[];
  readonly #scales = new Map<number, OrderScale>();
  /** Values above 0 of a layer, and where they stand. */
  readonly #active: Float64Array;
  readonly #places: Int32Array;
  readonly #hidden: Float64Array;
  readonly #outputs = new Float64Array(KNOTS);

  constructor(parts: UniversalParts) {
    const { shape, parameters } = parts;
    const [first, second] = shape.hidden;
    this.parts = parts;
    this.#widths = [first, second];
    this.#layers = layersOf(shape).map(({ weights, biases, end }) => ({
      weights: parameters.slice(weights, biases),
      biases: parameters.slice(biases, end),
    }));
    const widest = Math.max(first, second);
    this.#active = new Float64Array(widest);
    this.#places = new Int32Array(widest);
    this.#hidden = new Float64Array(second);
  }

  fold(facts: ItemFacts): FoldedItem {
    const [first] = this.#widths;
    const { weights, biases } = this.#layers[0];
    const state = stateFeatures(facts);
    const item = itemFeatures(facts, ruleLevels(facts, this.parts.rule));
    const offset = Float64Array.from(biases);
    for (let f = 0; f < ITEM_FEATURES; f++) addRow(offset, weights, f * first, item[f]);
    for (let f = 0; f < STATE_FEATURES; f++) addRow(offset, weights, (ITEM_FEATURES + f) * first, state.offset[f]);
    const matrix = new Float32Array(state.length * first);
    const row = new Float64Array(first);
    for (let i = 0; i < state.length; i++) {
      row.fill(0);
      for (let f = 0; f < STATE_FEATURES; f++)
        addRow(row, weights, (ITEM_FEATURES + f) * first, state.matrix[i * STATE_FEATURES + f] / facts.unit);
      matrix.set(row, i * first);
    }
    return {
      facts,
      length: stateLength(facts.leadTime),
      matrix,
      offset: Float32Array.from(offset),
      scale: this.#scaleOf(largestOrder(facts)),
    };
  }

  #scaleOf(largest: number): OrderScale {
    const known = this.#scales.get(largest) ?? orderScale(largest);
    this.#scales.set(largest, known);
    return known;
  }

  /** The order for a state that begins at an entry of an array [units]; whole where the scenario's demand is. */
  order(item: FoldedItem, state: Float64Array, at: number): number {
    const best = bestOrder(this.outputs(item, state, at), item.scale);
    const { unit } = item.facts;
    return unit === 1 ? best : Math.round(best * unit);
  }

  /** Values at the knots; the array is rewritten by the next call. */
  outputs(item: FoldedItem, state: Float64Array, at: number): Float64Array {
    const [first, second] = this.#widths;
    const [, middle, last] = this.#layers;
    let count = this.#firstLayer(item, state, at, first);
    addActive({ ...middle, width: second }, this.#active, this.#places, count, this.#hidden);
    count = 0;
    for (let j = 0; j < second; j++) {
      if (this.#hidden[j] > 0) {
        this.#active[count] = this.#hidden[j];
        this.#places[count++] = j;
      }
    }
    addActive({ ...last, width: KNOTS }, this.#active, this.#places, count, this.#outputs);
    return this.#outputs;
  }

  /** Keeps what is above 0; returns how many. */
  #firstLayer({ matrix, offset, length }: FoldedItem, state: Float64Array, at: number, width: number): number {
    const active = this.#active;
    const places = this.#places;
    let count = 0;
    for (let j = 0; j < width; j++) {
      let value = offset[j];
      for (let i = 0, k = j; i < length; i++, k += width) value += state[at + i] * matrix[k];
      if (value > 0) {
        active[count] = value;
        places[count++] = j;
      }
    }
    return count;
  }

  save(): Archive {
    const { shape, parameters, rule, bounds, origin } = this.parts;
    return { kind: KIND, data: { shape, bounds, origin }, arrays: { parameters, ruleS: rule.S, ruleR: rule.r } };
  }
}

/** Is it an archive of such a network? */
export function holdsUniversalNetwork({ kind }: Archive): boolean {
  return kind === KIND;
}

/** Reads what a universal network saved. @throws UserError for an archive of another kind or shape */
export function restoreUniversalNetwork({ kind, data, arrays }: Archive): UniversalNetwork {
  const { shape, bounds, origin } = data;
  const { parameters, ruleS, ruleR } = arrays;
  if (
    kind !== KIND ||
    !isShape(shape) ||
    !isBounds(bounds) ||
    !(parameters instanceof Float32Array) ||
    parameters.length !== parameterCount(shape) ||
    !isRule(ruleS) ||
    !isRule(ruleR)
  )
    throw new UserError(`Expected an archive of kind "${KIND}" with its network, received "${kind}".`);
  return new UniversalNetwork({ shape, parameters, bounds, rule: { S: ruleS, r: ruleR }, origin: isRecord(origin) ? origin : {} });
}

function isRule(value: unknown): value is Float64Array {
  return value instanceof Float64Array && value.length === RULE_INPUTS;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isShape(value: unknown): value is NetworkShape {
  return (
    isRecord(value) &&
    value.inputs === FEATURES &&
    value.outputs === KNOTS &&
    value.activation === 'relu' &&
    Array.isArray(value.hidden) &&
    value.hidden.length === 2
  );
}

function addRow(to: Float64Array, weights: Float32Array, from: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < to.length; j++) to[j] += factor * weights[from + j];
}

interface WideLayer {
  /** [input][output] */
  readonly weights: Float32Array;
  readonly biases: Float32Array;
  readonly width: number;
}

/** A layer's values from those of its inputs that are not 0, eight at a time: each value is then read and written once for eight products. */
function addActive({ weights, biases, width }: WideLayer, active: Float64Array, places: Int32Array, count: number, to: Float64Array): void {
  for (let j = 0; j < width; j++) to[j] = biases[j];
  let k = 0;
  for (; k + 8 <= count; k += 8) {
    const a0 = active[k];
    const a1 = active[k + 1];
    const a2 = active[k + 2];
    const a3 = active[k + 3];
    const a4 = active[k + 4];
    const a5 = active[k + 5];
    const a6 = active[k + 6];
    const a7 = active[k + 7];
    const w0 = places[k] * width;
    const w1 = places[k + 1] * width;
    const w2 = places[k + 2] * width;
    const w3 = places[k + 3] * width;
    const w4 = places[k + 4] * width;
    const w5 = places[k + 5] * width;
    const w6 = places[k + 6] * width;
    const w7 = places[k + 7] * width;
    for (let j = 0; j < width; j++) {
      to[j] +=
        a0 * weights[w0 + j] +
        a1 * weights[w1 + j] +
        a2 * weights[w2 + j] +
        a3 * weights[w3 + j] +
        (a4 * weights[w4 + j] + a5 * weights[w5 + j] + a6 * weights[w6 + j] + a7 * weights[w7 + j]);
    }
  }
  for (; k < count; k++) {
    const value = active[k];
    const from = places[k] * width;
    for (let j = 0; j < width; j++) to[j] += value * weights[from + j];
  }
}
