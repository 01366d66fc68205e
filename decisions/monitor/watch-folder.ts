import { watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../env/index.ts';
import { openLineage, saveLineage } from './lineage.ts';
import { checksum, type MonitorOptions, type MonitorResult, monitor } from './monitor.ts';

export interface WatchOptions extends Omit<MonitorOptions, 'sales' | 'now'> {
  readonly folder: string;
  /** [ms] that a file has to stay as it is before it is taken for whole. Default: 2000. */
  readonly settle?: number;
  /** Ends the watch, after the file that is being handled. */
  readonly signal: AbortSignal;
  readonly clock: () => string;
  /** Called after each file. */
  readonly onFile?: (file: WatchedFile) => void;
}

export interface WatchedFile {
  readonly file: string;
  /** What was found, or why it was refused. */
  readonly outcome: string;
  readonly action: MonitorResult['action'] | null;
  readonly promoted: string | null;
}

const TABLES = /\.(csv|tsv|txt|parquet)(\.gz)?$/i;

/** Monitors with each file of a folder, those that are there first by name, then as they come, each content once. A bad one is passed over. */
export async function watchFolder(options: WatchOptions): Promise<WatchedFile[]> {
  const { folder, signal, settle = 2000 } = options;
  const done: WatchedFile[] = [];
  const seen = new Map<string, { readonly stamp: string; readonly since: number; handled: boolean }>();
  const bell = openBell(folder, signal, Math.max(20, settle / 2));
  try {
    while (!signal.aborted) {
      for (const file of await tablesIn(folder)) {
        if (signal.aborted) break;
        const stamp = await stampOf(file);
        const before = seen.get(file);
        if (stamp === null) continue;
        if (before?.stamp !== stamp) seen.set(file, { stamp, since: performance.now(), handled: false });
        else if (!before.handled && performance.now() - before.since >= settle) {
          before.handled = true;
          const outcome = await handle(file, options);
          if (outcome === null) continue;
          done.push(outcome);
          options.onFile?.(outcome);
        }
      }
      await bell.next();
    }
  } finally {
    bell.close();
  }
  return done;
}

/** Null for a file whose content was handled before. */
async function handle(
  file: string,
  { folder: _, settle: __, clock, onFile: ___, signal: ____, ...options }: WatchOptions,
): Promise<WatchedFile | null> {
  const sha256 = await checksum(file);
  const { handled } = await openLineage(options.run);
  if (handled.some((one) => one.sha256 === sha256)) return null;
  try {
    const { action, reasons, update } = await monitor({ update: {}, ...options, sales: file, now: clock() });
    return { file: basename(file), outcome: update?.reason ?? reasons[0], action, promoted: update?.promoted ?? null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const lineage = await openLineage(options.run);
    const outcome = `refused: ${error.message}`;
    await saveLineage({ ...lineage, handled: [...lineage.handled, { file: basename(file), sha256, at: clock(), outcome }] });
    return { file: basename(file), outcome, action: null, promoted: null };
  }
}

async function tablesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => {
    throw new UserError(`--watch ${folder}: there is no such folder; expected one in which files of sales arrive; make it first`);
  });
  return names
    .filter((name) => TABLES.test(name) && !name.startsWith('.'))
    .sort()
    .map((name) => join(folder, name));
}

async function stampOf(file: string): Promise<string | null> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() ? `${found.size} ${found.mtimeMs}` : null;
}

/** Rings when something happens in the folder, after a while in any case, and at the end. Not every file system tells of changes. */
function openBell(folder: string, signal: AbortSignal, most: number): { next(): Promise<void>; close(): void } {
  let ring = (): void => undefined;
  let watcher: ReturnType<typeof watch> | null = null;
  try {
    watcher = watch(folder, () => ring()).on('error', () => ring());
  } catch {
    watcher = null;
  }
  const abort = () => ring();
  signal.addEventListener('abort', abort);
  return {
    next: () =>
      new Promise((resolve) => {
        const timer = setTimeout(() => ring(), most);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
        if (signal.aborted) ring();
      }),
    close: () => {
      watcher?.close();
      signal.removeEventListener('abort', abort);
    },
  };
}
