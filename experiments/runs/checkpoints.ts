import { copyFile, link, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { type Archive, decodeArchive, encodeArchive } from '../../neural/index.ts';
import { runFolder } from './store.ts';

/** Two checkpoints are kept: the last one and the one before it. */
export const CHECKPOINTS = ['last', 'previous'] as const;
export type CheckpointName = (typeof CHECKPOINTS)[number];

const FILES: Readonly<Record<CheckpointName, string>> = { last: 'trainer.bin', previous: 'trainer.previous.bin' };

/** Writes a checkpoint beside its place and renames it; the one that stood there becomes the one before. At no moment is there none. */
export async function saveCheckpoint(run: string, archive: Archive): Promise<void> {
  const last = checkpointFile(run, 'last');
  const beside = `${last}.${process.pid}.part`;
  await writeFile(beside, encodeArchive(archive));
  await keepAsPrevious(run);
  await rename(beside, last);
}

/**
 * Reads a checkpoint of a run; null where training was broken off before its first one.
 * @throws UserError for one that is cut short or altered: its name, what is wrong, and whether the one before it can be used
 */
export async function readCheckpoint(run: string, which: CheckpointName = 'last'): Promise<Archive | null> {
  const file = checkpointFile(run, which);
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null && which === 'previous')
    throw new UserError(`${file}: there is no checkpoint before the last one; leave --checkpoint out`);
  if (bytes === null) return null;
  try {
    return decodeArchive(bytes, { name: file });
  } catch (error) {
    if (which === 'previous' || !(error instanceof UserError)) throw error;
    throw new UserError(`${error.message} ${await offer(run)}`);
  }
}

/** Removes what a process that was killed left half written. */
export async function clearHalfWritten(run: string): Promise<void> {
  const folder = runFolder(run);
  for (const place of [folder, join(folder, 'checkpoint')]) {
    const names = await readdir(place).catch(() => []);
    for (const name of names) if (name.endsWith('.part')) await rm(join(place, name), { force: true });
  }
}

function checkpointFile(run: string, which: CheckpointName): string {
  return join(runFolder(run), 'checkpoint', FILES[which]);
}

async function keepAsPrevious(run: string): Promise<void> {
  const last = checkpointFile(run, 'last');
  const previous = checkpointFile(run, 'previous');
  const beside = `${previous}.${process.pid}.part`;
  await rm(beside, { force: true });
  try {
    await link(last, beside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    // Not every file system links.
    await copyFile(last, beside);
  }
  await rename(beside, previous);
}

async function offer(run: string): Promise<string> {
  const file = checkpointFile(run, 'previous');
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) return 'There is none before it: train a new run.';
  try {
    const { data } = decodeArchive(bytes, { name: file });
    return `The one before it, of step ${data.steps}, is whole: replenish train --resume ${run} --checkpoint previous`;
  } catch {
    return 'The one before it is damaged as well: train a new run.';
  }
}
