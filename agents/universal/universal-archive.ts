import { UserError } from '../../env/index.ts';
import { type Archive, type NetworkShape, parameterCount } from '../../neural/index.ts';
import { isBounds } from './bounds.ts';
import { FEATURES, ITEM_FEATURES } from './features.ts';
import { RULE_COEFFICIENTS, type RuleCoefficients } from './guessed-rule.ts';
import { tuningLayout } from './item-network.ts';
import { OUTPUTS } from './order-scale.ts';
import { RULE_PARTS } from './quick-rule.ts';
import { UniversalNetwork } from './universal-network.ts';

const KIND = 'universal-network';
const ITEM_PARAMETERS = 'item parameters';

export function saveUniversalNetwork({ parts }: UniversalNetwork): Archive {
  const { shape, parameters, item, rule, perLevel, bounds, origin } = parts;
  const rules = Object.fromEntries(RULE_PARTS.map((part) => [ruleName(part), rule[part]]));
  return {
    kind: KIND,
    data: { shape, perLevel, bounds, origin, itemShape: item.shape },
    arrays: { parameters, [ITEM_PARAMETERS]: item.parameters, ...rules },
  };
}

/** Is it an archive of such a network? */
export function holdsUniversalNetwork({ kind }: Archive): boolean {
  return kind === KIND;
}

/** Reads what a universal network saved. @throws UserError for an archive of another kind or shape */
export function restoreUniversalNetwork({ kind, data, arrays }: Archive): UniversalNetwork {
  const { shape, itemShape, perLevel, bounds, origin } = data;
  const { parameters, [ITEM_PARAMETERS]: itemParameters } = arrays;
  const [safety, orders, cap] = RULE_PARTS.map((part) => arrays[ruleName(part)]);
  if (
    kind !== KIND ||
    !isShape(shape, { inputs: FEATURES, outputs: OUTPUTS, layers: 2 }) ||
    typeof perLevel !== 'number' ||
    !isBounds(bounds) ||
    !isOfShape(parameters, shape) ||
    !isRule(safety) ||
    !isRule(orders) ||
    !isRule(cap)
  )
    throw new UserError(`Expected an archive of kind "${KIND}" with its network, received "${kind}".`);
  const tuning = { inputs: ITEM_FEATURES, outputs: tuningLayout(shape.hidden).end, layers: 1 };
  if (!isShape(itemShape, tuning) || !isOfShape(itemParameters, itemShape))
    throw new UserError(`Expected a network that tunes hidden layers of ${shape.hidden.join(' and ')} values for an item; train it again.`);
  return new UniversalNetwork({
    shape,
    parameters,
    item: { shape: itemShape, parameters: itemParameters },
    perLevel,
    bounds,
    rule: { safety, orders, cap },
    origin: isRecord(origin) ? origin : {},
  });
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

interface ShapeForm {
  readonly inputs: number;
  readonly outputs: number;
  /** Hidden ones. */
  readonly layers: number;
}

function isShape(value: unknown, { inputs, outputs, layers }: ShapeForm): value is NetworkShape {
  return (
    isRecord(value) &&
    value.inputs === inputs &&
    value.outputs === outputs &&
    value.activation === 'relu' &&
    Array.isArray(value.hidden) &&
    value.hidden.length === layers
  );
}

function isOfShape(parameters: Archive['arrays'][string] | undefined, shape: NetworkShape): parameters is Float32Array {
  return parameters instanceof Float32Array && parameters.length === parameterCount(shape);
}
