import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OBSERVATION_PARTS } from '../../env/index.ts';
import { scenarioJsonSchema } from '../../scenarios/index.ts';
import { scenarioFormatPage } from '../../scripts/scenario-format-page.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

test('docs/scenario-format.md is what the schema says (npm run -s docs makes it)', () => {
  expect(read('docs/scenario-format.md')).toBe(scenarioFormatPage());
});

test('the JSON Schema that ships is what the zod schema says (npm run -s docs makes it)', () => {
  expect(JSON.parse(read('scenarios/scenario.schema.json'))).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

test('every field of the page says what it is', () => {
  const rows = scenarioFormatPage()
    .split('\n')
    .filter((line) => /^\| \*?`/.test(line));
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.filter((row) => /\|\s*\|$/.test(row))).toEqual([]);
  for (const part of OBSERVATION_PARTS) expect(scenarioFormatPage()).toContain(`\`${part}\``);
});
