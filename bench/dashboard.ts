import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { laboratorySource, startDashboard } from '../dashboard/index.ts';

// 200 pages that watch one session and 50 sessions beside it, on one server in this process; the pages are in a second one. Options: --seconds 600
// (10 unless given), --watchers, --sessions. In between a reader that stops reading is let go, and one asks for four policies over 5,000 periods at once.
const seconds = option('seconds', 10);
const watchers = option('watchers', 200);
const sessions = option('sessions', 50);

const page = mkdtempSync(join(tmpdir(), 'replenish-bench-'));
writeFileSync(join(page, 'index.html'), '<!doctype html><title>bench</title>');
const dropped: string[] = [];
const dashboard = await startDashboard({
  source: await laboratorySource(),
  start: { scenario: 'lost-sales', policies: ['base-stock:S=30'], seed: 1, periods: 100 },
  page,
  log: (line) => dropped.push(line),
});

const memory: number[] = [];
const sampling = setInterval(() => memory.push(process.memoryUsage().rss), 1000);
let busiest = 0;
let last = performance.now();
const heartbeat = setInterval(() => {
  const now = performance.now();
  busiest = Math.max(busiest, now - last - 10);
  last = now;
}, 10);
const before = process.cpuUsage();
const load = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    fileURLToPath(new URL('./support/dashboard-load.ts', import.meta.url)),
    dashboard.url,
    JSON.stringify({ seconds, watchers, sessions }),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let output = '';
load.stdout.on('data', (chunk) => {
  output += String(chunk);
});
await once(load, 'close');
clearInterval(sampling);
clearInterval(heartbeat);
const { user, system } = process.cpuUsage(before);
await dashboard.close();
rmSync(page, { recursive: true });

const MB = 1024 * 1024;
const third = memory[Math.floor(memory.length / 3)] ?? process.memoryUsage().rss;
const rss = memory.at(-1) ?? third;
console.log(
  JSON.stringify({
    benchmark: 'dashboard',
    ...JSON.parse(output),
    rssMB: Math.round(rss / MB),
    rssGrowthMB: Math.round((rss - third) / MB),
    longestBlockMs: Math.round(busiest),
    cpuSeconds: Math.round((user + system) / 1e4) / 100,
    droppedReaders: dropped.length,
  }),
);
process.exit(0);

function option(name: string, preset: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? preset : Number(process.argv[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} ${process.argv[at + 1]}: expected a whole number above 0; for example --${name} ${preset}`);
  process.exit(2);
}
