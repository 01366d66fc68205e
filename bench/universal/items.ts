import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saveUniversalNetwork, type UniversalNetwork } from '../../agents/index.ts';
import { workInProcesses } from '../../experiments/index.ts';
import { encodeArchive } from '../../neural/index.ts';
import { firstItems, isLearned, mean } from './family-items.ts';
import type { Told } from './item-child.ts';
import type { ItemRow, ItemTask, Rivals } from './item-row.ts';
import { measuredNetwork } from './measured-network.ts';

export interface ItemsOptions {
  readonly family: string;
  readonly run?: string;
  readonly count: number;
  readonly lanes: number;
  readonly periods: number;
  readonly maxStates: number;
  /** Processes at once. */
  readonly cores: number;
  /** A folder in which what was tuned and measured is kept, and looked for at the start: it is not done again. */
  readonly keep: string;
}

/** Random items of a family against each one's own best tuned classic policy, and against the optimum where it is computed: cost above it, in percent. */
export async function items(options: ItemsOptions) {
  const { family, run, count, lanes, periods, maxStates, cores, keep } = options;
  const network = await measuredNetwork(options);
  const all = await firstItems(count, { family, network });
  mkdirSync(keep, { recursive: true });
  const rivalsFile = join(keep, `${family}-rivals.ndjson`);
  const rowsFile = join(keep, `${family}-${fingerprint(network)}-${lanes}x${periods}.ndjson`);
  const rivals = keptIn<Rivals>(rivalsFile);
  const rows = keptIn<ItemRow>(rowsFile);
  const tasks = all
    .filter(({ k }) => !rows.has(k))
    .map(({ k }): ItemTask => ({ family, run, k, lanes, periods, rivals: rivals.get(k) ?? null, maxStates }));
  const onTold = (told: Told) => {
    if ('rivals' in told) return void appendFileSync(rivalsFile, `${JSON.stringify(told.rivals)}\n`);
    const { row } = told;
    rows.set(row.k, row);
    appendFileSync(rowsFile, `${JSON.stringify(row)}\n`);
    console.error(`${family} ${row.k}: ${row.percent.toFixed(3)} %${row.gap === null ? '' : `, gap ${row.gap.percent.toFixed(3)} %`}`);
  };
  if (tasks.length > 0)
    await workInProcesses(tasks, {
      child: new URL('./item-child', import.meta.url),
      cores,
      nameOf: ({ k }) => `item ${k}`,
      onTold,
    });
  const found = all.flatMap((item) => {
    const row = rows.get(item.k);
    if (row === undefined) return [];
    const { shortageRatio, leadTime, waits, cycle, lot, least, mean: demand, varianceRatio } = item.facts;
    return [{ ...row, learned: isLearned(item, network), shortageRatio, leadTime, waits, cycle, lot, least, mean: demand, varianceRatio }];
  });
  return summary(found);
}

type Found = ItemRow & { readonly learned: boolean };

function summary(found: readonly Found[]) {
  const percents = found.map(({ percent }) => percent);
  const gaps = found.flatMap(({ gap, learned }) => (gap === null || !learned ? [] : [gap]));
  return {
    items: found.length,
    ordersByFormula: found.filter(({ learned }) => !learned).length,
    ...meanOf(found),
    worst: Math.max(...percents),
    best: Math.min(...percents),
    worseByMoreThan03: percents.filter((percent) => percent > 0.3).length,
    surelyWorseByMoreThan03: found.filter(({ ci95 }) => ci95[0] > 0.3).length,
    gaps: gaps.length === 0 ? null : { items: gaps.length, ...meanOf(gaps), worst: Math.max(...gaps.map(({ percent }) => percent)) },
    rivalGaps:
      gaps.length === 0 ? null : meanOf(found.flatMap(({ rivalGap, learned }) => (rivalGap === null || !learned ? [] : [rivalGap]))),
    rows: found,
  };
}

function meanOf(all: readonly { readonly percent: number; readonly ci95: readonly number[] }[]) {
  const errors = all.reduce((sum, { percent, ci95 }) => sum + ((ci95[1] - percent) / 1.96) ** 2, 0);
  return { mean: mean(all.map(({ percent }) => percent)), meanStandardError: Math.sqrt(errors) / all.length };
}

/** What a network was measured as must not be taken for another's. */
function fingerprint(network: UniversalNetwork): string {
  const { kind, arrays } = saveUniversalNetwork(network);
  return createHash('sha256')
    .update(encodeArchive({ kind, data: {}, arrays }))
    .digest('hex')
    .slice(0, 12);
}

function keptIn<T extends { readonly k: number }>(file: string): Map<number, T> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return new Map(lines.map((line): T => JSON.parse(line)).map((row) => [row.k, row]));
}
