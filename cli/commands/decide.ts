import type { Decided, Outcome } from '../../decisions/index.ts';
import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { number, table } from '../tables.ts';
import { newerOptions, newerSettings } from './forecast/data.ts';

/** Changed items that people are shown. */
const SHOWN = 20;

export const decide = defineCommand({
  name: 'decide',
  describe: 'Record what became of suggestions, and what that came to cost beside what was suggested',
  words: {
    run: { type: 'string', demandOption: true, describe: 'A recommendation as runs list shows it' },
    decisions: { type: 'string', describe: 'Table with item,decision[,decidedOrder]: accept, change or refuse' },
  },
  options: newerOptions,
  example: 'decide RUN suggestions.csv',
  run: async ({ run, decisions, ...args }): Promise<Decided> => {
    const { decide } = await import('../../decisions/index.ts');
    if (decisions === undefined && args.sales === undefined) {
      throw new UserError(
        `decide ${run}: nothing given; expected decisions, or newer sales to judge them by; for example decide ${run} suggestions.csv`,
      );
    }
    return decide(run, { ...newerSettings(args), decisions, sales: args.sales });
  },
  print: async ({ run, decisions, outcome }) => {
    const counts =
      decisions === null
        ? []
        : [`${run}: ${decisions.accepted} accepted, ${decisions.changed} changed, ${decisions.refused} refused, ${decisions.open} open`];
    return [...counts, ...(outcome === null ? [] : await outcomeLines(outcome))].join('\n');
  },
});

async function outcomeLines({ judged, waiting, costAsSuggested, costAsDecided, promised, changed }: Outcome): Promise<string[]> {
  const rows = changed
    .slice(0, SHOWN)
    .map(({ item, decision, suggested, decided, sold, ...costs }) => [
      item,
      decision,
      ...[suggested, decided, sold].map(String),
      number(costs.costAsSuggested, 2),
      number(costs.costAsDecided, 2),
    ]);
  const titles = ['item', 'decision', 'suggested', 'decided', 'sold', 'cost as suggested', 'as decided'];
  return [
    `${judged} items judged${waiting > 0 ? `, ${waiting} wait for newer sales` : ''}: ${number(costAsDecided, 2)} as decided, ${number(costAsSuggested, 2)} as suggested, ${number(promised, 2)} promised`,
    ...(rows.length === 0
      ? []
      : [
          '',
          await table(
            titles.map((title, k) => ({ title, align: k < 2 ? 'left' : 'right' })),
            rows,
          ),
        ]),
  ];
}
