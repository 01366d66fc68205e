import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { type Archive, decodeArchive, encodeArchive } from '../../neural/index.ts';
import { runFolder, writeWhole } from './store.ts';

export type ArtefactName = 'checkpoint/policy' | 'checkpoint/best';

/** Writes an archive into a run's folder, whole or not at all. */
export async function saveArchive(run: string, name: ArtefactName, archive: Archive): Promise<void> {
  await writeWhole(join(runFolder(run), `${name}.bin`), encodeArchive(archive));
}

/**
 * Reads an archive of a run.
 * @throws UserError where it is missing, cut short or altered
 */
export async function readArchive(run: string, name: ArtefactName): Promise<Archive> {
  const file = join(runFolder(run), `${name}.bin`);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch {
    throw new UserError(`run "${run}" has no ${name}.bin: it ended before its first checkpoint; train again`);
  }
  return decodeArchive(bytes, { name: file });
}

/** Writes a JSON document into a run's folder. */
export async function saveDocument(run: string, name: 'evaluation' | 'curve', document: unknown): Promise<void> {
  await writeWhole(join(runFolder(run), `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
}

/** A JSON document of a run, or null where it was never written. */
export async function readDocument(run: string, name: 'evaluation' | 'curve'): Promise<unknown> {
  const text = await readFile(join(runFolder(run), `${name}.json`), 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text);
}
