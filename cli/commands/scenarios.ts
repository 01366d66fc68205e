import { defineCommand, defineGroup } from '../command.ts';
import { setOption } from '../options.ts';
import { table } from '../tables.ts';
import { newScenarioCommand } from './scenarios/new.ts';

const list = defineCommand({
  name: 'list',
  describe: 'Presets that come with the package',
  words: {},
  options: {},
  example: 'scenarios list',
  run: async () => {
    const { listScenarios } = await import('../../scenarios/index.ts');
    return { scenarios: await listScenarios() };
  },
  print: ({ scenarios }) => {
    const columns = ['id', 'title', 'field', 'optimum'].map((title) => ({ title, align: 'left' as const }));
    return table(
      columns,
      scenarios.map(({ id, title, field, optimum }) => [id, title, field, optimum ?? '-']),
    );
  },
});

const show = defineCommand({
  name: 'show',
  describe: 'The whole scenario, as a scenario file may say it',
  words: { scenario: { type: 'string', demandOption: true, describe: "A preset's id, or a YAML file" } },
  options: { set: setOption },
  example: 'scenarios show lost-sales',
  run: async ({ scenario, set }) => {
    const { readScenarioDocument } = await import('../../scenarios/index.ts');
    return readScenarioDocument(scenario, set);
  },
  print: (document) => JSON.stringify(document, null, 2),
});

const check = defineCommand({
  name: 'check',
  describe: 'Everything that is wrong with a scenario file',
  words: { file: { type: 'string', demandOption: true, describe: 'A YAML file' } },
  options: {},
  example: 'scenarios check shop.yaml',
  run: async ({ file }) => {
    const { checkScenarioFile } = await import('../../scenarios/index.ts');
    return checkScenarioFile(file);
  },
  print: ({ ok, errors }) => (ok ? 'No errors.' : errors.map(({ path, message }) => `${path}: ${message}`).join('\n')),
  complaint: ({ errors }, { file }) =>
    errors.length === 0 ? undefined : `${file}: ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}, expected none`,
});

const schema = defineCommand({
  name: 'schema',
  describe: 'The scenario format as JSON Schema, for editors that complete and check',
  words: {},
  options: {},
  example: 'scenarios schema --json > scenario.schema.json',
  run: async () => {
    const { scenarioJsonSchema } = await import('../../scenarios/index.ts');
    return scenarioJsonSchema();
  },
  print: (document) => JSON.stringify(document, null, 2),
});

export const scenarios = defineGroup({
  name: 'scenarios',
  describe: 'Look at scenarios, and make new ones',
  children: [list, show, check, newScenarioCommand, schema],
});
