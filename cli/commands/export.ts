import { defineCommand } from '../command.ts';
import { pairs } from '../tables.ts';

export const exportRun = defineCommand({
  name: 'export',
  describe: "Write a run's agent as a module that acts without this program",
  words: { run: { type: 'string', demandOption: true, describe: 'A run as runs list shows it' } },
  options: {
    out: { type: 'string', requiresArg: true, default: 'policy', describe: 'Folder that the module and its weights are written to' },
    best: { type: 'boolean', default: false, describe: 'The agent at the cheapest point of its learning curve, in place of the last' },
  },
  example: 'export RUN --out policy',
  run: async ({ run, out, best }, { output }) => {
    const { exportPolicy } = await import('../../experiments/index.ts');
    return exportPolicy({ run, out, best, onMessage: output.log });
  },
  print: ({ out, files, features, parameters }) =>
    pairs([
      ['folder', out],
      ['files', files.join(', ')],
      ['weights', parameters.toLocaleString('en-US')],
      ['features', features.join(', ')],
    ]),
});
