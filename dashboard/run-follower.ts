import { isTrained, type MetricsLine, MetricsTail, type RunRecord, readRun } from '../experiments/index.ts';
import type { Clock } from './clock.ts';
import type { TrainingMessage } from './protocol.ts';
import type { CurveLevels } from './workshop/jobs.ts';

export interface RunFollowerOptions {
  readonly run: string;
  readonly clock: Clock;
  /** What is known of it here: is it trained by this server, was it stopped, did it fail? */
  readonly standing: () => { readonly state: TrainingMessage['state'] | null; readonly message: string | null };
  /** What the usual policies cost on its curve's demand. */
  readonly levels: (record: RunRecord, signal: AbortSignal) => Promise<CurveLevels>;
}

type Listener = (message: TrainingMessage) => void;

/** [ms] between looks at the run; [ms] after the last news for which one that says nothing else counts as being trained; points that are kept at most; of them for the speed. */
const FOLLOW = { every: 400, alive: 10_000, points: 4000, recent: 20 } as const;

/** Reads a run's metrics as they are written and tells all who follow it; they share one reading. */
export class RunFollower {
  readonly #options: RunFollowerOptions;
  readonly #tail: MetricsTail;
  readonly #listeners = new Set<Listener>();
  readonly #work = new AbortController();
  #record: RunRecord | null = null;
  /** Is some process training it? null: its kind of run leaves no word of that. */
  #trained: boolean | null = null;
  #points: TrainingMessage['points'] = [];
  #curve: TrainingMessage['curve'] = [];
  #levels: CurveLevels | null = null;
  #newsAt = Number.NEGATIVE_INFINITY;
  #told = '';
  #cancel = () => {};

  /** @throws UserError for an id that could not be one */
  constructor(options: RunFollowerOptions) {
    this.#options = options;
    this.#tail = new MetricsTail(options.run);
  }

  get followed(): boolean {
    return this.#listeners.size > 0;
  }

  /** @throws UserError where there is no such run */
  async open(): Promise<void> {
    const record = await this.#readRecord();
    await this.#read();
    this.#options
      .levels(record, this.#work.signal)
      .then((levels) => {
        this.#levels = levels;
        this.#tell(this.#points.length, this.#curve.length);
      })
      // The lines to compare with are welcome and no more.
      .catch(() => {});
    this.#plan();
  }

  add(listener: Listener): void {
    this.#listeners.add(listener);
    if (this.#record !== null) listener(this.#message(this.#record, 0, 0));
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  close(): void {
    this.#cancel();
    this.#work.abort();
    this.#listeners.clear();
  }

  #plan(): void {
    this.#cancel = this.#options.clock.after(FOLLOW.every, () => {
      // A run whose files are gone, or half written just now, is looked at again.
      this.#look()
        .catch(() => {})
        .finally(() => {
          if (!this.#work.signal.aborted) this.#plan();
        });
    });
  }

  async #look(): Promise<void> {
    const before = { points: this.#points.length, curve: this.#curve.length };
    await this.#readRecord();
    const anew = await this.#read();
    this.#tell(anew ? 0 : before.points, anew ? 0 : before.curve);
  }

  async #readRecord(): Promise<RunRecord> {
    const { run } = this.#options;
    this.#trained = await isTrained(run);
    this.#record = await readRun(run);
    return this.#record;
  }

  /** Takes in what is new; is everything to be told again? */
  async #read(): Promise<boolean> {
    const { anew, lines } = await this.#tail.read();
    if (anew) {
      this.#points = [];
      this.#curve = [];
    }
    for (const line of lines) this.#take(line);
    if (lines.length > 0 && this.#record !== null) this.#newsAt = this.#options.clock.now();
    const thin = this.#points.length > FOLLOW.points;
    while (this.#points.length > FOLLOW.points) this.#points = this.#points.filter((_, k) => k % 2 === 1);
    return anew || thin;
  }

  #take({ steps: step, seconds, ...metrics }: MetricsLine): void {
    if (metrics.costPerPeriod === undefined) this.#points.push({ step, seconds, metrics });
    else this.#curve.push({ step, seconds, costPerPeriod: metrics.costPerPeriod });
  }

  #tell(from: number, curveFrom: number): void {
    if (this.#record === null) return;
    const message = this.#message(this.#record, from, curveFrom);
    const { state, steps, baselines } = message;
    const told = `${state} ${steps} ${baselines.length}`;
    if (told === this.#told && message.points.length === 0 && message.curve.length === 0) return;
    this.#told = told;
    for (const listener of this.#listeners) listener(message);
  }

  #message(record: RunRecord, from: number, curveFrom: number): TrainingMessage {
    const { message } = this.#options.standing();
    const steps = Math.max(this.#points.at(-1)?.step ?? 0, record.steps);
    // A plan by time is an estimate of steps: what is finished has made all of its own.
    const plannedSteps = record.finished ? steps : Number(record.config.steps) || steps;
    const stepsPerSecond = this.#speed();
    const now = this.#state(record);
    return {
      type: 'training',
      run: record.run,
      scenario: record.scenario,
      agent: record.agent,
      seed: record.seed,
      state: now,
      message,
      from,
      points: this.#points.slice(from),
      curveFrom,
      curve: this.#curve.slice(curveFrom),
      steps,
      plannedSteps,
      stepsPerSecond,
      secondsLeft: now === 'training' && stepsPerSecond !== null ? Math.max(0, (plannedSteps - steps) / stepsPerSecond) : null,
      baselines: [...(this.#levels?.baselines ?? [])],
      optimum: this.#levels?.optimum ?? null,
    };
  }

  #state({ finished }: RunRecord): TrainingMessage['state'] {
    const { state } = this.#options.standing();
    const heard = this.#options.clock.now() - this.#newsAt < FOLLOW.alive && this.#points.length > 0;
    if (state === 'failed') return state;
    if (finished) return 'finished';
    if (state === 'training' || (this.#trained ?? heard)) return 'training';
    return state ?? 'away';
  }

  #speed(): number | null {
    const last = this.#points.at(-1);
    const before = this.#points.at(-FOLLOW.recent) ?? this.#points[0];
    if (last === undefined || before === undefined || last.seconds <= before.seconds) return null;
    return (last.step - before.step) / (last.seconds - before.seconds);
  }
}
