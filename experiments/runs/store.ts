import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../env/index.ts';
import { isStoredRun, kindOf, type RunKind, type RunRecord, type StoredRun } from './records.ts';

export interface RunSummary {
  readonly run: string;
  readonly kind: RunKind;
  readonly scenario: string;
  readonly agent: string;
  readonly steps: number;
  readonly finished: boolean;
  readonly startedAt: string;
}

/** The folder of all runs: `runs` in the folder that REPLENISH_HOME names, else in the current one. */
export function runsFolder(): string {
  return join(resolve(process.env.REPLENISH_HOME ?? '.'), 'runs');
}

/** A run's folder. @throws UserError for an id that could not be one */
export function runFolder(run: string): string {
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(run)) throw new UserError(`run "${run}": expected an id as runs list shows it`);
  return join(runsFolder(), run);
}

/** A new id: scenario, agent, time and four letters, so that a listing sorts by scenario and age. */
export function newRunId({ scenario, agent, startedAt }: { scenario: string; agent: string; startedAt: Date }): string {
  const stamp = startedAt.toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase();
  return `${scenario}-${agent}-${stamp}-${randomBytes(2).toString('hex')}`;
}

/** Writes a file beside its place and renames it, so that it is there whole or not at all. */
export async function writeWhole(file: string, content: string | Uint8Array): Promise<void> {
  const beside = `${file}.${process.pid}.part`;
  await writeFile(beside, content);
  await rename(beside, file);
}

/** Writes a run's record, making its folder. */
export async function saveRun(record: RunRecord): Promise<void> {
  const folder = runFolder(record.run);
  await mkdir(join(folder, 'checkpoint'), { recursive: true });
  await writeWhole(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * A training run's record.
 * @throws UserError where there is no such run, it is of another kind, or its record is damaged
 */
export async function readRun(run: string): Promise<RunRecord> {
  const record = await readStoredRun(run);
  if (record.kind === 'recommendation') throw new UserError(`run "${run}" is a recommendation; expected a training run: see runs list`);
  return record;
}

/**
 * A run's record, whatever made it.
 * @throws UserError where there is no such run, or its record is damaged
 */
export async function readStoredRun(run: string): Promise<StoredRun> {
  const file = join(runFolder(run), 'run.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    const known = (await listRuns()).map((summary) => summary.run);
    const offer = known.length > 0 ? `expected one of ${known.slice(-5).join(', ')}` : 'there are none yet: train one first, or recommend';
    throw new UserError(`run "${run}": not in ${runsFolder()}; ${offer}`);
  }
  return parseRecord(text, file);
}

function parseRecord(text: string, file: string): StoredRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${file}: damaged, it is no JSON; remove the run's folder, or restore the file`);
  }
  if (!isStoredRun(value)) throw new UserError(`${file}: damaged, fields are missing; remove the run's folder, or restore the file`);
  return value;
}

/** All runs, unfinished ones too, oldest first. A damaged one is passed over: `runs show` says what is wrong with it. */
export async function listRuns(): Promise<RunSummary[]> {
  const names = await readdir(runsFolder()).catch(() => []);
  const found: RunSummary[] = [];
  // A folder with a point before its name is still being written.
  for (const name of names.filter((one) => !one.startsWith('.'))) {
    const text = await readFile(join(runsFolder(), name, 'run.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    try {
      const record = parseRecord(text, name);
      const { run, scenario, agent, steps, finished, startedAt } = record;
      found.push({ run, kind: kindOf(record), scenario, agent, steps, finished, startedAt });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return found.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}
