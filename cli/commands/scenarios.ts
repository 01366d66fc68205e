import { defineCommand, defineGroup } from '../command.ts';
import { table } from '../tables.ts';

const list = defineCommand({
  name: 'list',
  describe: 'Presets that come with the package',
  words: {},
  options: {},
  example: 'scenarios list',
  run: async () => {
    const { listScenarios } = await import('../../scenarios/index.ts');
    return { scenarios: listScenarios() };
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
  describe: 'The whole scenario',
  words: { scenario: { type: 'string', demandOption: true, describe: "A preset's id" } },
  options: {},
  example: 'scenarios show lost-sales',
  run: async ({ scenario }) => {
    const { scenarioDocument } = await import('../../scenarios/index.ts');
    return scenarioDocument(scenario);
  },
  print: (document) => JSON.stringify(document, null, 2),
});

export const scenarios = defineGroup({ name: 'scenarios', describe: 'Look at scenarios', children: [list, show] });
