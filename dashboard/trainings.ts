import { UserError } from '../env/index.ts';
import { agentKnobs, agentNames, askToStop, readKnobs, readRun } from '../experiments/index.ts';
import type { Clock } from './clock.ts';
import type { AgentChoice, TrainingMessage, TrainMessage, WatchMessage } from './protocol.ts';
import { RunFollower } from './run-follower.ts';
import type { TrainingDesk } from './source.ts';
import type { JobOptions, Jobs, Place } from './workshop/jobs.ts';
import { Worker } from './workshop/worker.ts';
import type { Workshop } from './workshop/workshop.ts';

type TrainJob = 'train' | 'resume';

/** A process that trains. */
export interface Trainee {
  run(name: TrainJob, order: Jobs[TrainJob]['order'], options?: JobOptions): Promise<Jobs[TrainJob]['result']>;
  /** Ends training soon; what was done is kept. */
  stop(): void;
  end(): void;
}

export interface TrainingsOptions {
  readonly clock: Clock;
  readonly workshop: Workshop;
  /** @throws UserError for a scenario or knob that there is not */
  readonly placeOf: (scenario: string, set: WatchMessage['set']) => Promise<Place>;
  /** Default: a process of its own. */
  readonly hire?: () => Trainee;
}

interface Standing {
  readonly trainee: Trainee | null;
  readonly state: TrainingMessage['state'] | null;
  readonly message: string | null;
}

/** Runs trained at the same time by one server. */
const MOST = 2;

/** Training for pages: started, stopped and resumed in processes of their own, and followed wherever it takes place. */
export class Trainings implements TrainingDesk {
  readonly agents = agentNames.map(choiceOf);
  readonly #options: TrainingsOptions;
  readonly #standings = new Map<string, Standing>();
  readonly #followers = new Map<string, RunFollower>();
  readonly #trainees = new Set<Trainee>();
  #closing: (() => void) | null = null;

  constructor(options: TrainingsOptions) {
    this.#options = options;
  }

  async follow(run: string, onMessage: (message: TrainingMessage) => void): Promise<() => void> {
    const follower = this.#followers.get(run) ?? (await this.#openFollower(run));
    follower.add(onMessage);
    return () => {
      follower.remove(onMessage);
      if (follower.followed) return;
      follower.close();
      if (this.#followers.get(run) === follower) this.#followers.delete(run);
    };
  }

  async start({ scenario, set, agent, settings, steps, seconds, seed }: Extract<TrainMessage, { action: 'start' }>): Promise<string> {
    if (!agentNames.includes(agent)) throw new UserError(`agent "${agent}": expected one of ${agentNames.join(', ')}`);
    const place = await this.#options.placeOf(scenario, set);
    if (place.heldOut) throw new UserError(`scenario "${scenario}": held-out periods are not trained on; leave "-held-out" out`);
    // As they are written on the command line: a page knows texts and numbers only.
    const read = readKnobs(
      agent,
      Object.entries(settings).map(([name, value]) => `${name}=${value}`),
    );
    return this.#train('train', { place, agent, settings: read, seed, steps, seconds });
  }

  async resume(run: string, steps?: number): Promise<string> {
    if (this.#standings.get(run)?.trainee) throw new UserError(`run "${run}": it is being trained; stop it first`);
    const record = await readRun(run);
    if (record.finished && steps === undefined) {
      throw new UserError(`run "${run}": it has made its ${record.steps} steps; expected a larger number of steps to go on`);
    }
    return this.#train('resume', { run, steps });
  }

  async stop(run: string): Promise<void> {
    const trainee = this.#standings.get(run)?.trainee;
    if (trainee) return trainee.stop();
    await askToStop(run);
    this.#standings.set(run, { trainee: null, state: 'stopped', message: null });
  }

  async close(): Promise<void> {
    for (const follower of this.#followers.values()) follower.close();
    if (this.#trainees.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#closing = resolve;
      for (const trainee of this.#trainees) trainee.stop();
    });
  }

  /** Gives the run's id once it has begun; training goes on from there. */
  #train(name: TrainJob, order: Jobs[TrainJob]['order']): Promise<string> {
    if (this.#trainees.size >= MOST) throw new UserError(`${MOST} runs are being trained here, expected fewer: stop one of them`);
    const { hire = () => new Worker() } = this.#options;
    const trainee = hire();
    this.#trainees.add(trainee);
    return new Promise<string>((resolve, reject) => {
      let begun: string | null = null;
      const onStart = (run: string) => {
        begun = run;
        this.#standings.set(run, { trainee, state: 'training', message: null });
        resolve(run);
      };
      trainee
        .run(name, order, { onStart })
        .then(
          ({ run }) => this.#standings.set(run, { trainee: null, state: 'stopped', message: null }),
          (error: unknown) => {
            const message = error instanceof Error ? error.message : String(error);
            if (begun !== null) this.#standings.set(begun, { trainee: null, state: 'failed', message });
            reject(error);
          },
        )
        .finally(() => this.#dismiss(trainee));
    });
  }

  #dismiss(trainee: Trainee): void {
    trainee.end();
    this.#trainees.delete(trainee);
    if (this.#trainees.size === 0) this.#closing?.();
  }

  async #openFollower(run: string): Promise<RunFollower> {
    const { clock, workshop } = this.#options;
    const follower = new RunFollower({
      run,
      clock,
      standing: () => this.#standings.get(run) ?? { state: null, message: null },
      levels: async ({ scenario: source, settings, seed }, signal) =>
        workshop.run('levels', { place: { source, settings, heldOut: false }, seed }, { signal }),
    });
    await follower.open();
    const other = this.#followers.get(run);
    if (other !== undefined) {
      follower.close();
      return other;
    }
    this.#followers.set(run, follower);
    return follower;
  }
}

/** An agent with its knobs; how many steps it is trained is asked for by itself. */
function choiceOf(name: string): AgentChoice {
  const knobs = agentKnobs(name)
    .filter((knob) => knob.name !== 'steps')
    .map((knob) => ({ name: knob.name, help: `${knob.help} Takes: ${knob.takes}.`, value: written(knob.default) }));
  return { name, knobs };
}

/** A default as one would type it. */
function written(value: unknown): string | number | boolean {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value ?? null);
}
