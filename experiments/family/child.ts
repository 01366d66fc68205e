import { UserError } from '../../env/index.ts';
import { type Chunk, workChunk } from './chunk.ts';

// A process that works on chunks of a family, one at a time: it is told by messages.

export type Answer =
  | { readonly type: 'item' }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly message: string; readonly user: boolean };

process.on('message', (chunk: Chunk) => void work(chunk));
// Ctrl-C reaches every process of a terminal: the one that asked says when to end.
process.on('SIGINT', () => {});
// Whoever asked has gone.
process.on('disconnect', () => process.exit());

async function work(chunk: Chunk): Promise<void> {
  try {
    await workChunk(chunk, () => answer({ type: 'item' }));
    answer({ type: 'done' });
  } catch (error) {
    answer({ type: 'failed', message: error instanceof Error ? error.message : String(error), user: error instanceof UserError });
  }
}

function answer(message: Answer): void {
  process.send?.(message);
}
