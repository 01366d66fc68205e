import { UserError } from '../../env/index.ts';
import type { TrainProgress, TrainResult } from '../../experiments/index.ts';
import { defineCommand } from '../command.ts';
import { realNumber, setOption, wholeNumber } from '../options.ts';
import { interval, number, pairs, percent } from '../tables.ts';

export const train = defineCommand({
  name: 'train',
  describe: 'Train an agent, or go on with a run that was broken off',
  words: { scenario: { type: 'string', describe: "A preset's id (see scenarios list), or a YAML file" } },
  options: {
    agent: { type: 'string', requiresArg: true, default: 'ppo', describe: 'ppo, dqn or dcl' },
    steps: wholeNumber({ name: 'steps', least: 1, describe: 'Environment steps, all lanes together' }),
    seconds: realNumber({ name: 'seconds', least: 1, describe: 'About how long to train, in place of steps' }),
    lanes: wholeNumber({ name: 'lanes', least: 1, describe: 'Parallel copies to learn from' }),
    resume: { type: 'string', requiresArg: true, describe: 'A run, to go on from its last checkpoint' },
    checkpoint: {
      type: 'string',
      requiresArg: true,
      choices: ['last', 'previous'],
      describe: 'Which of the two checkpoints to resume from',
    },
    'checkpoint-seconds': realNumber({ name: 'checkpoint-seconds', least: 0, describe: 'Seconds between checkpoints; 15 unless given' }),
    'curve-points': wholeNumber({
      name: 'curve-points',
      least: 1,
      describe: 'Evaluations on fixed demand while training; 10 unless given',
    }),
    patience: wholeNumber({ name: 'patience', least: 1, describe: 'Stop after this many of them without a cheaper one' }),
    'stop-at-gap': realNumber({ name: 'stop-at-gap', least: 0, describe: 'Stop at this gap to the optimum, in percent' }),
    tensorboard: { type: 'boolean', default: false, describe: 'Write TensorBoard event files into the run' },
    set: { ...setOption, describe: `${setOption.describe}; agent.NAME=value sets a knob of the agent` },
  },
  example: 'train lost-sales --agent ppo --seconds 60',
  run: async ({ scenario, agent, resume, checkpoint, set, steps, ...given }, { output, signal }) => {
    const { 'checkpoint-seconds': checkpointSeconds, 'curve-points': curvePoints, 'stop-at-gap': stopAtGap } = given;
    if ((scenario === undefined) === (resume === undefined)) {
      throw new UserError('train: expected a scenario, or --resume RUN, one of the two; for example: replenish train lost-sales');
    }
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { resumeTraining, train } = await import('../../experiments/index.ts');
    const { agentSettings, scenarioSettings } = splitSettings(set);
    const onMessage = output.log;
    const loaded = scenario === undefined ? undefined : await loadScenario(scenario, { set: scenarioSettings, onMessage });
    const progress = await output.progress('Training');
    const going = {
      steps,
      signal: signal(),
      onMessage,
      onProgress: (reached: TrainProgress) => progress.update(reached.part, describe(reached)),
    };
    try {
      if (loaded === undefined) return await resumeTraining({ run: String(resume), checkpoint: checkpointName(checkpoint), ...going });
      return await train({
        loaded,
        agent,
        settings: agentSettings,
        seconds: given.seconds,
        lanes: given.lanes,
        seed: given.seed,
        patience: given.patience,
        tensorboard: given.tensorboard,
        checkpointSeconds,
        curvePoints,
        stopAtGap,
        ...going,
      });
    } finally {
      progress.end();
    }
  },
  print: (result) => pairs(rows(result)),
});

function checkpointName(given: string | undefined): 'last' | 'previous' {
  return given === 'previous' ? 'previous' : 'last';
}

function describe({ steps, stepsPerSecond, last }: TrainProgress): string {
  const cost = last === null ? '' : `, cost ${number(last.costPerPeriod)} per period`;
  return `${steps.toLocaleString('en-US')} steps, ${Math.round(stepsPerSecond).toLocaleString('en-US')} a second${cost}`;
}

function rows({ run, agent, backend, steps, seconds, stepsPerSecond, evaluation, optimum, gapPercent }: TrainResult): [string, string][] {
  return [
    ['run', run],
    ['agent', `${agent} on ${backend}`],
    ['steps', steps.toLocaleString('en-US')],
    ['seconds', `${seconds.toFixed(1)} (${Math.round(stepsPerSecond).toLocaleString('en-US')} steps a second)`],
    ['cost per period', evaluation === null ? 'broken off before its end' : interval(evaluation.costPerPeriod, evaluation.ci95)],
    ['optimum', number(optimum)],
    ['gap', percent(gapPercent)],
    ['next', evaluation === null ? `replenish train --resume ${run}` : `replenish compare SCENARIO --run ${run}`],
  ];
}

/** `--set agent.NAME=value` goes to the agent, everything else to the scenario. */
function splitSettings(set: readonly string[]): { agentSettings: Record<string, unknown>; scenarioSettings: string[] } {
  const agent = set.filter((setting) => setting.startsWith('agent.'));
  const entries = agent.map((setting) => {
    const at = setting.indexOf('=');
    return [setting.slice('agent.'.length, at), readValue(setting.slice(at + 1))] as const;
  });
  return { agentSettings: Object.fromEntries(entries), scenarioSettings: set.filter((setting) => !agent.includes(setting)) };
}

/** JSON, a list with commas, or text. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.includes(',') ? text.split(',').map((part) => readValue(part.trim())) : text;
  }
}
