import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../scenarios/index.ts';
import { scenarioDocument } from '../../scenarios/schema.ts';
import { expandTemplate } from '../../scenarios/template.ts';

const folder = fileURLToPath(new URL('../../scenarios/presets/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

/** The published schema, read back by someone who knows nothing of the one that it was made from. */
const published = new Ajv({ strictTypes: false }).compile(JSON.parse(JSON.stringify(scenarioJsonSchema())));
const accepts = (document: unknown) => published(document);

function preset(file: string): Record<string, unknown> {
  return parse(readFileSync(`${folder}${file}`, 'utf8'));
}

/** Every place in a document, as the way to it. */
function places(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...way, key]))];
}

/** The document with something else at one place. */
function withChange(document: Record<string, unknown>, way: readonly string[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return change(document);
  const copy: Record<string, unknown> = { ...document };
  copy[key] = alter(document[key], rest, change);
  return copy;
}

function alter(value: unknown, way: readonly string[], change: (value: unknown) => unknown): unknown {
  if (way.length === 0) return change(value);
  if (Array.isArray(value)) return value.map((entry, k) => (String(k) === way[0] ? alter(entry, way.slice(1), change) : entry));
  return withChange(Object.fromEntries(Object.entries(value ?? {})), way, change);
}

const MUTATIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'a number below all bounds': () => -7,
  'a number that is not whole': () => 2.5,
  'a word': () => 'nonsense',
  'a list': () => [],
  'a field that nobody knows': (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, zzz: 1 } : { zzz: 1 },
  nothing: () => null,
};

/** What the schema does not see: rules between fields, said where a scenario is put together, and names that lead nowhere. */
const LEFT_TO_CHECK = /^(family|links\.\d+\.unitCost|locations$)/;

describe('the published JSON Schema', () => {
  test.each(files)('accepts %s', (file) => {
    accepts(preset(file));
    expect(published.errors).toBe(null);
  });

  test.each(files)('refuses and accepts changes of %s as the schema that reads it does', (file) => {
    const document = expandTemplate(preset(file));
    const tried = { refused: 0, accepted: 0 };
    // Every fifth place: thousands of changes in all, and each kind of field in some preset.
    const some = places(document).filter((way, k) => k % 5 === 0 && way[0] !== 'template' && way[0] !== 'given');
    for (const way of some.filter((one) => !LEFT_TO_CHECK.test(one.join('.')))) {
      for (const [name, change] of Object.entries(MUTATIONS)) {
        const changed = withChange({ ...document, template: undefined, given: undefined }, way, change);
        const plain = JSON.parse(JSON.stringify(changed));
        const wanted = scenarioDocument.safeParse(plain).success;
        tried[wanted ? 'accepted' : 'refused']++;
        expect(accepts(plain), `${way.join('.')} is ${name}`).toBe(wanted);
      }
    }
    expect(tried.refused).toBeGreaterThan(20);
    expect(tried.accepted).toBeGreaterThan(0);
  });

  test('lets a template write what it writes, and asks for it where there is none', () => {
    const serial = preset('serial.yaml');
    expect(accepts(serial)).toBe(true);
    const { template, ...without } = serial;
    expect(accepts(without)).toBe(false);
    expect(accepts({ id: 'a', title: 'A' })).toBe(false);
  });
});
