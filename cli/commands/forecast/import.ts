import { defineCommand } from '../../command.ts';
import { pairs } from '../../tables.ts';
import { dataOptions, readData } from './data.ts';

const { sales: _, ...others } = dataOptions;

export const importCommand = defineCommand({
  name: 'import',
  describe: 'Read and clean sales, and say what was found',
  words: { file: { type: 'string', demandOption: true, describe: 'CSV or Parquet with date,item,quantity[,price]' } },
  options: others,
  example: 'forecast import sales.csv --items items.csv',
  run: async (args) => (await readData({ ...args, sales: args.file })).report,
  print: ({ lines, used, items, periods, from, to, units, findings, format }) =>
    [
      pairs([
        ['lines', `${lines.toLocaleString('en-US')}, of which ${used.toLocaleString('en-US')} count`],
        ['items', items.toLocaleString('en-US')],
        ['periods', `${periods}, ${from} to ${to}`],
        ['units', units.toLocaleString('en-US')],
        ...Object.entries(format),
      ]),
      '',
      ...findings.map(({ kind, count, unit, action }) => `${count.toLocaleString('en-US')} ${unit}: ${kind}; ${action}`),
    ].join('\n'),
});
