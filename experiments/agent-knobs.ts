import { z } from 'zod';
import { dclConfigSchema, dqnConfigSchema, ppoConfigSchema, universalConfigSchema } from '../agents/index.ts';
import { UserError } from '../env/index.ts';

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ppo: ppoConfigSchema,
  dqn: dqnConfigSchema,
  dcl: dclConfigSchema,
  universal: universalConfigSchema,
};

/** One setting of an agent, as its schema says. */
export interface AgentKnob {
  readonly name: string;
  readonly default: unknown;
  /** What it takes, in words: whole number from 1, one of relu, tanh. */
  readonly takes: string;
  /** Unit, and what higher and lower do. */
  readonly help: string;
  /** Unless given, the scenario decides what it is, and a run's record says what that was. */
  readonly leftToScenario: boolean;
}

const TEXT = 'text';

/**
 * Reads what `name=value` settings give for an agent's knobs: text for a knob that takes text (a policy with its parameters has commas in it), else JSON, or a
 * list with commas. What is no knob is read all the same, and refused with the others' names where it is used.
 */
export function readKnobs(agent: string, settings: readonly string[]): Record<string, unknown> {
  const texts = agentKnobs(agent).flatMap(({ name, takes }) => (takes === TEXT ? [name] : []));
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      const [name, value] = at < 0 ? [setting, ''] : [setting.slice(0, at), setting.slice(at + 1)];
      return [name, texts.includes(name) ? unquoted(value) : readValue(value)];
    }),
  );
}

/** Text, also where it is written as JSON. */
function unquoted(text: string): string {
  const value = readJson(text);
  return typeof value === 'string' ? value : text;
}

function readValue(text: string): unknown {
  const value = readJson(text);
  if (value !== undefined) return value;
  return text.includes(',') ? text.split(',').map((part) => readValue(part.trim())) : text;
}

/** Undefined where it is none. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Property;
  readonly anyOf?: readonly Property[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly leftToScenario?: boolean;
}

/**
 * Every knob of an agent, read off its schema: the command line's help, the docs page and a run's record all say the same.
 * @throws UserError for an agent that there is not
 */
export function agentKnobs(agent: string): AgentKnob[] {
  if (!Object.hasOwn(SCHEMAS, agent)) throw new UserError(`agent "${agent}": expected one of ${Object.keys(SCHEMAS).join(', ')}`);
  const { properties = {} } = z.toJSONSchema(SCHEMAS[agent], { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', default: preset, leftToScenario = false, ...rest } = property as Property;
    return { name, default: preset, takes: inWords(rest), help: description, leftToScenario };
  });
}

function inWords({ type, enum: choices, items, anyOf, ...bounds }: Property): string {
  if (choices !== undefined) return `one of ${choices.join(', ')}`;
  if (anyOf !== undefined) return anyOf.map(inWords).join(', or ');
  if (type === 'array') return `a list, each a ${items === undefined ? 'value' : inWords(items)}`;
  if (type === 'boolean') return 'true or false';
  if (type === 'null') return 'null';
  if (type === 'string') return TEXT;
  return `${type === 'integer' ? 'whole number' : 'number'}${inBounds(bounds)}`;
}

function inBounds({ minimum, maximum, exclusiveMinimum }: Property): string {
  const from = exclusiveMinimum !== undefined ? ` above ${exclusiveMinimum}` : minimum !== undefined ? ` from ${minimum}` : '';
  return maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `${from} to ${maximum}` : from;
}
