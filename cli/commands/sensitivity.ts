import { UserError } from '../../env/index.ts';
import { defineCommand } from '../command.ts';
import { keepEvaluation } from '../keep-evaluation.ts';
import { evaluationOptions, policyOption, varyOption, wholeNumber, withForce } from '../options.ts';
import { sensitivityTable } from '../sensitivity-table.ts';
import { scenarioWord } from '../words.ts';

export const sensitivity = defineCommand({
  name: 'sensitivity',
  describe: 'Policies over a grid of variants, in processes of their own; broken off, the same command goes on where it was',
  words: scenarioWord,
  options: {
    vary: varyOption,
    policy: { ...policyOption, describe: `In place of the scenario's usual ones: ${policyOption.describe}` },
    run: { ...policyOption, describe: "A run's agent to compare with; repeatable" },
    plot: { type: 'string', requiresArg: true, describe: 'An SVG file for the plot' },
    cores: wholeNumber({ name: 'cores', least: 1, describe: 'Processes at once, with the same numbers; all there are unless given' }),
    ...evaluationOptions,
  },
  example: 'sensitivity lost-sales --vary leadTime=1..4 --vary shortageCost=4,9 --policy base-stock --policy constant',
  run: async ({ scenario, policy, run: runs, vary, plot, cores, force, set, seed, lanes, periods }, { output, signal }) => {
    if (vary.length === 0)
      throw new UserError('sensitivity: nothing to vary, expected --vary name=value,value; for example --vary leadTime=1..4');
    const { checkWritable, readVary, sensitivity, writeSensitivityChart } = await import('../../experiments/index.ts');
    const varied = vary.map(readVary);
    if (plot !== undefined) {
      if (!/\.svg$/i.test(plot)) throw new UserError(`--plot ${plot}: expected a file that ends with .svg; for example --plot costs.svg`);
      await checkWritable(plot);
    }
    const progress = await output.progress('Varying');
    try {
      const comparison = await sensitivity({
        scenario,
        vary: varied,
        set,
        policies: policy.length > 0 ? withForce(policy, force) : undefined,
        runs,
        seed,
        lanes,
        periods,
        cores,
        signal: signal(),
        onProgress: progress.update,
        onMessage: output.log,
      });
      if (plot !== undefined) await writeSensitivityChart(comparison, plot);
      await keepEvaluation(comparison, { settings: [...set, ...vary], output });
      return { ...comparison, plot: plot ?? null };
    } finally {
      progress.end();
    }
  },
  print: async (comparison) => {
    const { sweepOf } = await import('../../experiments/index.ts');
    const shown = await sensitivityTable(comparison, sweepOf(comparison));
    return comparison.plot === null ? shown : `${shown}\n\nPlot: ${comparison.plot}`;
  },
});
