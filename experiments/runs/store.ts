import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UserError } from '../../env/index.ts';
import type { RunPlan } from '../train-options.ts';

/** The whole record of a run, as it stands in run.json. */
export interface RunRecord {
  readonly run: string;
  readonly scenario: string;
  /** `--set` settings laid over the scenario. */
  readonly settings: readonly string[];
  readonly agent: string;
  readonly seed: number;
  /** Every knob of the agent as used. */
  readonly config: Readonly<Record<string, unknown>>;
  /** How it was to be measured, saved and stopped. */
  readonly plan?: RunPlan;
  readonly agentInterface: Readonly<Record<string, unknown>>;
  readonly backend: string;
  /** What read the texts, where there were any. */
  readonly embedder: string | null;
  readonly versions: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly steps: number;
  /** Training time so far, all sittings together. */
  readonly seconds: number;
  readonly finished: boolean;
}

export interface RunSummary {
  readonly run: string;
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
 * A run's record.
 * @throws UserError where there is no such run, or its record is damaged
 */
export async function readRun(run: string): Promise<RunRecord> {
  const file = join(runFolder(run), 'run.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    const known = (await listRuns()).map((summary) => summary.run);
    const offer = known.length > 0 ? `expected one of ${known.slice(-5).join(', ')}` : 'there are none yet: train one first';
    throw new UserError(`run "${run}": not in ${runsFolder()}; ${offer}`);
  }
  return parseRecord(text, file);
}

function parseRecord(text: string, file: string): RunRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${file}: damaged, it is no JSON; remove the run's folder, or restore the file`);
  }
  if (!isRunRecord(value)) throw new UserError(`${file}: damaged, fields are missing; remove the run's folder, or restore the file`);
  return value;
}

function isRunRecord(value: unknown): value is RunRecord {
  if (typeof value !== 'object' || value === null) return false;
  return ['run', 'scenario', 'settings', 'agent', 'seed', 'config', 'agentInterface', 'startedAt', 'steps'].every((key) => key in value);
}

/** All runs, unfinished ones too, oldest first. A damaged one is passed over: `runs show` says what is wrong with it. */
export async function listRuns(): Promise<RunSummary[]> {
  const names = await readdir(runsFolder()).catch(() => []);
  const found: RunSummary[] = [];
  for (const name of names) {
    const text = await readFile(join(runsFolder(), name, 'run.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    try {
      const { run, scenario, agent, steps, finished, startedAt } = parseRecord(text, name);
      found.push({ run, scenario, agent, steps, finished, startedAt });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return found.sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}
