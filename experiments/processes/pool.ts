import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../env/index.ts';
import type { Answer } from './answer-tasks.ts';

export interface PoolOptions<T, M> {
  /** The module that a process runs, which calls `answerTasks`: its URL beside the one who asks, without its ending. */
  readonly child: URL;
  /** Processes at once. */
  readonly cores: number;
  /** What a task is called where its process ends too early. */
  readonly nameOf: (task: T) => string;
  readonly signal?: AbortSignal;
  /** Told what a process says of its task while it is at it: what its `answerTasks` tells. */
  readonly onTold?: (told: M, task: T) => void;
  /** Told of a task that is finished. */
  readonly onDone?: (task: T) => void;
}

/** Works on tasks in processes of their own, each on whichever is free. Ends all of them when it is aborted, or one task fails. */
export async function workInProcesses<T extends object, M>(
  tasks: readonly T[],
  { child, cores, nameOf, signal, onTold, onDone }: PoolOptions<T, M>,
): Promise<void> {
  signal?.throwIfAborted();
  const waiting = [...tasks];
  const children = Array.from({ length: Math.min(cores, waiting.length) }, () => start(child));
  const end = () => {
    for (const one of children) one.kill('SIGKILL');
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    await Promise.all(
      children.map(async (one) => {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
          const own = task;
          await ask(one, own, { name: nameOf(own), signal, onTold: (told: M) => onTold?.(told, own) });
          onDone?.(own);
        }
      }),
    );
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

function start(module: URL): ChildProcess {
  // From the sources it is run as they are, compiled as it was compiled.
  const compiled = import.meta.url.endsWith('.js');
  const child = fork(`${fileURLToPath(module)}${compiled ? '.js' : '.ts'}`, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: compiled ? [] : ['--import', 'tsx'],
  });
  child.on('error', () => {});
  return child;
}

interface Asking<M> {
  readonly name: string;
  readonly signal?: AbortSignal;
  readonly onTold: (told: M) => void;
}

function ask<M>(child: ChildProcess, task: object, { name, signal, onTold }: Asking<M>): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => void child.off('message', listen).off('exit', lose);
    const lose = () => {
      leave();
      reject(signal?.aborted === true ? signal.reason : new Error(`a process ended while it was at ${name}`));
    };
    const listen = (answer: Answer<M>) => {
      if (answer.type === 'told') return onTold(answer.told);
      leave();
      if (answer.type === 'done') resolve();
      else reject(answer.user ? new UserError(answer.message) : new Error(answer.message));
    };
    child.on('message', listen).on('exit', lose);
    child.send(task);
  });
}
