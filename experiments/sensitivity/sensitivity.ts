import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readScenarioDocument } from '../../scenarios/index.ts';
import { breathe } from '../compare.ts';
import { checkLanes, joinVariants, type VariantComparison } from '../compare-variants.ts';
import type { MeasuredVariant } from '../measure-variant.ts';
import { workInProcesses } from '../processes/pool.ts';
import { readRun, runsFolder } from '../runs/store.ts';
import { assignments, combinations, type Vary } from '../vary.ts';
import { productVersions } from '../versions.ts';
import { type Cell, type CellTold, readCell, workCell } from './cell.ts';

export interface SensitivityOptions {
  /** A preset's id, or a YAML file. */
  readonly scenario: string;
  readonly vary: readonly Vary[];
  /** `name=value` settings laid over every variant. */
  readonly set?: readonly string[];
  /** Default: the scenario's baselines. */
  readonly policies?: readonly string[];
  /** Runs whose agents take part. */
  readonly runs?: readonly string[];
  readonly seed?: number;
  readonly lanes?: number;
  readonly periods?: number;
  /** Processes at once; with 1 the work is done in this one. Default: all cores. */
  readonly cores?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (part: number, doing: string) => void;
  readonly onMessage?: (message: string) => void;
}

/** Where cells lie until all are there. */
const FOLDER = 'sensitivities';
/** Of the files that cells are kept in. */
const VERSION = 1;

/**
 * Policies over a grid of variants, each variant in a process of its own and kept as soon as it is measured: the same call after it was broken off, by whatever, goes on
 * where it was. The numbers are those of `compareVariants`.
 * @throws UserError where a variant cannot be loaded, a policy does not fit it, or variants are of different numbers of items
 */
export async function sensitivity(options: SensitivityOptions): Promise<VariantComparison> {
  const { signal, seed = 0, onMessage } = options;
  const { folder, cells } = await plan(options);
  const kept = await whole(cells);
  const missing = cells.filter((_, k) => kept[k] === null);
  if (missing.length < cells.length) onMessage?.(`${cells.length - missing.length} of ${cells.length} variants are there from before`);
  try {
    await work(missing, cells.length, options);
  } catch (error) {
    const there = (await whole(cells)).filter((cell) => cell !== null).length;
    if (signal?.aborted) onMessage?.(`${there} of ${cells.length} variants are kept: the same command goes on from there`);
    throw error;
  }
  const measured: MeasuredVariant[] = [];
  for (const [k, { file }] of cells.entries()) {
    measured.push(kept[k] ?? (await readCell(file)));
    checkLanes(measured);
  }
  await rm(folder, { recursive: true, force: true });
  return joinVariants(measured, seed);
}

/** Cells by what is in them: where anything changes that numbers depend on, they are others. */
async function plan(options: SensitivityOptions): Promise<{ readonly folder: string; readonly cells: readonly Cell[] }> {
  const { scenario, vary, set = [], policies = null, runs = [], seed = 0, lanes, periods } = options;
  const all = combinations(vary);
  const named = (policies ?? []).filter((spec) => spec.startsWith('run:')).map((spec) => spec.slice(4).split('@')[0]);
  const trained = await Promise.all([...runs, ...named].map(readRun));
  const agents = trained.map(({ run, steps, seconds }) => [run, steps, seconds]);
  const documents = [];
  for (const settings of all) documents.push(await readScenarioDocument(scenario, [...set, ...assignments(settings)]));
  const told = JSON.stringify([VERSION, productVersions(), documents, all, policies, agents, seed, lanes, periods]);
  const folder = join(runsFolder(), FOLDER, createHash('sha256').update(told).digest('hex').slice(0, 16));
  const common = { scenario, set, policies, runs, seed, lanes, periods };
  return { folder, cells: all.map((settings, k) => ({ ...common, settings, file: join(folder, `cell-${k}.bin`) })) };
}

/** [cell] what is there of before; a damaged file counts as none. */
async function whole(cells: readonly Cell[]): Promise<(MeasuredVariant | null)[]> {
  const [first] = cells;
  if ((await readdir(join(first.file, '..')).catch(() => [])).length === 0) return cells.map(() => null);
  return Promise.all(cells.map(({ file }) => readCell(file).catch(() => null)));
}

async function work(missing: readonly Cell[], total: number, options: SensitivityOptions): Promise<void> {
  const { cores = availableParallelism(), signal, onProgress, onMessage } = options;
  const parts = new Map(missing.map(({ file }) => [file, 0]));
  const said = new Set<string>();
  const tell = (told: CellTold, { file }: Cell) => {
    if (told.kind === 'message') {
      // Every process has the same to say.
      if (!said.has(told.message)) onMessage?.(told.message);
      said.add(told.message);
      return;
    }
    parts.set(file, told.part);
    const done = total - missing.length + [...parts.values()].reduce((sum, part) => sum + part, 0);
    onProgress?.(done / total, told.doing);
  };
  const finish = (cell: Cell) => tell({ kind: 'progress', part: 1, doing: assignments(cell.settings).join(' ') }, cell);
  if (cores > 1 && missing.length > 1) {
    const child = new URL('./child', import.meta.url);
    await workInProcesses(missing, {
      child,
      cores,
      nameOf: ({ settings }) => assignments(settings).join(' '),
      signal,
      onTold: tell,
      onDone: finish,
    });
    return;
  }
  for (const cell of missing) {
    signal?.throwIfAborted();
    await workCell(cell, (told) => tell(told, cell), signal);
    finish(cell);
    await breathe();
  }
}
