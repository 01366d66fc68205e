import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { runFolder, writeWhole } from './store.ts';

/** Who trains a run, as it stands in sitting.json: the last sitting, over when `until` says so or its process is gone. */
interface SittingRecord {
  readonly pid: number;
  readonly host: string;
  /** ISO dates and times. */
  readonly since: string;
  readonly until: string | null;
}

const SITTING = 'sitting.json';
/** There when somebody has asked the process that trains the run to stop. */
const STOP = 'stop';

/** [ms] without news after which a sitting counts as over: a number of a process may have become another's, and a machine elsewhere may be gone. */
const SILENCE = { here: 3_600_000, elsewhere: 120_000 } as const;

/** One sitting of training. While it lasts nobody else trains the run, and others can ask it to stop. */
export class Sitting {
  readonly #run: string;
  readonly #record: SittingRecord;

  private constructor(run: string, record: SittingRecord) {
    this.#run = run;
    this.#record = record;
  }

  /** @throws UserError where a process is training the run */
  static async begin(run: string): Promise<Sitting> {
    if (await isTrained(run)) {
      const record = await readSitting(run);
      throw new UserError(
        `run "${run}": process ${record?.pid} is training it since ${record?.since}; stop that first, or, where it is another program, remove ${join(runFolder(run), SITTING)}`,
      );
    }
    const sitting = new Sitting(run, { pid: process.pid, host: hostname(), since: new Date().toISOString(), until: null });
    await mkdir(runFolder(run), { recursive: true });
    await rm(join(runFolder(run), STOP), { force: true });
    await sitting.#write(null);
    return sitting;
  }

  /** Has somebody asked for its end? */
  async stopAsked(): Promise<boolean> {
    return (await stat(join(runFolder(this.#run), STOP)).catch(() => null)) !== null;
  }

  async end(): Promise<void> {
    await rm(join(runFolder(this.#run), STOP), { force: true });
    await this.#write(new Date().toISOString());
  }

  async #write(until: string | null): Promise<void> {
    await writeWhole(join(runFolder(this.#run), SITTING), `${JSON.stringify({ ...this.#record, until })}\n`);
  }
}

/** Is some process training the run? null: its runs leave no word of that. */
export async function isTrained(run: string): Promise<boolean | null> {
  const record = await readSitting(run);
  if (record === null) return null;
  if (record.until !== null) return false;
  const here = record.host === hostname();
  if (here && !isAlive(record.pid)) return false;
  const news = await Promise.all(
    [SITTING, 'metrics.ndjson'].map(async (name) => (await stat(join(runFolder(run), name)).catch(() => null))?.mtimeMs),
  );
  return Date.now() - Math.max(0, ...news.map((time) => time ?? 0)) < (here ? SILENCE.here : SILENCE.elsewhere);
}

/** Asks whoever trains the run to stop soon and to keep what was done. @throws UserError where nobody trains it */
export async function askToStop(run: string): Promise<void> {
  if ((await isTrained(run)) !== true) throw new UserError(`run "${run}": nobody is training it`);
  await writeFile(join(runFolder(run), STOP), '');
}

async function readSitting(run: string): Promise<SittingRecord | null> {
  try {
    const { pid, host, since, until = null } = JSON.parse(await readFile(join(runFolder(run), SITTING), 'utf8'));
    return typeof pid === 'number' && pid > 0 ? { pid, host: String(host), since: String(since), until } : null;
  } catch (error) {
    if (error instanceof UserError) throw error;
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
