import type { Trainer } from '../agents/index.ts';
import { UserError } from '../env/index.ts';
import type { Archive } from '../neural/index.ts';
import type { LoadedScenario } from '../scenarios/index.ts';
import { agentPolicy } from './agent-policy.ts';
import { breathe } from './compare.ts';
import { type Evaluation, evaluate } from './evaluate.ts';
import { LearningCurve } from './learning-curve.ts';
import { optimumIfAny } from './optimum.ts';
import { type ProgressState, readProgress, withProgress } from './progress-state.ts';
import { saveArchive, saveDocument } from './runs/artefacts.ts';
import { saveCheckpoint } from './runs/checkpoints.ts';
import type { MetricsLine } from './runs/metrics-log.ts';
import type { RunRecord } from './runs/records.ts';
import { RunLog } from './runs/run-log.ts';
import type { Sitting } from './runs/sitting.ts';
import { saveRun } from './runs/store.ts';
import { type StopReason, stopReason } from './stopping.ts';
import type { BaseComparison, RunPlan, TrainOptions, TrainResult } from './train-options.ts';

export interface TrainingParts extends Pick<TrainOptions, 'seconds' | 'cores' | 'signal' | 'onProgress' | 'onStart' | 'onMessage'> {
  readonly loaded: LoadedScenario;
  readonly record: RunRecord;
  readonly plan: RunPlan;
  readonly trainer: Trainer;
  readonly sitting: Sitting;
}

/** [ms] between looks whether somebody has asked for an end. */
const ASKED = 1000;
/** Part by which a plan of steps changes before it is written down again. */
const PLAN_NEWS = 0.1;

/** One sitting of training: iterations, the learning curve, checkpoints, and the evaluation at the end. */
export class Training {
  readonly #parts: TrainingParts;
  readonly #trainer: Trainer;
  readonly #curve: LearningCurve;
  readonly #began = performance.now();
  #log: RunLog | null = null;
  /** Lines of the log, one after the other: a point that is still being measured holds up those after it. */
  #logged: Promise<void> = Promise.resolve();
  #before = 0;
  #stopped: StopReason | null = null;
  /** Of the plan, one for each point of the curve: those that have been measured. */
  #intervals = 0;
  #savedAt = performance.now();
  #lookedAt = performance.now();
  /** Has somebody asked for an end, by the signal or in the run's folder? */
  #broken = false;
  /** The record as it was written last. */
  #saved: RunRecord;

  constructor(parts: TrainingParts) {
    const { loaded, record, plan } = parts;
    this.#parts = parts;
    this.#trainer = parts.trainer;
    this.#saved = record;
    const { seed, run } = record;
    this.#curve = new LearningCurve({
      loaded,
      seed,
      gap: plan.stopAtGap !== null,
      // What may stop training is waited for anyway.
      beside: (parts.cores ?? 1) > 1 && plan.stopAtGap === null && plan.patience === null,
      onCheapest: (policy) => saveArchive(run, 'checkpoint/best', policy),
    });
    if (plan.stopAtGap !== null && !this.#curve.knowsOptimum) {
      throw new UserError(`stop at a gap of ${plan.stopAtGap} %: nothing computes the optimum of "${loaded.document.id}"; leave it out`);
    }
  }

  /** Puts trainer and progress where a checkpoint stands. */
  restore(checkpoint: Archive): void {
    this.#trainer.restore(checkpoint);
    const { curve, seconds, stopped } = readProgress(checkpoint);
    this.#curve.restore(curve);
    this.#before = seconds;
    this.#stopped = stopped;
  }

  async complete(): Promise<TrainResult> {
    const { record, plan, signal } = this.#parts;
    this.#saved = { ...record, backend: this.#trainer.backend };
    await saveRun(this.#saved);
    this.#parts.onStart?.(record.run);
    this.#log = await RunLog.open(record.run, { steps: this.#trainer.steps, startedAt: record.startedAt, tensorboard: plan.tensorboard });
    this.#stopped = stopReason(this.#curve.points, plan);
    this.#curve.open({ references: this.#parts.onProgress !== undefined });
    try {
      await this.#iterate();
    } catch (error) {
      throw this.#withAdvice(error);
    } finally {
      await this.#curve.close();
      await this.#logged;
    }
    this.#broken = this.#broken || signal?.aborted === true;
    await this.#save(!this.#broken && plan.evaluation === null);
    return this.#result();
  }

  async #iterate(): Promise<void> {
    const { plan } = this.#parts;
    this.#intervals = Math.floor(((this.#curve.points.at(-1)?.step ?? 0) / this.#trainer.plannedSteps) * plan.curvePoints);
    while ((this.#part() < 1 || !this.#learned) && this.#stopped === null && !(await this.#asked())) {
      const { steps, metrics } = this.#trainer.step();
      await this.#pace();
      this.#write({ steps, seconds: this.#seconds(), ...metrics });
      const intervals = Math.floor(this.#part() * plan.curvePoints);
      if (intervals > this.#intervals && this.#learned) {
        this.#intervals = intervals;
        await this.#measure();
      }
      if (performance.now() - this.#savedAt > plan.checkpointSeconds * 1000) await this.#save(false);
      this.#report();
      await breathe();
    }
  }

  async #asked(): Promise<boolean> {
    const { signal, sitting } = this.#parts;
    this.#broken = signal?.aborted ?? false;
    if (!this.#broken && performance.now() - this.#lookedAt > ASKED) {
      this.#lookedAt = performance.now();
      this.#broken = await sitting.stopAsked();
    }
    return this.#broken;
  }

  /** Is there a policy to be measured and kept? */
  get #learned(): boolean {
    return this.#trainer.learned ?? true;
  }

  /** [s] in training, earlier sittings included. */
  #seconds(): number {
    return this.#before + (performance.now() - this.#began) / 1000;
  }

  #part(): number {
    const { seconds } = this.#parts;
    return seconds === undefined ? this.#trainer.steps / this.#trainer.plannedSteps : this.#seconds() / seconds;
  }

  /** Where time is what is given, the schedules are laid out for the steps that it will allow; who follows the run is told when these become others. */
  async #pace(): Promise<void> {
    const { seconds } = this.#parts;
    if (seconds === undefined) return;
    const { steps } = this.#trainer;
    const plannedSteps = Math.max(steps, Math.round((steps / this.#seconds()) * seconds));
    this.#trainer.plannedSteps = plannedSteps;
    const { config } = this.#saved;
    if (Math.abs(plannedSteps / Number(config.steps) - 1) < PLAN_NEWS) return;
    this.#saved = { ...this.#saved, config: { ...config, steps: plannedSteps } };
    await saveRun(this.#saved);
  }

  /** Another point of the curve; after it, it may be time to stop. */
  async #measure(): Promise<void> {
    const { steps } = this.#trainer;
    const { point } = await this.#curve.add({ step: steps, seconds: this.#seconds() }, this.#trainer.policy());
    this.#write(point.then(({ seconds, costPerPeriod }) => ({ steps, seconds, costPerPeriod })));
    this.#stopped = stopReason(this.#curve.points, this.#parts.plan);
  }

  #write(line: MetricsLine | Promise<MetricsLine>): void {
    const both = Promise.all([line, this.#logged]);
    this.#logged = both.then(([metrics]) => this.#log?.write(metrics));
    // Whoever saves waits for it, and is told of what went wrong.
    this.#logged.catch(() => {});
  }

  #policy() {
    const { loaded, record } = this.#parts;
    return agentPolicy({ name: `run:${record.run}`, network: this.#trainer.policy(), agentInterface: loaded.agentInterface });
  }

  async #save(finished: boolean): Promise<void> {
    const { record } = this.#parts;
    await this.#curve.settle();
    await this.#logged;
    const { points } = this.#curve;
    const progress: ProgressState = { curve: points, seconds: this.#seconds(), stopped: this.#stopped };
    await saveCheckpoint(record.run, withProgress(this.#trainer.save(), progress));
    if (this.#learned) await saveArchive(record.run, 'checkpoint/policy', this.#trainer.policy().save());
    await saveDocument(record.run, 'curve', points);
    await this.#saveRecord(finished);
    this.#savedAt = performance.now();
  }

  async #saveRecord(finished: boolean): Promise<void> {
    const { record } = this.#parts;
    const { backend, steps, plannedSteps } = this.#trainer;
    const config = { ...record.config, steps: plannedSteps };
    this.#saved = { ...record, config, backend, steps, seconds: this.#seconds(), finished };
    await saveRun(this.#saved);
  }

  #report(): void {
    const { steps } = this.#trainer;
    const part = Math.min(1, this.#part());
    const { points, references } = this.#curve;
    this.#parts.onProgress?.({ part, steps, stepsPerSecond: steps / this.#seconds(), last: points.at(-1) ?? null, references });
  }

  async #result(): Promise<TrainResult> {
    const { record, plan, loaded } = this.#parts;
    const { steps, backend, base } = this.#trainer;
    const seconds = this.#seconds();
    const { run, agent } = record;
    const done = {
      run,
      agent,
      backend,
      steps,
      seconds,
      stepsPerSecond: steps / seconds,
      stopped: this.#stopped,
      curve: this.#curve.points,
    };
    if (this.#broken || plan.evaluation === null) return { ...done, evaluation: null, optimum: null, gapPercent: null, base: null };
    const optimum = optimumIfAny(loaded);
    const evaluation = evaluate({
      scenario: loaded.scenario,
      policies: [this.#policy(), ...(base === undefined ? [] : [base])],
      ...plan.evaluation,
      seed: record.seed,
      optimum,
    });
    await saveDocument(run, 'evaluation', evaluation);
    await this.#saveRecord(true);
    const { costPerPeriod, standardError, ci95, gapPercent = null } = evaluation.results[0];
    return {
      ...done,
      evaluation: { costPerPeriod, standardError, ci95 },
      optimum: optimum?.costPerPeriod ?? null,
      gapPercent,
      base: besideBase(evaluation),
    };
  }

  /** A run that stopped at a number that is none says where its last good state is. */
  #withAdvice(error: unknown): unknown {
    if (!(error instanceof Error) || error instanceof UserError || !/ environment steps\.$/.test(error.message)) return error;
    const { run } = this.#parts.record;
    return new Error(`${error.message} The last good checkpoint of run ${run} is as it was; a smaller agent.learningRate may help.`, {
      cause: error,
    });
  }
}

/** The run, evaluated first, against the policy that it improved on, evaluated second. */
function besideBase({ results, differences }: Evaluation): BaseComparison | null {
  const [, base] = results;
  if (base === undefined) return null;
  const [{ mean, ci95 }] = differences;
  return { policy: base.policy, costPerPeriod: base.costPerPeriod, difference: -mean, ci95: ci95 && [-ci95[1], -ci95[0]] };
}
