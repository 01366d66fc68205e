import { UserError } from '../../env/index.ts';

/** What a process that works on tasks answers. */
export type Answer<M> =
  | { readonly type: 'told'; readonly told: M }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string; readonly user: boolean };

/** Makes this process one that works on tasks, one at a time: it is told of them by messages, and ends with who asks. */
export function answerTasks<T, M>(work: (task: T, tell: (told: M) => void) => Promise<void>): void {
  process.on('message', (task: T) => void answer(task, work));
  // Ctrl-C reaches every process of a terminal: the one that asked says when to end.
  process.on('SIGINT', () => {});
  // Whoever asked has gone.
  process.on('disconnect', () => process.exit());
}

async function answer<T, M>(task: T, work: (task: T, tell: (told: M) => void) => Promise<void>): Promise<void> {
  const send = (message: Answer<M>) => void process.send?.(message);
  try {
    await work(task, (told) => send({ type: 'told', told }));
    send({ type: 'done' });
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error), user: error instanceof UserError });
  }
}
