import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evaluation } from '../evaluate.ts';
import { runsFolder, writeWhole } from './store.ts';

/** An evaluation as it is kept in the run store. */
export interface EvaluationRecord {
  readonly id: string;
  /** `--set` settings laid over the scenario. */
  readonly settings: readonly string[];
  /** When it was made: an ISO date and time. */
  readonly at: string;
  readonly evaluation: Evaluation;
}

const FOLDER = 'evaluations';

/** Keeps an evaluation in the run store, beside the runs; gives its id. */
export async function saveEvaluation(evaluation: Evaluation, { settings }: { readonly settings: readonly string[] }): Promise<string> {
  const now = new Date();
  const stamp = now.toISOString().replace(/[-:]/g, '').slice(0, 15).toLowerCase();
  const id = `${evaluation.scenario}-${stamp}-${randomBytes(2).toString('hex')}`;
  const folder = join(runsFolder(), FOLDER);
  await mkdir(folder, { recursive: true });
  const record: EvaluationRecord = { id, settings, at: now.toISOString(), evaluation };
  await writeWhole(join(folder, `${id}.json`), `${JSON.stringify(record, null, 2)}\n`);
  return id;
}

/**
 * Evaluations that were kept, and those at the end of training runs, the latest first. A damaged one is passed over.
 * @param most so many at most; default 200
 */
export async function listEvaluations({ most = 200 }: { readonly most?: number } = {}): Promise<EvaluationRecord[]> {
  const own = join(runsFolder(), FOLDER);
  // Years of evaluations may lie there: their names tell which are the latest.
  const latest = (await names(own)).filter((name) => name.endsWith('.json')).sort((a, b) => stampOf(b).localeCompare(stampOf(a)));
  const files = latest.slice(0, most).map((name) => join(own, name));
  const kept = await Promise.all(files.map(readRecord));
  const runs = (await names(runsFolder())).filter((name) => name !== FOLDER);
  const trained = await Promise.all(runs.map(readTrained));
  return [...kept, ...trained]
    .filter((record) => record !== null)
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, most);
}

/** The time in a file's name. */
function stampOf(name: string): string {
  return name.split('-').at(-2) ?? '';
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function readRecord(file: string): Promise<EvaluationRecord | null> {
  const value = await readJson(file);
  return isRecord(value) ? value : null;
}

/** What a training run was measured at in the end. */
async function readTrained(run: string): Promise<EvaluationRecord | null> {
  const folder = join(runsFolder(), run);
  const evaluation = await readJson(join(folder, 'evaluation.json'));
  const record = await readJson(join(folder, 'run.json'));
  if (!isEvaluation(evaluation) || typeof record !== 'object' || record === null) return null;
  const settings: unknown = Reflect.get(record, 'settings');
  const at: unknown = Reflect.get(record, 'startedAt');
  if (typeof at !== 'string' || !Array.isArray(settings)) return null;
  return { id: run, settings: settings.map(String), at, evaluation };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is EvaluationRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'at' in value &&
    typeof value.at === 'string' &&
    'settings' in value &&
    Array.isArray(value.settings) &&
    'evaluation' in value &&
    isEvaluation(value.evaluation)
  );
}

/** Has it what an evaluation cannot be without? */
export function isEvaluation(value: unknown): value is Evaluation {
  return typeof value === 'object' && value !== null && ['scenario', 'seed', 'lanes', 'periods', 'results'].every((key) => key in value);
}
