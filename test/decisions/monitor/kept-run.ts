import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recommend } from '../../../decisions/index.ts';
import { createStream } from '../../../env/index.ts';
import { countDistribution, type MethodName, mixtureQuantile } from '../../../forecasting/index.ts';

/** Weeks before and after the recommendation. */
export const KNOWN = 40;
export const LIVE = 14;
const ITEMS = 16;

export const folder = mkdtempSync(join(tmpdir(), 'monitor-'));

/** The Monday of a week by its number. */
export const monday = (week: number) => new Date(Date.UTC(2024, 0, 1 + 7 * week)).toISOString().slice(0, 10);

/** Sales of the weeks [from, to) of a small shop; from `change` on the first four items sell `factor` times as much. */
export function salesLines(from: number, to: number, { change = 999, factor = 1, scale = 1 } = {}): string[] {
  const lines = ['date,item,quantity'];
  for (let item = 0; item < ITEMS; item++) {
    const stream = createStream(item, 'shop');
    const mean = 6 + ((item * 5) % 17);
    for (let week = 0; week < to; week++) {
      const centre = mean * (item < 4 && week >= change ? factor : 1);
      const sold = mixtureQuantile(countDistribution(centre, centre + 0.15 * centre * centre), stream.next());
      if (week >= from) lines.push(`${monday(week)},item-${item},${sold * scale}`);
    }
  }
  return lines;
}

/** Writes a file of that name and gives its path. */
export function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** A folder of that name. */
export function subfolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** A recommendation from the known weeks, kept in the store; gives its id. */
export async function keptRun(method: MethodName = 'moving-average'): Promise<string> {
  const sales = file('known.csv', salesLines(0, KNOWN));
  const stock = file('stock.csv', ['item,onHand', ...Array.from({ length: ITEMS }, (_, item) => `item-${item},20`)]);
  const { run } = await recommend({ sales, stock, method });
  return String(run);
}
