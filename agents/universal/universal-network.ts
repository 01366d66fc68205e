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
  /** Units of the scenario in one of the item's own. */
  readonly unit: number;
  readonly length: number;
  /** [1 + number of the state][hidden], of states in the scenario's units: what is there in any case, then what a unit adds. In one piece, which is read faster. */
  readonly first: Float32Array;
  readonly scale: OrderScale;
}

/** One network for the items of a family, in plain typed arrays. An item's orders depend on nothing but the item and its state. */
export class UniversalNetwork {
  readonly parts: UniversalParts;
  readonly #layers: readonly WideLayer[];
  readonly #scales = new Map<number, OrderScale>();
  /** Values above 0 of a layer, and where they stand. */
  readonly #active: Float64Array;
  readonly #places: Int32Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #outputs = new Float64Array(KNOTS);

  constructor(parts: UniversalParts) {
    const { shape, parameters } = parts;
    const [first, second] = shape.hidden;
    this.parts = parts;
    this.#layers = layersOf(shape).map(({ weights, biases, end, outputs }) => ({
      weights: parameters.slice(weights, biases),
      biases: parameters.slice(biases, end),
      width: outputs,
    }));
    const widest = Math.max(first, second);
    this.#active = new Float64Array(widest);
    this.#places = new Int32Array(widest);
    this.#first = new Float64Array(first);
    this.#second = new Float64Array(second);
  }

  fold(facts: ItemFacts): FoldedItem {
    const { weights, biases, width: first } = this.#layers[0];
    const state = stateFeatures(facts);
    const item = itemFeatures(facts, ruleLevels(facts, this.parts.rule));
    const offset = Float64Array.from(biases);
    for (let f = 0; f < ITEM_FEATURES; f++) addRow(offset, weights, f * first, item[f]);
    for (let f = 0; f < STATE_FEATURES; f++) addRow(offset, weights, (ITEM_FEATURES + f) * first, state.offset[f]);
    const folded = new Float32Array((1 + state.length) * first);
    folded.set(offset);
    const row = new Float64Array(first);
    for (let i = 0; i < state.length; i++) {
      row.fill(0);
      for (let f = 0; f < STATE_FEATURES; f++)
        addRow(row, weights, (ITEM_FEATURES + f) * first, state.matrix[i * STATE_FEATURES + f] / facts.unit);
      folded.set(row, (1 + i) * first);
    }
    const scale = this.#scaleOf(largestOrder(facts));
    return { facts, unit: facts.unit, length: stateLength(facts.leadTime), first: folded, scale };
  }

  #scaleOf(largest: number): OrderScale {
    const known = this.#scales.get(largest) ?? orderScale(largest);
    this.#scales.set(largest, known);
    return known;
  }

  /** The order for a state that begins at an entry of an array [units]; whole where the scenario's demand is. */
  order(item: FoldedItem, state: Float64Array, at: number): number {
    const best = bestOrder(this.outputs(item, state, at), item.scale);
    const { unit } = item;
    return unit === 1 ? best : Math.round(best * unit);
  }

  /** Values at the knots; the array is rewritten by the next call. */
  outputs(item: FoldedItem, state: Float64Array, at: number): Float64Array {
    const [, middle, last] = this.#layers;
    const active = this.#active;
    const places = this.#places;
    addState(item, state, at, this.#first);
    addActive(middle, active, places, keepActive(this.#first, active, places), this.#second);
    addActive(last, active, places, keepActive(this.#second, active, places), this.#outputs);
    return this.#outputs;
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

/** The first layer's values in a state. */
function addState({ first, length }: FoldedItem, state: Float64Array, at: number, to: Float64Array): void {
  const width = to.length;
  for (let j = 0; j < width; j++) to[j] = first[j];
  let i = 0;
  for (; i + 2 <= length; i += 2) {
    const x0 = state[at + i];
    const x1 = state[at + i + 1];
    const from0 = (1 + i) * width;
    const from1 = from0 + width;
    for (let j = 0; j < width; j++) to[j] += x0 * first[from0 + j] + x1 * first[from1 + j];
  }
  if (i < length) {
    const x0 = state[at + i];
    const from0 = (1 + i) * width;
    for (let j = 0; j < width; j++) to[j] += x0 * first[from0 + j];
  }
}

/** Keeps what is above 0 and where it stands; returns how many. */
function keepActive(values: Float64Array, active: Float64Array, places: Int32Array): number {
  let count = 0;
  for (let j = 0; j < values.length; j++) {
    // Written in any case, counted where it is above 0: no branch to be guessed.
    active[count] = values[j];
    places[count] = j;
    count += values[j] > 0 ? 1 : 0;
  }
  return count;
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
