import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { wholeNumber } from '../options.ts';

export const report = defineCommand({
  name: 'report',
  describe: 'Write one self-contained page about runs: costs, learning, orders, configuration and how to repeat it',
  words: { runs: { type: 'string', array: true, demandOption: true, describe: 'Runs as runs list shows them' } },
  options: {
    out: { type: 'string', requiresArg: true, describe: 'The file to write; .md is Markdown with its charts in a folder beside it' },
    format: { type: 'string', requiresArg: true, choices: ['html', 'md'] as const, describe: "By the file's name unless given" },
    compare: {
      type: 'boolean',
      default: true,
      describe: "Compare with the scenario's usual policies on the same demand; --no-compare takes what the runs kept",
    },
    lanes: wholeNumber({ name: 'lanes', least: 1, describe: "Of the comparison; as in the run's own evaluation unless given" }),
    periods: wholeNumber({ name: 'periods', least: 1, describe: "Of the comparison; as in the run's own evaluation unless given" }),
  },
  example: 'report RUN --out report.html',
  run: async ({ runs, out, format, compare, lanes, periods }, { output, signal }) => {
    if (out === undefined) throw new UserError('report: no file given, expected --out FILE; for example --out report.html');
    const { report } = await import('../../experiments/index.ts');
    const progress = await output.progress('Reporting');
    try {
      return await report({
        runs,
        file: out,
        format,
        compared: compare,
        lanes,
        periods,
        signal: signal(),
        onProgress: progress.update,
        onMessage: output.log,
      });
    } finally {
      progress.end();
    }
  },
  print: ({ file, files, omitted }) =>
    [
      `Written: ${file}${files.length > 1 ? ` and ${files.length - 1} charts beside it` : ''}`,
      ...omitted.map((what) => `Left out: ${what}`),
    ].join('\n'),
});
