import { z } from 'zod';
import { scenarioDocument } from './schema.ts';

/** A node of a JSON Schema, as far as it is looked at here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

export interface JsonSchemaOptions {
  /** Are parts that come more than once written once, and referred to? Default true. */
  readonly shared?: boolean;
}

/** What a template may write in place of the fields themselves. */
const WRITTEN_BY_TEMPLATE = ['locations', 'links', 'demand'];

/**
 * The scenario format as JSON Schema (draft 7), for editors that complete and check: made from the zod schema, which stays the authority. A file with a template
 * may leave to it what it writes. What only shows when a scenario is put together (names that lead nowhere, numbers that do not fit each other) is left to `scenarios check`.
 */
export function scenarioJsonSchema({ shared = true }: JsonSchemaOptions = {}): JsonSchema {
  const made: JsonSchema = z.toJSONSchema(scenarioDocument, {
    io: 'input',
    target: 'draft-7',
    reused: shared ? 'ref' : 'inline',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      // A field that a form must not have.
      if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {};
    },
  });
  const { $schema, required, ...rest } = made;
  const needed = Array.isArray(required) ? required.filter((name) => !WRITTEN_BY_TEMPLATE.includes(String(name))) : [];
  return {
    $schema,
    title: 'Replenish scenario',
    description: 'A supply network with its costs and demand. docs/scenario-format.md says what each field means.',
    ...rest,
    required: needed,
    anyOf: [{ required: ['template'] }, { required: WRITTEN_BY_TEMPLATE }],
  };
}
