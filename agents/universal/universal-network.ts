import { UserError } from '../../env/index.ts';
import { type Archive, layersOf, type NetworkShape, parameterCount } from '../../neural/index.ts';
import type { FamilyBounds } from './bounds.ts';
import { isBounds } from './bounds.ts';
import { FEATURES, ITEM_FEATURES, itemFeatures, STATE_FEATURES, stateFeatures, stateLength } from './features.ts';
import type { ItemFacts } from './item-facts.ts';
import { bestOrder, KNOTS, knotStep } from './order-scale.ts';
import { type CappedLevels, RULE_INPUTS, type RuleCoefficients, ruleLevels, ruleOrder } from './quick-rule.ts';
import { addActive, keepActive, type WideLayer } from './wide-layer.ts';

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
  /** [1 + number of the state + 1][hidden], of states in the scenario's units: what is there in any case, then what a unit adds, at last what one of the quick rule's order adds. */
  readonly first: Float32Array;
  /** Of the quick rule, in the item's own units. */
  readonly levels: CappedLevels;
  /** Distance of two places that orders are valued at, in the item's own units. */
  readonly step: number;
}

/** One network for the items of a family, in plain typed arrays. An item's orders depend on nothing but the item and its state. */
export class UniversalNetwork {
  readonly parts: UniversalParts;
  readonly #layers: readonly WideLayer[];
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
    const levels = ruleLevels(facts, this.parts.rule);
    const item = itemFeatures(facts, levels);
    const offset = Float64Array.from(biases);
    for (let f = 0; f < ITEM_FEATURES; f++) addRow(offset, weights, f * first, item[f]);
    for (let f = 0; f < STATE_FEATURES; f++) addRow(offset, weights, (ITEM_FEATURES + f) * first, state.offset[f]);
    const folded = new Float32Array((1 + state.numbers) * first);
    folded.set(offset);
    const row = new Float64Array(first);
    for (let i = 0; i < state.numbers; i++) {
      row.fill(0);
      for (let f = 0; f < STATE_FEATURES; f++)
        addRow(row, weights, (ITEM_FEATURES + f) * first, state.matrix[i * STATE_FEATURES + f] / facts.unit);
      folded.set(row, (1 + i) * first);
    }
    return { facts, unit: facts.unit, length: stateLength(facts.leadTime), first: folded, levels, step: knotStep(facts) };
  }

  /** The order for a state that begins at an entry of an array [units]; whole where the scenario's demand is. */
  order(item: FoldedItem, state: Float64Array, at: number): number {
    const { unit, facts } = item;
    if (facts.upTo !== null) return Math.max(0, facts.upTo - state[at]);
    const best = bestOrder(this.outputs(item, state, at), centreOf(item, state, at), item.step);
    return unit === 1 ? best : Math.round(best * unit);
  }

  /** Values at the knots; the array is rewritten by the next call. */
  outputs(item: FoldedItem, state: Float64Array, at: number): Float64Array {
    const [, middle, last] = this.#layers;
    const active = this.#active;
    const places = this.#places;
    addState(item, state, at, this.#first, centreOf(item, state, at) * item.unit);
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

/** The quick rule's order in a state, in the item's own units: orders are valued around it. */
export function centreOf({ levels, length, unit }: FoldedItem, state: Float64Array, at: number): number {
  let position = 0;
  for (let i = 0; i < length; i++) position += state[at + i];
  return ruleOrder(position / unit, levels);
}

function addRow(to: Float64Array, weights: Float32Array, from: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < to.length; j++) to[j] += factor * weights[from + j];
}

/** The first layer's values in a state, four rows at a time: each value is then read and written once for four products. */
function addState({ first, length }: FoldedItem, state: Float64Array, at: number, to: Float64Array, centre: number): void {
  const width = to.length;
  const x0 = length > 0 ? state[at] : 0;
  const x1 = length > 1 ? state[at + 1] : 0;
  const last = (1 + length) * width;
  const second = length > 1 ? 2 * width : last;
  for (let j = 0; j < width; j++) to[j] = first[j] + centre * first[last + j] + (x0 * first[width + j] + x1 * first[second + j]);
  for (let i = 2; i < length; i += 3) {
    const from0 = (1 + i) * width;
    const y0 = state[at + i];
    const from1 = i + 1 < length ? from0 + width : from0;
    const y1 = i + 1 < length ? state[at + i + 1] : 0;
    const from2 = i + 2 < length ? from1 + width : from0;
    const y2 = i + 2 < length ? state[at + i + 2] : 0;
    for (let j = 0; j < width; j++) to[j] += y0 * first[from0 + j] + (y1 * first[from1 + j] + y2 * first[from2 + j]);
  }
}
