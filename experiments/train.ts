import type { Trainer } from '../agents/index.ts';
import { createSupplyEnvironment, UserError } from '../env/index.ts';
import { type LoadedScenario, loadScenario } from '../scenarios/index.ts';
import { agentPolicy } from './agent-policy.ts';
import { breathe } from './compare.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { optimumIfAny } from './optimum.ts';
import { logMetrics, readArchive, readDocument, saveArchive, saveDocument } from './runs/artefacts.ts';
import { newRunId, type RunRecord, readRun, saveRun } from './runs/store.ts';
import { trainableAgent } from './trainers.ts';
import { productVersions } from './versions.ts';

export interface TrainOptions {
  readonly loaded: LoadedScenario;
  readonly agent: string;
  /** Environment steps, all lanes together. Default: the agent's own. */
  readonly steps?: number;
  /** In place of steps: about how long to train. The same seed then gives the same run only as far as the machine is as fast. */
  readonly seconds?: number;
  readonly seed?: number;
  /** Knobs of the agent. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Parallel copies of the environment; rounded up to whole catalogues. Default 256. */
  readonly lanes?: number;
  /** Size of the evaluation at the end; null: none. Default 1,024 lanes x 2,000 periods. */
  readonly evaluation?: { readonly lanes: number; readonly periods: number } | null;
  /** Points of the learning curve. Default 10. */
  readonly curvePoints?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
  /** Told once what computes, and of what went wrong on the way. */
  readonly onMessage?: (message: string) => void;
}

export interface CurvePoint {
  readonly step: number;
  readonly seconds: number;
  /** [money/period] on a fixed demand, never seen in training. */
  readonly costPerPeriod: number;
}

export interface TrainProgress {
  /** Part done, 0 to 1. */
  readonly part: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly last: CurvePoint | null;
}

export interface TrainResult {
  readonly run: string;
  readonly agent: string;
  readonly backend: string;
  readonly steps: number;
  readonly seconds: number;
  readonly stepsPerSecond: number;
  /** Null where training was broken off before its end, or none was asked for. */
  readonly evaluation: Pick<Evaluation['results'][number], 'costPerPeriod' | 'standardError' | 'ci95'> | null;
  /** [money/period] */
  readonly optimum: number | null;
  readonly gapPercent: number | null;
  readonly curve: readonly CurvePoint[];
}

const CHECKPOINT_SECONDS = 15;
/** Size and demand of the learning curve's evaluations: never seen in training, nor in the evaluations that are reported. */
export const CURVE_EVALUATION = { lanes: 256, periods: 300, study: 'curve ' } as const;

/** Trains an agent in a scenario and keeps the run. */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { loaded, agent, seed = 0, settings = {}, steps, lanes = 256 } = options;
  const made = trainableAgent(agent);
  const config = made.config({ ...settings, ...(steps === undefined ? {} : { steps }) });
  const items = loaded.scenario.laneNames?.length ?? 1;
  const startedAt = new Date();
  const record: RunRecord = {
    run: newRunId({ scenario: loaded.document.id, agent, startedAt }),
    scenario: loaded.source,
    settings: loaded.settings,
    agent,
    seed,
    config: { ...config, lanes: items * Math.ceil(lanes / items) },
    agentInterface: { ...loaded.agentInterface },
    backend: '',
    embedder: loaded.catalogue?.embedder ?? null,
    versions: productVersions(),
    startedAt: startedAt.toISOString(),
    steps: 0,
    seconds: 0,
    finished: false,
  };
  return runTraining({ ...options, record, curve: [] });
}

/**
 * Goes on with a run from its last checkpoint.
 * @throws UserError where the run is finished, missing or damaged
 */
export async function resumeTraining({
  run,
  ...options
}: { readonly run: string } & Pick<TrainOptions, 'signal' | 'onProgress' | 'onMessage' | 'steps'>): Promise<TrainResult> {
  const record = await readRun(run);
  const steps = options.steps ?? Number(record.config.steps);
  if (record.steps >= steps) {
    throw new UserError(`run "${run}" has made its ${steps} steps; give a larger --steps to go on, or train a new run`);
  }
  const loaded = await loadScenario(record.scenario, { set: record.settings, onMessage: options.onMessage });
  const curve = readCurve(await readDocument(run, 'curve')).filter((point) => point.step <= record.steps);
  return runTraining({
    ...options,
    loaded,
    agent: record.agent,
    seed: record.seed,
    record: { ...record, config: { ...record.config, steps } },
    curve,
    resume: true,
  });
}

interface TrainingPlan extends TrainOptions {
  readonly record: RunRecord;
  readonly curve: readonly CurvePoint[];
  readonly resume?: boolean;
}

async function runTraining(plan: TrainingPlan): Promise<TrainResult> {
  const { loaded, record, onMessage } = plan;
  const { lanes, ...knobs } = record.config;
  const { config, create } = trainableAgent(record.agent);
  const environment = createSupplyEnvironment({
    scenario: loaded.scenario,
    lanes: Number(lanes),
    seed: record.seed,
    study: 'training ',
    spreadStart: true,
    ...loaded.agentInterface,
  });
  const trainer = await create({ environment, config: config(knobs), seed: record.seed });
  try {
    if (plan.resume) {
      trainer.restore(await readArchive(record.run, 'checkpoint/trainer'));
      if (plan.steps !== undefined) trainer.plannedSteps = plan.steps;
    }
    onMessage?.(`${record.agent} on ${trainer.backend}, ${lanes} lanes, run ${record.run}`);
    return await new Training(plan, trainer).complete();
  } finally {
    trainer.dispose();
  }
}

/** One sitting of training. */
class Training {
  readonly #plan: TrainingPlan;
  readonly #trainer: Trainer;
  readonly #curve: CurvePoint[];
  readonly #began = performance.now();
  #savedAt = performance.now();

  constructor(plan: TrainingPlan, trainer: Trainer) {
    this.#plan = plan;
    this.#trainer = trainer;
    this.#curve = [...plan.curve];
  }

  async complete(): Promise<TrainResult> {
    const { signal, curvePoints = 10, record } = this.#plan;
    await saveRun({ ...record, backend: this.#trainer.backend });
    while (this.#part() < 1 && !signal?.aborted) {
      const { steps, metrics } = this.#trainer.step();
      await logMetrics(record.run, { steps, seconds: this.#seconds(), ...metrics });
      this.#pace();
      if (this.#part() >= (this.#curve.length + 1) / curvePoints) this.#measure();
      if (performance.now() - this.#savedAt > CHECKPOINT_SECONDS * 1000) await this.#save(false);
      this.#report();
      await breathe();
    }
    await this.#save(this.#part() >= 1);
    return this.#result();
  }

  /** [s] in training, earlier sittings included. */
  #seconds(): number {
    return this.#plan.record.seconds + (performance.now() - this.#began) / 1000;
  }

  #part(): number {
    const { seconds } = this.#plan;
    return seconds === undefined ? this.#trainer.steps / this.#trainer.plannedSteps : this.#seconds() / seconds;
  }

  /** Where time is what is given, the schedules are laid out for the steps that it will allow. */
  #pace(): void {
    const { seconds } = this.#plan;
    if (seconds === undefined) return;
    const { steps } = this.#trainer;
    this.#trainer.plannedSteps = Math.max(steps, Math.round((steps / this.#seconds()) * seconds));
  }

  #measure(): void {
    const { loaded, record } = this.#plan;
    const [result] = evaluate({
      scenario: loaded.scenario,
      policies: [this.#policy()],
      ...CURVE_EVALUATION,
      seed: record.seed,
    }).results;
    this.#curve.push({ step: this.#trainer.steps, seconds: this.#seconds(), costPerPeriod: result.costPerPeriod });
  }

  #policy() {
    const { loaded, record } = this.#plan;
    return agentPolicy({ name: `run:${record.run}`, network: this.#trainer.policy(), agentInterface: loaded.agentInterface });
  }

  async #save(finished: boolean): Promise<void> {
    const { record } = this.#plan;
    const { backend, steps, plannedSteps } = this.#trainer;
    await saveArchive(record.run, 'checkpoint/trainer', this.#trainer.save());
    await saveArchive(record.run, 'checkpoint/policy', this.#trainer.policy().save());
    await saveDocument(record.run, 'curve', this.#curve);
    const config = { ...record.config, steps: plannedSteps };
    await saveRun({ ...record, config, backend, steps, seconds: this.#seconds(), finished });
    this.#savedAt = performance.now();
  }

  #report(): void {
    const { steps } = this.#trainer;
    this.#plan.onProgress?.({
      part: Math.min(1, this.#part()),
      steps,
      stepsPerSecond: steps / this.#seconds(),
      last: this.#curve.at(-1) ?? null,
    });
  }

  async #result(): Promise<TrainResult> {
    const { record, loaded, signal, evaluation: size = { lanes: 1024, periods: 2000 } } = this.#plan;
    const { steps, backend } = this.#trainer;
    const seconds = this.#seconds();
    const base = { run: record.run, agent: record.agent, backend, steps, seconds, stepsPerSecond: steps / seconds, curve: this.#curve };
    if (signal?.aborted || size === null) return { ...base, evaluation: null, optimum: null, gapPercent: null };
    const optimum = optimumIfAny(loaded);
    const evaluation = evaluate({ scenario: loaded.scenario, policies: [this.#policy()], ...size, seed: record.seed, optimum });
    await saveDocument(record.run, 'evaluation', evaluation);
    const { costPerPeriod, standardError, ci95, gapPercent = null } = evaluation.results[0];
    return { ...base, evaluation: { costPerPeriod, standardError, ci95 }, optimum: optimum?.costPerPeriod ?? null, gapPercent };
  }
}

function readCurve(document: unknown): CurvePoint[] {
  if (!Array.isArray(document)) return [];
  return document.filter(
    (point: unknown): point is CurvePoint => typeof point === 'object' && point !== null && 'step' in point && 'costPerPeriod' in point,
  );
}
