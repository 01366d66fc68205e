import { UserError } from '../../env/index.ts';
import { createBench, type JobName, type Jobs } from './jobs.ts';

// A process that does long work for a dashboard, one job at a time: it is told by messages, and ended when nobody waits for what it does.

/** What it is told. */
export type Told =
  | { readonly type: 'job'; readonly name: JobName; readonly order: Jobs[JobName]['order'] }
  /** End soon, keep what was done. */
  | { readonly type: 'stop' };

/** What it answers. */
export type Answer =
  | { readonly type: 'started'; readonly run: string }
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly message: string; readonly user: boolean; readonly stack?: string };

const bench = createBench();
let stopping = new AbortController();

process.on('message', (told: Told) => {
  if (told.type === 'stop') stopping.abort();
  else void work(told);
});
// Ctrl-C reaches every process of a terminal: the one that asked says when to end, so that what was done is kept.
process.on('SIGINT', () => {});
// Whoever asked has gone.
process.on('disconnect', () => process.exit());

async function work({ name, order }: Extract<Told, { type: 'job' }>): Promise<void> {
  stopping = new AbortController();
  const options = { signal: stopping.signal, onStart: (run: string) => answer({ type: 'started', run }) };
  try {
    // A job's name and its order come in one message of the same program.
    const job = bench[name] as (given: Jobs[JobName]['order'], options: object) => Promise<unknown>;
    answer({ type: 'done', result: await job(order, options) });
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    answer({ type: 'failed', message, user: error instanceof UserError, stack });
  }
}

function answer(message: Answer): void {
  // Where nobody is left to hear it, that is no fault: `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => {});
}
