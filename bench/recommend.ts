import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recommend } from '../decisions/index.ts';
import { createStream } from '../env/index.ts';
import { writeCsv } from '../forecasting/index.ts';

// From files to orders: 10,000 items x 104 weeks unless other numbers are given, one in a hundred without a sale yet, with a budget of half of what is
// wanted. The files are made by a process of their own, so that the memory is that of the recommendation alone. The run is kept, as the command does.
// npm run -s bench -- recommend [ITEMS] [WEEKS]
const MAKE = '--make';
const FIRST = Date.UTC(2022, 0, 3);
const [KINDS, COLOURS] = ['mug lamp bowl vase cup tray clock candle ribbon card', 'red blue green white black grey gold pink'].map(
  (words) => words.split(' '),
);

function makeFiles(folder: string, items: number, weeks: number): void {
  const stream = createStream(1, 'sales');
  const levels = Float64Array.from({ length: items }, (_, i) => (i % 100 === 99 ? 0 : Math.exp(1 + 1.5 * stream.normal())));
  const ids = Array.from({ length: items }, (_, i) => `item-${i}`);
  writeCsv(join(folder, 'sales.csv'), salesLines(ids, levels, weeks));
  const cells = ids.map(
    (id, i) =>
      `${id},"${COLOURS[i % 8]} ${KINDS[i % 10]}, ${i % 97} cm, no. ${i}",${1 + (i % 9)},${1 + (i % 3)},${[1, 6, 12][i % 3]},supplier ${i % 20}`,
  );
  writeFileSync(join(folder, 'items.csv'), ['item,description,price,leadTime,batch,supplier', ...cells, ''].join('\n'));
  const stock = ids.map((id, i) => `${id},${Math.round(2 * stream.next() * levels[i])},${i % 4 === 0 ? Math.round(levels[i]) : ''}`);
  writeFileSync(join(folder, 'stock.csv'), ['item,onHand,onOrder', ...stock, ''].join('\n'));
}

function* salesLines(ids: readonly string[], levels: Float64Array, weeks: number): Generator<string> {
  const stream = createStream(2, 'sales');
  yield 'date,item,quantity,price\n';
  for (let week = 0; week < weeks; week++) {
    const date = new Date(FIRST + week * 7 * 86_400_000).toISOString().slice(0, 10);
    for (const [i, id] of ids.entries()) {
      const quantity = Math.floor(-levels[i] * Math.log(1 - stream.next()));
      if (quantity > 0) yield `${date},${id},${quantity},${1 + (i % 9)}\n`;
    }
  }
}

async function measure(items: number, weeks: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-recommend-'));
  try {
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), MAKE, folder, String(items), String(weeks)]);
    process.env.REPLENISH_HOME = folder;
    const files = { sales: join(folder, 'sales.csv'), items: join(folder, 'items.csv'), stock: join(folder, 'stock.csv') };
    const cpu = process.cpuUsage();
    const start = performance.now();
    const { method, totals, limits } = await recommend({ ...files, limits: { budget: 20 * items } });
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    console.log(
      JSON.stringify({
        benchmark: 'recommend',
        items,
        weeks,
        salesMegabytes: Math.round(statSync(files.sales).size / 1e6),
        method,
        totals,
        limits,
        seconds: Number(seconds.toFixed(1)),
        cpuSeconds: Number(((user + system) / 1e6).toFixed(1)),
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1000),
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const given = process.argv.slice(2);
if (given[0] === MAKE) makeFiles(given[1], Number(given[2]), Number(given[3]));
else await measure(Number(given[0] ?? 10_000), Number(given[1] ?? 104));
