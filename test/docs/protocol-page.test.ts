import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clientMessage, LIMITS, PROTOCOL_VERSION, serverMessage } from '../../dashboard/index.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');
const [, fromClient, fromServer] = page.split(/^## From the .*$/m);

interface Side {
  readonly text: string;
  readonly schema: typeof clientMessage | typeof serverMessage;
}

/** Messages of a side by their type: what is written about them, and their fields. */
function sections({ text, schema }: Side) {
  const written = text.split(/^### /m).slice(1);
  return written.map((section) => {
    const type = section.slice(0, section.search(/[ \n]/));
    const examples = [...section.matchAll(/```json\n(.*?)\n```/gs)].map(([, json]): unknown => JSON.parse(json));
    return { type, section, examples, schema };
  });
}

/** [type] names of the fields of a side's messages, from the schema as JSON Schema. */
function fieldsOf(schema: Side['schema']): Map<string, Set<string>> {
  const fields = new Map<string, Set<string>>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const branches: unknown = Reflect.get(node, 'oneOf') ?? Reflect.get(node, 'anyOf');
    if (Array.isArray(branches)) for (const branch of branches) visit(branch);
    const properties: unknown = Reflect.get(node, 'properties');
    if (typeof properties !== 'object' || properties === null) return;
    const type: unknown = Reflect.get(Reflect.get(properties, 'type') ?? {}, 'const');
    const own = fields.get(String(type)) ?? new Set<string>();
    for (const name of Object.keys(properties)) if (name !== 'type') own.add(name);
    fields.set(String(type), own);
  };
  visit(z.toJSONSchema(schema, { io: 'input' }));
  return fields;
}

describe.each([
  ['client', { text: fromClient, schema: clientMessage }],
  ['server', { text: fromServer, schema: serverMessage }],
] as const)('docs/protocol.md on messages from the %s', (_, side) => {
  const fields = fieldsOf(side.schema);

  test('tells of every message that there is, and of no other', () => {
    const written = sections(side).map(({ type }) => type);
    expect(written.sort()).toEqual([...fields.keys()].sort());
  });

  test.each(sections(side))('$type: the examples are such messages, and every field is told of', ({ type, section, examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      expect(side.schema.parse(example)).toMatchObject(example as object);
      expect(Reflect.get(example as object, 'type')).toBe(type);
    }
    for (const field of fields.get(type) ?? []) expect(section).toContain(field);
    const named = examples.flatMap((example) => Object.keys(example as object)).filter((name) => name !== 'type');
    expect([...(fields.get(type) ?? [])]).toEqual(expect.arrayContaining([...new Set(named)]));
  });
});

test('docs/protocol.md names the version and the limits that hold', () => {
  expect(page).toContain(`Version ${PROTOCOL_VERSION}:`);
  expect(page).toContain(`| ${LIMITS.policies} (${LIMITS.rivals} beside a player), ${LIMITS.periods.toLocaleString('en-US')}, `);
  expect(page).toContain(`at most ${LIMITS.framesPerMessage} a message`);
});
