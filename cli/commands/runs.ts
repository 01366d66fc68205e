import { defineCommand, defineGroup } from '../command.ts';
import { table } from '../tables.ts';

const list = defineCommand({
  name: 'list',
  describe: 'All runs, unfinished ones too, oldest first',
  words: {},
  options: {},
  example: 'runs list',
  run: async () => {
    const { listRuns } = await import('../../experiments/index.ts');
    return { runs: await listRuns() };
  },
  print: ({ runs }) => {
    if (runs.length === 0) return 'No runs yet: replenish train lost-sales makes one.';
    const columns = [
      { title: 'run', align: 'left' as const },
      { title: 'scenario', align: 'left' as const },
      { title: 'agent', align: 'left' as const },
      { title: 'steps' },
      { title: 'finished', align: 'left' as const },
      { title: 'started', align: 'left' as const },
    ];
    return table(
      columns,
      runs.map((one) => [one.run, one.scenario, one.agent, one.steps.toLocaleString('en-US'), one.finished ? 'yes' : 'no', one.startedAt]),
    );
  },
});

const show = defineCommand({
  name: 'show',
  describe: 'The whole record of a run',
  words: { run: { type: 'string', demandOption: true, describe: 'A run as runs list shows it' } },
  options: {},
  example: 'runs show RUN',
  run: async ({ run }) => {
    const { readDocument, readStoredRun } = await import('../../experiments/index.ts');
    const record = await readStoredRun(run);
    if (record.kind === 'recommendation') return record;
    return { ...record, curve: await readDocument(run, 'curve'), evaluation: await readDocument(run, 'evaluation') };
  },
  print: (record) => JSON.stringify(record, null, 2),
});

export const runs = defineGroup({ name: 'runs', describe: 'Look at what was trained and recommended', children: [list, show] });
