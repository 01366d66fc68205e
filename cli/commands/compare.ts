import { defineCommand } from '../command.ts';
import { evaluationTable } from '../evaluation-table.ts';
import { keepEvaluation } from '../keep-evaluation.ts';
import { evaluationOptions, policyOption, varyOption, withForce } from '../options.ts';
import { scenarioWord } from '../words.ts';

export const compare = defineCommand({
  name: 'compare',
  describe: "The scenario's usual policies, tuned, and trained agents, on the same demand, with their gaps to the optimum",
  words: scenarioWord,
  options: {
    run: { ...policyOption, describe: "A run's agent to compare with; repeatable" },
    vary: varyOption,
    policy: { ...policyOption, describe: `In place of the scenario's usual ones: ${policyOption.describe}` },
    ...evaluationOptions,
  },
  example: 'compare lost-sales',
  run: async ({ scenario, policy, run: runs, vary, force, set, seed, lanes, periods }, { output }) => {
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { compare, compareVariants, readVary } = await import('../../experiments/index.ts');
    const varied = vary.map(readVary);
    const load = (settings: readonly string[]) => loadScenario(scenario, { set: settings, onMessage: output.log });
    const policies = policy.length > 0 ? withForce(policy, force) : undefined;
    const progress = await output.progress('Comparing');
    try {
      const common = { policies, runs, seed, lanes, periods, onProgress: progress.update, onMessage: output.log };
      if (varied.length > 0) {
        const comparison = await compareVariants({ ...common, vary: varied, load: (settings) => load([...set, ...settings]) });
        return await keepEvaluation(comparison, { settings: [...set, ...vary], output });
      }
      const evaluation = await compare({ ...common, loaded: await load(set) });
      return await keepEvaluation(evaluation, { settings: set, output });
    } finally {
      progress.end();
    }
  },
  print: evaluationTable,
});
