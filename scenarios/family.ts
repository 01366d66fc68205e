import { fileURLToPath } from 'node:url';
import { createStream, type RandomStream, type Scenario, UserError } from '../env/index.ts';
import { documentWith, isFile, readRaw, scenarioFolder } from './document.ts';
import type { KnobDraw } from './family-schema.ts';
import { evaluateFormula, type Value } from './formula.ts';
import { toScenario } from './to-scenario.ts';

const FAMILIES = new URL('./families/', import.meta.url);
/** Families that ship with the product, by name. */
export const familyNames: readonly string[] = ['lost-sales', 'lost-sales-fixed-cost', 'backlog', 'random-lead-time', 'moving-demand'];
/** Draws after which a condition is taken to be one that nothing fulfils. */
const MOST_DRAWS = 10_000;

export interface Family {
  readonly id: string;
  /** What it was opened by, and the settings laid over it. */
  readonly source: string;
  readonly settings: readonly string[];
  /** Item k of a seed and a purpose: the same whenever it is asked for, whatever was drawn before. */
  draw(k: number, options: { readonly seed: number; readonly purpose: string }): FamilyItem;
}

export interface FamilyItem {
  /** By knob. */
  readonly values: Readonly<Record<string, number | string | boolean>>;
  readonly scenario: Scenario;
}

/**
 * Opens a family of scenarios: one that ships by its name, or a YAML file with the field `family`.
 * @throws UserError naming the field, its value and what was expected
 */
export async function openFamily(nameOrFile: string, settings: readonly string[] = []): Promise<Family> {
  const file = familyNames.includes(nameOrFile) ? fileURLToPath(new URL(`${nameOrFile}.yaml`, FAMILIES)) : nameOrFile;
  if (file === nameOrFile && !isFile(file))
    throw new UserError(`--family ${nameOrFile}: there is no such family; expected ${familyNames.join(', ')}, or the path of a YAML file`);
  const raw = await readRaw(file);
  const document = documentWith(raw, settings, nameOrFile);
  const { family, familyKeeps, knobs } = document;
  if (family === undefined || Object.keys(family).length === 0) {
    throw new UserError(
      `${nameOrFile}: family: not given; expected knobs with distributions, such as family: { leadTime: { integer: [0, 8] } }`,
    );
  }
  for (const [knob, draw] of Object.entries(family)) check(draw, { knob, knobs: Object.keys(knobs), source: nameOrFile });
  const folder = scenarioFolder(file);
  const given: Readonly<Record<string, Value>> = plainValues(document.given ?? {});
  return {
    id: document.id,
    source: nameOrFile,
    settings,
    draw(k, { seed, purpose }) {
      const random = createStream(seed, `${purpose} ${k}`);
      const values = drawKept(family, { random, keeps: familyKeeps, given, source: nameOrFile });
      const drawn = Object.entries(values).map(([knob, value]) => `${knob}=${JSON.stringify(value)}`);
      return { values, scenario: toScenario(documentWith(raw, [...settings, ...drawn], nameOrFile), undefined, folder) };
    },
  };
}

function check(
  draw: KnobDraw,
  { knob, knobs, source }: { readonly knob: string; readonly knobs: readonly string[]; readonly source: string },
): void {
  if (!knobs.includes(knob)) throw new UserError(`${source}: family.${knob}: no such knob; expected one of ${knobs.join(', ')}`);
  if (!('choice' in draw) || draw.weights === undefined) return;
  if (draw.weights.length !== draw.choice.length || !(sum(draw.weights) > 0)) {
    throw new UserError(
      `${source}: family.${knob}.weights: ${JSON.stringify(draw.weights)}; expected ${draw.choice.length} weights, not all 0`,
    );
  }
}

interface DrawOptions {
  readonly random: RandomStream;
  readonly keeps?: string;
  readonly given: Readonly<Record<string, Value>>;
  readonly source: string;
}

function drawKept(family: Readonly<Record<string, KnobDraw>>, { random, keeps, given, source }: DrawOptions): FamilyItem['values'] {
  for (let tries = 0; tries < MOST_DRAWS; tries++) {
    const values = Object.fromEntries(Object.entries(family).map(([knob, draw]) => [knob, drawValue(draw, random)]));
    if (keeps === undefined || evaluateFormula(keeps, { ...given, ...values })) return values;
  }
  throw new UserError(`${source}: familyKeeps: ${keeps}; expected a condition that some items fulfil, none of ${MOST_DRAWS} did`);
}

/** Each value takes one number of the stream. */
function drawValue(draw: KnobDraw, random: RandomStream): number | string | boolean {
  if ('choice' in draw) return drawChoice(draw, random.next());
  if ('integer' in draw) return draw.integer[0] + random.integer(draw.integer[1] - draw.integer[0] + 1);
  const [from, to] = 'uniform' in draw ? draw.uniform : draw.logUniform.map(Math.log);
  const value = from + (to - from) * random.next();
  return 'uniform' in draw ? value : Math.exp(value);
}

function drawChoice(
  { choice, weights = choice.map(() => 1) }: Extract<KnobDraw, { choice: unknown }>,
  u: number,
): number | string | boolean {
  let left = u * sum(weights);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return choice[at < 0 ? choice.length - 1 : at];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function plainValues(given: Readonly<Record<string, unknown>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]): [string, Value][] =>
      typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  );
}
