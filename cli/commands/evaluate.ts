import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { evaluationTable } from '../evaluation-table.ts';
import { keepEvaluation } from '../keep-evaluation.ts';
import { evaluationOptions, policyOption, withForce } from '../options.ts';
import { scenarioWord } from '../words.ts';

export const evaluate = defineCommand({
  name: 'evaluate',
  describe: 'Cost of policies on the same fresh demand, with intervals',
  words: scenarioWord,
  options: { policy: policyOption, ...evaluationOptions },
  example: 'evaluate lost-sales --policy base-stock --policy optimal',
  run: async ({ scenario, policy: policies, force, set, seed, lanes, periods }, { output }) => {
    if (policies.length === 0)
      throw new UserError(`evaluate ${scenario}: no policy given, expected --policy; for example --policy base-stock`);
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { compare } = await import('../../experiments/index.ts');
    const loaded = await loadScenario(scenario, { set, onMessage: output.log });
    const progress = await output.progress('Evaluating');
    try {
      const evaluation = await compare({
        loaded,
        policies: withForce(policies, force),
        seed,
        lanes,
        periods,
        onProgress: progress.update,
        onMessage: output.log,
      });
      return await keepEvaluation(evaluation, { settings: set, output });
    } finally {
      progress.end();
    }
  },
  print: evaluationTable,
});
