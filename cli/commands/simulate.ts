import { defineCommand } from '../command.ts';
import { forceOption, setOption, wholeNumber, withForce } from '../options.ts';
import { number, pairs, parameters } from '../tables.ts';
import { scenarioWord } from '../words.ts';

export const simulate = defineCommand({
  name: 'simulate',
  describe: 'One run, period by period, into a ledger; orders and demand may be given',
  words: scenarioWord,
  options: {
    policy: {
      type: 'string',
      requiresArg: true,
      describe: "name, name:key=value,key=value or run:ID; unless given, the scenario's first usual one",
    },
    orders: { type: 'string', requiresArg: true, describe: 'CSV file of orders in place of a policy: period,link,item,quantity' },
    demand: { type: 'string', requiresArg: true, describe: 'CSV file of demand in place of what is drawn: period,location,item,quantity' },
    periods: wholeNumber({ name: 'periods', least: 1, describe: 'Periods from the first on; those of a scenario that ends, else 100' }),
    out: { type: 'string', requiresArg: true, describe: 'CSV file that the ledger is written to' },
    force: forceOption,
    set: setOption,
  },
  example: 'simulate lost-sales --policy base-stock:S=25 --periods 52 --out ledger.csv',
  run: async ({ scenario, policy: asked, force, orders, demand, periods, out, set, seed }, { output }) => {
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { simulate } = await import('../../experiments/index.ts');
    const loaded = await loadScenario(scenario, { set, onMessage: output.log });
    const policy = asked === undefined ? undefined : withForce([asked], force)[0];
    return simulate({ loaded, policy, orders, demand, periods, out, seed, onMessage: output.log });
  },
  print: ({ scenario, policy, parameters: given, periods, totals, notShipped, ledger }) =>
    pairs([
      ['scenario', scenario],
      ['policy', policy],
      ['parameters', parameters(given)],
      ['periods', String(periods)],
      ...Object.entries(totals)
        .filter(([part, value]) => value !== 0 || part === 'cost')
        .map(([part, value]): [string, string] => [part, number(value)]),
      ...Object.entries(notShipped)
        .filter(([, units]) => units > 0)
        .map(([kind, units]): [string, string] => [
          kind === 'clipped' ? 'not taken by links' : kind === 'shortShipped' ? 'not in stock to ship' : 'orders lost',
          number(units),
        ]),
      ['ledger', ledger ?? 'not written; --out FILE writes it'],
    ]),
});
