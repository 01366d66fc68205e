import { UserError } from '../../env/index.ts';
import { type Archive, layersOf, type NetworkShape, parameterCount } from '../../neural/index.ts';
import { type FamilyBounds, isBounds } from './bounds.ts';
import { FEATURES, ITEM_FEATURES, itemFeatures, STATE_FEATURES, stateFeatures, stateLength, writeRuleNumbers } from './features.ts';
import { guessedRule, RULE_COEFFICIENTS, RULE_PARTS, type RuleCoefficients } from './guessed-rule.ts';
import type { ItemFacts } from './item-facts.ts';
import { LEAD_TIMES } from './lead-time-facts.ts';
import { bestOrder, type OrderScale, OUTPUTS, orderScale } from './order-scale.ts';
import { type LevelBasis, levelBasis, type QuickLevels, quickLevels } from './quick-rule.ts';
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
  /** Numbers of a state and what the quick rule puts behind them. */
  readonly numbers: number;
  /** [1 + number][hidden], of states in the item's own units: what is there in any case, then what each number adds. */
  readonly first: Float32Array;
  /** Of the quick rule, in the item's own units. */
  readonly levels: QuickLevels;
  readonly basis: LevelBasis;
  readonly scale: OrderScale;
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
  readonly #outputs = new Float64Array(OUTPUTS);
  /** A state and what stands behind it, in the item's own units. */
  readonly #numbers = new Float64Array(LEAD_TIMES + 2);
  #centre = 0;

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
    const basis = levelBasis(facts);
    const levels = quickLevels(guessedRule(facts, this.parts.rule), basis);
    const state = stateFeatures(facts, levels);
    const item = itemFeatures(facts, levels);
    const offset = Float64Array.from(biases);
    for (let f = 0; f < ITEM_FEATURES; f++) addRow(offset, weights, f * first, item[f]);
    for (let f = 0; f < STATE_FEATURES; f++) addRow(offset, weights, (ITEM_FEATURES + f) * first, state.offset[f]);
    const folded = new Float32Array((1 + state.numbers) * first);
    folded.set(offset);
    const row = new Float64Array(first);
    for (let i = 0; i < state.numbers; i++) {
      row.fill(0);
      for (let f = 0; f < STATE_FEATURES; f++) addRow(row, weights, (ITEM_FEATURES + f) * first, state.matrix[i * STATE_FEATURES + f]);
      folded.set(row, (1 + i) * first);
    }
    const { unit } = facts;
    return {
      facts,
      unit,
      length: stateLength(facts),
      numbers: state.numbers,
      first: folded,
      levels,
      basis,
      scale: orderScale(facts, levels),
    };
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
    const [, middle, last] = this.#layers;
    const active = this.#active;
    const places = this.#places;
    const numbers = this.#numbers;
    for (let i = 0; i < item.length; i++) numbers[i] = state[at + i] / item.unit;
    this.#centre = writeRuleNumbers(numbers, item.length, item);
    addState(item, numbers, this.#first);
    addActive(middle, active, places, keepActive(this.#first, active, places), this.#second);
    addActive(last, active, places, keepActive(this.#second, active, places), this.#outputs);
    return this.#outputs;
  }

  save(): Archive {
    const { shape, parameters, rule, bounds, origin } = this.parts;
    const rules = Object.fromEntries(RULE_PARTS.map((part) => [ruleName(part), rule[part]]));
    return { kind: KIND, data: { shape, bounds, origin }, arrays: { parameters, ...rules } };
  }
}

/** Is it an archive of such a network? */
export function holdsUniversalNetwork({ kind }: Archive): boolean {
  return kind === KIND;
}

/** Reads what a universal network saved. @throws UserError for an archive of another kind or shape */
export function restoreUniversalNetwork({ kind, data, arrays }: Archive): UniversalNetwork {
  const { shape, bounds, origin } = data;
  const { parameters } = arrays;
  const [safety, orders, cap] = RULE_PARTS.map((part) => arrays[ruleName(part)]);
  if (
    kind !== KIND ||
    !isShape(shape) ||
    !isBounds(bounds) ||
    !(parameters instanceof Float32Array) ||
    parameters.length !== parameterCount(shape) ||
    !isRule(safety) ||
    !isRule(orders) ||
    !isRule(cap)
  )
    throw new UserError(`Expected an archive of kind "${KIND}" with its network, received "${kind}".`);
  return new UniversalNetwork({ shape, parameters, bounds, rule: { safety, orders, cap }, origin: isRecord(origin) ? origin : {} });
}

function ruleName(part: keyof RuleCoefficients): string {
  return `rule ${part}`;
}

function isRule(value: unknown): value is Float32Array {
  return value instanceof Float32Array && value.length === RULE_COEFFICIENTS;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isShape(value: unknown): value is NetworkShape {
  return (
    isRecord(value) &&
    value.inputs === FEATURES &&
    value.outputs === OUTPUTS &&
    value.activation === 'relu' &&
    Array.isArray(value.hidden) &&
    value.hidden.length === 2
  );
}

function positionIn(state: Float64Array, at: number, length: number): number {
  let position = 0;
  for (let i = 0; i < length; i++) position += state[at + i];
  return position;
}

function addRow(to: Float64Array, weights: Float32Array, from: number, factor: number): void {
  if (factor === 0) return;
  for (let j = 0; j < to.length; j++) to[j] += factor * weights[from + j];
}

/** The first layer's values in a state, up to four rows at a time: each value is then read and written once for four products. */
function addState({ first, numbers }: FoldedItem, state: Float64Array, to: Float64Array): void {
  const width = to.length;
  const x0 = state[0];
  const x1 = state[1];
  for (let j = 0; j < width; j++) to[j] = first[j] + (x0 * first[width + j] + x1 * first[2 * width + j]);
  for (let i = 2; i < numbers; i += 3) {
    const from0 = (1 + i) * width;
    const y0 = state[i];
    const from1 = i + 1 < numbers ? from0 + width : from0;
    const y1 = i + 1 < numbers ? state[i + 1] : 0;
    const from2 = i + 2 < numbers ? from1 + width : from0;
    const y2 = i + 2 < numbers ? state[i + 2] : 0;
    for (let j = 0; j < width; j++) to[j] += y0 * first[from0 + j] + (y1 * first[from1 + j] + y2 * first[from2 + j]);
  }
}
