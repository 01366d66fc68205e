import { availableParallelism } from 'node:os';
import { UserError } from '../../env/index.ts';
import type { TrainProgress } from '../../experiments/index.ts';
import { defineCommand } from '../command.ts';
import { realNumber, setOption, wholeNumber } from '../options.ts';
import type { Session } from '../session.ts';
import { dashboardBeside } from '../train-dashboard.ts';
import { trainFamilyIfAsked } from '../train-family.ts';
import { describeProgress, printTraining, type TrainCommandResult } from '../train-report.ts';
import { type SeedsResult, trainSeeds, withoutSeeds } from '../train-seeds.ts';

/** What settings of the agent begin with. */
const AGENT = 'agent.';

export const train = defineCommand({
  name: 'train',
  describe: 'Train an agent, or go on with a run that was broken off',
  words: { scenario: { type: 'string', describe: "A preset's id (see scenarios list), or a YAML file" } },
  options: {
    agent: { type: 'string', requiresArg: true, default: 'ppo', describe: 'ppo, dqn or dcl' },
    family: {
      type: 'string',
      requiresArg: true,
      describe: 'In place of a scenario: train dcl for all items of a family, one that ships (lost-sales) or a YAML file',
    },
    steps: wholeNumber({ name: 'steps', least: 1, describe: 'Environment steps, all lanes together' }),
    seconds: realNumber({ name: 'seconds', least: 1, describe: 'About how long to train, in place of steps' }),
    seeds: wholeNumber({ name: 'seeds', least: 2, describe: 'Train with so many seeds, from --seed on, in processes of their own' }),
    'help-agent': { type: 'string', requiresArg: true, describe: 'Print the knobs of an agent, with defaults, and train nothing' },
    lanes: wholeNumber({ name: 'lanes', least: 1, describe: 'Parallel copies to learn from' }),
    cores: wholeNumber({
      name: 'cores',
      least: 1,
      describe: 'Above 1, evaluations are made beside training, with the same numbers; all there are unless given',
    }),
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
    dashboard: { type: 'boolean', default: false, describe: 'Show the training in a browser; it stays up until Ctrl-C' },
    set: { ...setOption, describe: `${setOption.describe}; agent.NAME=value sets a knob of the agent` },
  },
  example: 'train lost-sales --agent ppo --seconds 60',
  run: async (
    { scenario, agent, resume, checkpoint, set, steps, seeds, ...given },
    { output, signal, stayUp },
  ): Promise<TrainCommandResult> => {
    if (given['help-agent'] !== undefined) {
      const { agentKnobs } = await import('../../experiments/index.ts');
      return { agent: given['help-agent'], knobs: agentKnobs(given['help-agent']) };
    }
    const { 'checkpoint-seconds': checkpointSeconds, 'curve-points': curvePoints, 'stop-at-gap': stopAtGap } = given;
    if ([scenario, resume, given.family].filter((one) => one !== undefined).length !== 1) {
      throw new UserError(
        'train: expected a scenario, or --resume RUN, or --family FAMILY, one of them; for example: replenish train lost-sales',
      );
    }
    const begun = await trainFamilyIfAsked({ ...given, agent, resume, set, steps, seeds }, { output, signal });
    if (begun !== null) return begun;
    if (seeds !== undefined) {
      if (given.dashboard)
        throw new UserError('--seeds and --dashboard: expected one of the two; follow the runs with replenish dashboard');
      if (resume !== undefined) throw new UserError('--seeds and --resume: expected one of the two; resume the runs one by one');
      return runSeeds({ first: given.seed, count: seeds }, { output, signal });
    }
    const { loadScenario } = await import('../../scenarios/index.ts');
    const { readKnobs, resumeTraining, train } = await import('../../experiments/index.ts');
    const { agentSettings, scenarioSettings } = splitSettings(set);
    const onMessage = output.log;
    const loaded = scenario === undefined ? undefined : await loadScenario(scenario, { set: scenarioSettings, onMessage });
    const progress = await output.progress('Training');
    const going = {
      steps,
      cores: given.cores ?? availableParallelism(),
      signal: signal(),
      onMessage,
      onStart: given.dashboard ? dashboardBeside({ output, stayUp }) : undefined,
      onProgress: (reached: TrainProgress) => progress.update(reached.part, describeProgress(reached)),
    };
    try {
      if (loaded === undefined) return await resumeTraining({ run: String(resume), checkpoint: checkpointName(checkpoint), ...going });
      return await train({
        loaded,
        agent,
        settings: readKnobs(agent, agentSettings),
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
  print: printTraining,
});

/** This very command line again and again, each time with a seed of its own. */
async function runSeeds(
  { first, count }: { readonly first: number; readonly count: number },
  { output, signal }: Pick<Session, 'output' | 'signal'>,
): Promise<SeedsResult> {
  const progress = await output.progress('Training seeds');
  progress.update(0, `0 of ${count}`);
  try {
    return await trainSeeds({
      argv: withoutSeeds(process.argv.slice(2)),
      first,
      count,
      signal: signal(),
      log: output.log,
      onDone: (done) => progress.update(done / count, `${done} of ${count}`),
    });
  } finally {
    progress.end();
  }
}

function checkpointName(given: string | undefined): 'last' | 'previous' {
  return given === 'previous' ? 'previous' : 'last';
}

/** `--set agent.NAME=value` goes to the agent, everything else to the scenario. */
function splitSettings(set: readonly string[]): { agentSettings: string[]; scenarioSettings: string[] } {
  const agent = set.filter((setting) => setting.startsWith(AGENT));
  return {
    agentSettings: agent.map((setting) => setting.slice(AGENT.length)),
    scenarioSettings: set.filter((setting) => !agent.includes(setting)),
  };
}
