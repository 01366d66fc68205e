import { UserError } from '../env/index.ts';
import { evaluateFormula, type Names, type Value } from './formula.ts';

type Entries = Record<string, unknown>;

/** How many copies one part of a template may make. */
const MOST_COPIES = 10_000;

/**
 * Writes the parts of a scenario that depend on its given values. `template` has the shape of a scenario; in it `\${formula}` stands for the formula's
 * value, alone as it is, within words as text, and a field whose value is none is left out. An entry with `forEach: { i: count }` is written once for
 * every i from 0 to count - 1; several counters are nested; `when: condition` leaves an entry out.
 * @throws UserError that shows the formula, its value and what was expected
 */
export function expandTemplate(document: Readonly<Entries>): Entries {
  const { template, given = {} } = document;
  if (template === undefined) return { ...document };
  if (!isEntries(template)) throw new UserError(`template: ${JSON.stringify(template)}; expected fields of a scenario, such as locations`);
  if (!isEntries(given)) throw new UserError(`given: ${JSON.stringify(given)}; expected values by name, such as leadTimes: [1, 2]`);
  const names = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toValue(value, name)]));
  return { ...document, ...expandEntries(template, names) };
}

function toValue(value: unknown, name: string): Value {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((entry) => toValue(entry, name));
  throw new UserError(`given.${name}: ${JSON.stringify(value)}; expected a number, a word or a list`);
}

function expand(part: unknown, names: Names): unknown {
  if (typeof part === 'string') return fill(part, names);
  if (Array.isArray(part)) return part.flatMap((entry) => copies(entry, names).map(({ body, names: own }) => expand(body, own)));
  return isEntries(part) ? expandEntries(part, names) : part;
}

function expandEntries(part: Readonly<Entries>, names: Names): Entries {
  const written = Object.entries(part).flatMap(([key, value]) =>
    copies(value, names).map(({ body, names: own }): [string, unknown] => [String(fill(key, own)), expand(body, own)]),
  );
  return Object.fromEntries(written.filter(([, value]) => value !== null));
}

interface Copy {
  readonly body: unknown;
  readonly names: Names;
}

/** An entry once for every value of its counters, without them. */
function copies(entry: unknown, names: Names): Copy[] {
  if (!isEntries(entry) || !('forEach' in entry || 'when' in entry)) return [{ body: entry, names }];
  const { forEach = {}, when = true, ...body } = entry;
  if (!isEntries(forEach))
    throw new UserError(`template: forEach: ${JSON.stringify(forEach)}; expected counters such as { i: count(leadTimes) }`);
  let all: Names[] = [names];
  for (const [counter, times] of Object.entries(forEach)) {
    all = all.flatMap((own) => Array.from({ length: countOf(times, own) }, (_, k) => ({ ...own, [counter]: k })));
  }
  return all.filter((own) => isTrue(when, own)).map((own) => ({ body, names: own }));
}

function countOf(times: unknown, names: Names): number {
  const count = typeof times === 'string' ? evaluateFormula(times, names) : times;
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_COPIES) return count;
  throw new UserError(
    `template: forEach: ${JSON.stringify(times)} is ${JSON.stringify(count)}; expected a whole number from 0 to ${MOST_COPIES}`,
  );
}

function isTrue(when: unknown, names: Names): boolean {
  return Boolean(typeof when === 'string' ? evaluateFormula(when, names) : when);
}

function fill(text: string, names: Names): unknown {
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  if (whole) return evaluateFormula(whole[1], names);
  return text.replaceAll(/\$\{([^}]*)\}/g, (_, formula: string) => String(evaluateFormula(formula, names)));
}

function isEntries(value: unknown): value is Entries {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
