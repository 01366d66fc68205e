import { createSupplyEnvironment, UserError } from '../env/index.ts';
import { loadScenario } from '../scenarios/index.ts';
import { recordedInterface, settledInterface } from './agent-interface.ts';
import { type CheckpointName, clearHalfWritten, readCheckpoint } from './runs/checkpoints.ts';
import type { RunRecord } from './runs/records.ts';
import { Sitting } from './runs/sitting.ts';
import { newRunId, readRun } from './runs/store.ts';
import { type RunPlan, runPlan, type TrainOptions, type TrainResult } from './train-options.ts';
import { trainableAgent } from './trainers.ts';
import { Training } from './training.ts';
import { productVersions } from './versions.ts';

/** Trains an agent in a scenario and keeps the run. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { agent, seed = 0, settings = {}, steps, lanes = 256 } = options;
  const loaded = { ...options.loaded, agentInterface: settledInterface(options.loaded, seed) };
  const made = trainableAgent(agent);
  const config = await made.settle(made.config({ ...settings, ...(steps === undefined ? {} : { steps }) }), { loaded, seed });
  const items = loaded.scenario.laneNames?.length ?? 1;
  const startedAt = new Date();
  const plan = runPlan(options);
  const record: RunRecord = {
    run: newRunId({ scenario: loaded.document.id, agent, startedAt }),
    scenario: loaded.source,
    settings: loaded.settings,
    agent,
    seed,
    config: { ...config, lanes: items * Math.ceil(lanes / items) },
    plan,
    agentInterface: { ...loaded.agentInterface },
    backend: '',
    embedder: loaded.catalogue?.embedder ?? null,
    forecasts: loaded.catalogue?.forecasts ?? null,
    versions: productVersions(),
    startedAt: startedAt.toISOString(),
    steps: 0,
    seconds: 0,
    finished: false,
  };
  return runTraining({ ...options, loaded, record, plan });
}

export interface ResumeOptions extends Pick<TrainOptions, 'cores' | 'signal' | 'onProgress' | 'onStart' | 'onMessage' | 'steps'> {
  readonly run: string;
  /** Which of the two checkpoints to go on from. Default: the last. */
  readonly checkpoint?: CheckpointName;
}

/**
 * Goes on with a run from a checkpoint; from its beginning where it was broken off before the first.
 * @throws UserError where the run is finished, missing or damaged
 */
export async function resumeTraining({ run, checkpoint, ...options }: ResumeOptions): Promise<TrainResult> {
  const record = await readRun(run);
  const steps = options.steps ?? Number(record.config.steps);
  if (record.finished && (record.steps >= steps || options.steps === undefined)) {
    throw new UserError(`run "${run}" has made its ${record.steps} steps; give a larger --steps to go on, or train a new run`);
  }
  const scenario = await loadScenario(record.scenario, { set: record.settings, onMessage: options.onMessage });
  const loaded = { ...scenario, agentInterface: recordedInterface(record.agentInterface, run) };
  return runTraining({
    ...options,
    loaded,
    agent: record.agent,
    record: { ...record, config: { ...record.config, steps }, finished: false },
    plan: resumedPlan(record),
    resume: { from: checkpoint ?? 'last' },
  });
}

/** A run that had come to its end and is given more steps is not to be stopped again by what ended it. */
function resumedPlan({ plan = runPlan({}), finished }: RunRecord): RunPlan {
  return finished ? { ...plan, patience: null, stopAtGap: null } : plan;
}

interface SittingOptions extends TrainOptions {
  readonly record: RunRecord;
  readonly plan: RunPlan;
  readonly resume?: { readonly from: CheckpointName };
}

/** @throws UserError where a process is training the run */
async function runTraining(options: SittingOptions): Promise<TrainResult> {
  const sitting = await Sitting.begin(options.record.run);
  try {
    return await trainIn(sitting, options);
  } finally {
    await sitting.end();
  }
}

async function trainIn(sitting: Sitting, { resume, ...options }: SittingOptions): Promise<TrainResult> {
  const { loaded, record, onMessage } = options;
  if (resume !== undefined) await clearHalfWritten(record.run);
  const { lanes, ...knobs } = record.config;
  const { config, create } = trainableAgent(record.agent);
  const environment = createSupplyEnvironment({
    scenario: loaded.scenario,
    lanes: Number(lanes),
    seed: record.seed,
    study: 'training ',
    spreadStart: true,
    siblings: siblingsOf(knobs),
    ...loaded.agentInterface,
  });
  const trainer = await create({ loaded, environment, config: config(knobs), seed: record.seed });
  try {
    const training = new Training({ ...options, trainer, sitting });
    const checkpoint = resume === undefined ? null : await readCheckpoint(record.run, resume.from);
    if (checkpoint !== null) training.restore(checkpoint);
    if (resume !== undefined) trainer.plannedSteps = Number(record.config.steps);
    const place = resume === undefined ? '' : `, from step ${trainer.steps}`;
    onMessage?.(`${record.agent} on ${trainer.backend}, ${lanes} lanes, run ${record.run}${place}`);
    return await training.complete();
  } finally {
    trainer.dispose();
  }
}

/** Groups on the same demand are for agents that do not look ahead. */
function siblingsOf({ lookahead, siblings }: Readonly<Record<string, unknown>>): number {
  return lookahead === 0 && typeof siblings === 'number' ? siblings : 1;
}
