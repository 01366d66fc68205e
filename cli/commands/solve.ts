import { defineCommand } from '../command.ts';
import { setOption } from '../options.ts';
import { number, pairs, parameters } from '../tables.ts';
import { scenarioWord } from '../words.ts';

export const solve = defineCommand({
  name: 'solve',
  describe: 'The exact optimum, or the best policy of one family',
  words: scenarioWord,
  options: {
    policy: { type: 'string', requiresArg: true, describe: 'A family, such as base-stock, in place of the optimum' },
    set: setOption,
  },
  example: 'solve lost-sales --set leadTime=2',
  run: async ({ scenario, policy, set, seed }, { output }) => {
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { solve } = await import('../../experiments/index.ts');
    const loaded = await loadScenario(scenario, { set, onMessage: output.log });
    return solve({ loaded, policy, seed });
  },
  print: ({ scenario, solver, policy, costPerPeriod, standardError, bounds, states, seconds }) => {
    const error = standardError > 0 ? ` (standard error ${number(standardError)})` : '';
    return pairs([
      ['scenario', scenario],
      ['solver', solver],
      ['policy', policy.name],
      ['parameters', parameters(policy.parameters)],
      ['cost per period', `${number(costPerPeriod)}${error}`],
      ['between', bounds === null ? '-' : `${bounds[0].toFixed(6)} and ${bounds[1].toFixed(6)}`],
      ['states', states === null ? '-' : states.toLocaleString('en-US')],
      ['seconds', seconds.toFixed(2)],
    ]);
  },
});
