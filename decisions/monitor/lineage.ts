import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { readStoredRun, runFolder, writeWhole } from '../../experiments/index.ts';
import type { History } from '../../forecasting/index.ts';
import { readHistory, writeHistory } from '../store/history-files.ts';

/** What happened to a line of runs: one took another's place, was held against others and stayed, or got its place back. */
export interface LineageEvent {
  readonly kind: 'promotion' | 'kept' | 'roll-back';
  /** ISO date and time. */
  readonly at: string;
  /** The run in place before and after. */
  readonly from: string;
  readonly to: string;
  /** What it was decided on. */
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** A file of sales that was handled, or refused. */
export interface HandledFile {
  readonly file: string;
  readonly sha256: string;
  readonly at: string;
  readonly outcome: string;
}

/** A run, what took its place, and what came in since. It lies in the folder `monitoring` of the first of them. */
export interface Lineage {
  readonly root: string;
  /** The run that is in place. */
  readonly current: string;
  readonly events: readonly LineageEvent[];
  readonly handled: readonly HandledFile[];
}

const FILE = 'lineage.json';
const LIVE = 'live';

/** The line that a run stands in. @throws UserError where there is no such run, it is of training, or the line's record is damaged */
export async function openLineage(run: string): Promise<Lineage> {
  const root = await rootOf(run);
  const file = join(folderOf(root), FILE);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return { root, current: root, events: [], handled: [] };
  const value = parse(text);
  if (value === null) throw new UserError(`${file}: damaged; restore it, or remove it to go on with run ${root}`);
  return value;
}

/** Writes a line's record, whole or not at all. */
export async function saveLineage(lineage: Lineage): Promise<void> {
  await mkdir(folderOf(lineage.root), { recursive: true });
  await writeWhole(join(folderOf(lineage.root), FILE), `${JSON.stringify(lineage, null, 2)}\n`);
}

/** The sales of the first run with all that came in since; null before any did. */
export async function readLive(root: string, items: History['items']): Promise<History | null> {
  const live = join(folderOf(root), LIVE);
  // A program that was killed while it kept newer sales leaves what was there before.
  for (const folder of [live, `${live}.before`]) {
    const calendar = await readFile(join(folder, 'calendar.json'), 'utf8').catch(() => null);
    if (calendar !== null) return readHistory(folder, items);
  }
  return null;
}

/** Keeps the sales with what came in, in the place of what was kept before. */
export async function saveLive(root: string, history: History): Promise<void> {
  const folder = join(folderOf(root), LIVE);
  const beside = `${folder}.${process.pid}.part`;
  const before = `${folder}.before`;
  await rm(beside, { recursive: true, force: true });
  await mkdir(beside, { recursive: true });
  await writeHistory(beside, history);
  await rm(before, { recursive: true, force: true });
  await rename(folder, before).catch(() => undefined);
  await rename(beside, folder);
  await rm(before, { recursive: true, force: true });
}

/** The run whose place is taken back by `roll-back`: that which the one in place was promoted over. */
export function predecessor({ current, events }: Lineage): string {
  const promotion = events.findLast(({ kind, to }) => kind === 'promotion' && to === current);
  if (promotion !== undefined) return promotion.from;
  throw new UserError(
    `run "${current}" is the first of its line: expected one that was promoted over another; there is nothing to roll back`,
  );
}

function folderOf(root: string): string {
  return join(runFolder(root), 'monitoring');
}

async function rootOf(run: string): Promise<string> {
  let record = await readStoredRun(run);
  for (;;) {
    if (record.kind !== 'recommendation') {
      throw new UserError(`run "${run}" is of training; expected one that recommend made: see runs list`);
    }
    if (record.parent === undefined) return record.run;
    record = await readStoredRun(record.parent);
  }
}

function parse(text: string): Lineage | null {
  try {
    const value: unknown = JSON.parse(text);
    return isLineage(value) ? value : null;
  } catch {
    return null;
  }
}

function isLineage(value: unknown): value is Lineage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'root' in value &&
    'current' in value &&
    'events' in value &&
    Array.isArray(value.events) &&
    'handled' in value &&
    Array.isArray(value.handled)
  );
}
