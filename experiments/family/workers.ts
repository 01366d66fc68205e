import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../env/index.ts';
import type { Answer } from './child.ts';
import { type Chunk, workChunk } from './chunk.ts';

export interface WorkOptions {
  /** Processes at once; with 1 the work is done in this one. */
  readonly cores: number;
  readonly signal?: AbortSignal;
  /** Told after each item. */
  readonly onItem?: () => void;
}

/** Works on chunks, each on whichever core is free. What they come to does not depend on how many there are. */
export async function workChunks(chunks: readonly Chunk[], { cores, signal, onItem }: WorkOptions): Promise<void> {
  signal?.throwIfAborted();
  const waiting = [...chunks];
  if (cores === 1) return workHere(waiting, { signal, onItem });
  const children = Array.from({ length: Math.min(cores, waiting.length) }, startChild);
  const end = () => {
    for (const child of children) child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', end, { once: true });
  try {
    await Promise.all(
      children.map(async (child) => {
        for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) await ask(child, chunk, { signal, onItem });
      }),
    );
  } finally {
    signal?.removeEventListener('abort', end);
    end();
  }
}

async function workHere(chunks: readonly Chunk[], { signal, onItem }: Omit<WorkOptions, 'cores'>): Promise<void> {
  for (const chunk of chunks) {
    await workChunk(chunk, onItem);
    // Lets signals in.
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  }
}

function startChild(): ChildProcess {
  // From the sources it is run as they are, compiled as it was compiled.
  const compiled = import.meta.url.endsWith('.js');
  const file = fileURLToPath(new URL(compiled ? './child.js' : './child.ts', import.meta.url));
  const child = fork(file, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: compiled ? [] : ['--import', 'tsx'],
  });
  child.on('error', () => {});
  return child;
}

function ask(child: ChildProcess, chunk: Chunk, { signal, onItem }: Omit<WorkOptions, 'cores'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => void child.off('message', listen).off('exit', lose);
    const lose = () => {
      leave();
      reject(signal?.aborted === true ? signal.reason : new Error(`a process ended while it was at ${chunk.file}`));
    };
    const listen = (answer: Answer) => {
      if (answer.type === 'item') return onItem?.();
      leave();
      if (answer.type === 'done') resolve();
      else reject(answer.user ? new UserError(answer.message) : new Error(answer.message));
    };
    child.on('message', listen).on('exit', lose);
    child.send(chunk);
  });
}
