import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { UserError } from '../env/index.ts';
import type { TrainResult } from '../experiments/index.ts';

/** What one number did over the seeds. Worst is the largest: costs and gaps are better when small. */
export interface SeedSummary {
  readonly mean: number;
  /** Between seeds (n - 1); null of a single one. */
  readonly standardDeviation: number | null;
  readonly worst: number;
}

export interface SeedsResult {
  readonly seeds: readonly (TrainResult & { readonly seed: number })[];
  readonly costPerPeriod: SeedSummary | null;
  readonly gapPercent: SeedSummary | null;
}

export interface TrainSeedsOptions {
  /** The command line of one run, without `replenish`, seeds and --json. */
  readonly argv: readonly string[];
  readonly first: number;
  readonly count: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
  readonly onDone: (done: number) => void;
}

/** Trains with several seeds, each in a process of its own, as many at a time as there are cores, which they share out. */
export async function trainSeeds({ argv, first, count, signal, log, onDone }: TrainSeedsOptions): Promise<SeedsResult> {
  const waiting = Array.from({ length: count }, (_, k) => first + k);
  const done = new Map<number, TrainResult>();
  const cores = availableParallelism();
  const workers = Math.min(count, cores);
  const each = ['--cores', String(Math.max(1, Math.floor(cores / workers))), '--json'];
  const work = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined && !signal.aborted; seed = waiting.shift()) {
      done.set(seed, await trainInChild([...argv, '--seed', String(seed), ...each], { seed, signal, log }));
      onDone(done.size);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const seeds = [...done].sort(([a], [b]) => a - b).map(([seed, result]) => ({ seed, ...result }));
  return {
    seeds,
    costPerPeriod: summary(seeds.map(({ evaluation }) => evaluation?.costPerPeriod)),
    gapPercent: summary(seeds.map(({ gapPercent }) => gapPercent)),
  };
}

/** Mean, standard deviation and worst; null where a number is missing. */
export function summary(values: readonly (number | null | undefined)[]): SeedSummary | null {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0 || numbers.length < values.length) return null;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: numbers.length > 1 ? Math.sqrt(squares / (numbers.length - 1)) : null, worst: Math.max(...numbers) };
}

/** A command line without the options that say which seeds, on how many cores, and how to print. */
export function withoutSeeds(argv: readonly string[]): string[] {
  const kept: string[] = [];
  for (let k = 0; k < argv.length; k++) {
    if (/^--(seeds?|cores)$/.test(argv[k])) k++;
    else if (!/^--(seeds?|cores)=/.test(argv[k]) && argv[k] !== '--json') kept.push(argv[k]);
  }
  return kept;
}

function trainInChild(
  argv: readonly string[],
  { seed, signal, log }: { readonly seed: number; readonly signal: AbortSignal; readonly log: (line: string) => void },
): Promise<TrainResult> {
  // The program as it was started: a path beside this module would not be there in a bundle.
  const child = spawn(process.execPath, [process.argv[1], ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
  const interrupt = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', interrupt);
  let stdout = '';
  let last = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trimEnd().split('\n')) {
      last = line;
      if (!line.startsWith('Training ')) log(`seed ${seed}: ${line}`);
    }
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      if (code === 0) resolve(JSON.parse(stdout));
      else reject(code === 2 ? new UserError(last) : new Error(`seed ${seed} ended with ${code}: ${last}`));
    });
  });
}
