import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../env/index.ts';
import type { Answer, Told } from './child.ts';
import type { JobName, JobOptions, Jobs } from './jobs.ts';

/** A child process and the job that it is at. */
export class Worker {
  readonly #child: ChildProcess;
  #gone = false;

  constructor() {
    // From the sources it is run as they are, compiled as it was compiled.
    const compiled = import.meta.url.endsWith('.js');
    const file = fileURLToPath(new URL(compiled ? './child.js' : './child.ts', import.meta.url));
    this.#child = fork(file, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: compiled ? [] : ['--import', 'tsx'],
    });
    this.#child.once('exit', () => {
      this.#gone = true;
    });
    this.#child.on('error', () => {});
    yieldTo(this.#child);
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** Does a job. Where it is called off the process ends with it: what it computes cannot be interrupted otherwise. */
  async run<K extends JobName>(name: K, order: Jobs[K]['order'], { signal, onStart }: JobOptions = {}): Promise<Jobs[K]['result']> {
    const child = this.#child;
    const end = () => this.end();
    signal?.throwIfAborted();
    signal?.addEventListener('abort', end, { once: true });
    try {
      return await new Promise<Jobs[K]['result']>((resolve, reject) => {
        const leave = () => {
          child.off('message', listen).off('exit', lose);
        };
        const lose = () => {
          leave();
          reject(signal?.aborted === true ? signal.reason : new Error(`a process of the dashboard ended while it was at "${name}"`));
        };
        const listen = (answer: Answer) => {
          if (answer.type === 'started') return onStart?.(answer.run);
          leave();
          // The other side is this program: a job's answer is what the job gives.
          if (answer.type === 'done') resolve(answer.result as Jobs[K]['result']);
          else reject(failure(answer));
        };
        child.on('message', listen).on('exit', lose);
        this.#tell({ type: 'job', name, order });
      });
    } finally {
      signal?.removeEventListener('abort', end);
    }
  }

  /** Asks it to end its job soon and to keep what was done. */
  stop(): void {
    this.#tell({ type: 'stop' });
  }

  end(): void {
    this.#gone = true;
    this.#child.kill('SIGKILL');
  }

  /** Until it has ended by itself. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
  }

  #tell(told: Told): void {
    if (this.#child.connected) this.#child.send(told);
  }
}

/** The server goes first; what is below that would stand still beside a busy browser. */
function yieldTo({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Not every system allows it, and it is no more than good manners.
  }
}

function failure({ message, user, stack }: Extract<Answer, { type: 'failed' }>): Error {
  if (user) return new UserError(message);
  const error = new Error(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
