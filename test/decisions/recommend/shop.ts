import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecommendOptions, RecommendResult, Suggestion } from '../../../decisions/index.ts';
import { createStream } from '../../../env/index.ts';

/** The first Monday of the sales, and how many weeks there are. */
export const WEEKS = 40;
export const monday = (week: number) => new Date(Date.UTC(2024, 0, 1 + 7 * week)).toISOString().slice(0, 10);

/** [item] mean weekly sales. */
export const LEVELS: Readonly<Record<string, number>> = { mug: 20, lamp: 6, bowl: 45, vase: 12, cup: 30, tray: 9 };

/** Weekly sales of items that sell about as much every week; `silent` items sell nothing from a week on. */
export function salesLines(options: { readonly silent?: Readonly<Record<string, number>>; readonly seed?: number } = {}): string[] {
  const stream = createStream(options.seed ?? 7, 'shop sales');
  const lines = ['date,item,quantity,price'];
  for (let week = 0; week < WEEKS; week++) {
    for (const [item, level] of Object.entries(LEVELS)) {
      const sold = Math.max(1, Math.round(level * (1 + 0.3 * stream.normal())));
      if (week < (options.silent?.[item] ?? WEEKS)) lines.push(`${monday(week)},${item},${sold},5`);
    }
  }
  return lines;
}

export const ITEMS = ['item,description,price', ...Object.keys(LEVELS).map((item) => `${item},A ${item} of clay,5`)];
export const STOCK = ['item,onHand', ...Object.keys(LEVELS).map((item) => `${item},10`)];

/** Writes files into a folder of their own; gives their paths. */
export function filesOf(files: Readonly<Record<string, readonly string[] | string | Uint8Array>>): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'replenish-shop-'));
  return Object.fromEntries(
    Object.entries(files).map(([name, content]) => {
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, Array.isArray(content) ? `${content.join('\n')}\n` : (content as string | Uint8Array));
      return [name, path];
    }),
  );
}

/** The shop as it stands, with other files where they are given; forecast by a method that is quick. */
export function shop(files: Readonly<Record<string, readonly string[] | string | Uint8Array>> = {}): RecommendOptions {
  const paths = filesOf({ sales: salesLines(), items: ITEMS, stock: STOCK, ...files });
  return { sales: paths.sales, items: paths.items, stock: paths.stock, method: 'ses', keep: false, ...optional(paths) };
}

function optional({ promotions, notes }: Readonly<Record<string, string>>): Partial<RecommendOptions> {
  return { ...(promotions === undefined ? {} : { promotions }), ...(notes === undefined ? {} : { notes }) };
}

export function of({ suggestions }: RecommendResult, item: string): Suggestion {
  const found = suggestions.find((one) => one.item === item);
  if (found === undefined) throw new Error(`no suggestion for ${item}`);
  return found;
}
