import { join, resolve } from 'node:path';

/**
 * The folder for things that can be made again: REPLENISH_HOME where that is set, else `.cache` in the current folder.
 * Models stand in `models` under it, text vectors in `embeddings`.
 */
export function cacheFolder(kind: 'models' | 'embeddings'): string {
  const home = process.env.REPLENISH_HOME;
  return join(home ? resolve(home) : resolve('.cache'), kind);
}
