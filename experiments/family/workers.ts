import { workInProcesses } from '../processes/pool.ts';
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
  if (cores === 1) return workHere(chunks, { signal, onItem });
  return workInProcesses(chunks, { child: new URL('./child', import.meta.url), cores, nameOf: ({ file }) => file, signal, onTold: onItem });
}

async function workHere(chunks: readonly Chunk[], { signal, onItem }: Omit<WorkOptions, 'cores'>): Promise<void> {
  for (const chunk of chunks) {
    await workChunk(chunk, onItem);
    // Lets signals in.
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  }
}
