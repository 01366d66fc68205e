import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedUniversalNetwork } from '../../agents/index.ts';
import { firstItems, mean } from './family-items.ts';
import type { ItemRow, ItemTask } from './item-row.ts';

export interface ItemsOptions {
  readonly family: string;
  readonly count: number;
  readonly lanes: number;
  readonly periods: number;
  /** Processes at once. */
  readonly cores: number;
  /** A file that each item's row is added to as it is measured, and that is read at the start: what it holds is not measured again. */
  readonly keep?: string;
}

/** Random items of a family against each one's own best tuned classic policy: cost above it, in percent. */
export async function items({ count, lanes, periods, cores, keep, family }: ItemsOptions) {
  const network = shippedUniversalNetwork();
  const all = await firstItems(count, { family, network });
  const rows = new Map(kept(keep).map((row) => [row.k, row]));
  const waiting = all.map(({ k }): ItemTask => ({ family, k, lanes, periods })).filter(({ k }) => !rows.has(k));
  const children = Array.from({ length: Math.min(cores, waiting.length) }, startChild);
  await Promise.all(
    children.map(async (child) => {
      for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
        const row = await ask(child, task);
        rows.set(row.k, row);
        if (keep !== undefined) appendFileSync(keep, `${JSON.stringify(row)}\n`);
        console.error(`item ${row.k}: ${row.percent.toFixed(3)} %`);
      }
      child.disconnect();
    }),
  );
  const found = all.flatMap(({ k, facts: { shortageRatio, leadTime, mean: demand, varianceRatio } }) => {
    const row = rows.get(k);
    return row === undefined ? [] : [{ ...row, shortageRatio, leadTime, mean: demand, varianceRatio }];
  });
  const percents = found.map(({ percent }) => percent);
  return {
    items: found.length,
    mean: mean(percents),
    meanStandardError: Math.sqrt(found.reduce((sum, { percent, ci95 }) => sum + ((ci95[1] - percent) / 1.96) ** 2, 0)) / found.length,
    worst: Math.max(...percents),
    best: Math.min(...percents),
    worseByMoreThan03: percents.filter((percent) => percent > 0.3).length,
    surelyWorseByMoreThan03: found.filter(({ ci95 }) => ci95[0] > 0.3).length,
    rows: found,
  };
}

function kept(file: string | undefined): ItemRow[] {
  if (file === undefined || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line): ItemRow => JSON.parse(line));
}

function startChild(): ChildProcess {
  return fork(fileURLToPath(new URL('./item-child.ts', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--import', 'tsx'],
  });
}

function ask(child: ChildProcess, task: ItemTask): Promise<ItemRow> {
  return new Promise((resolve, reject) => {
    const lose = () => reject(new Error(`a process ended while it was at item ${task.k}`));
    child.once('exit', lose).once('message', (row: ItemRow) => {
      child.off('exit', lose);
      resolve(row);
    });
    child.send(task);
  });
}
