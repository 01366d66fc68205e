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
/** Longest times between two beats 10 ms apart, by the clock and by CPU time: where the first is much longer, other work had the machine. */
const longest = { block: 0, cpu: 0 };
let last = { time: performance.now(), cpu: cpuMs() };
const heartbeat = setInterval(() => {
  const now = { time: performance.now(), cpu: cpuMs() };
  longest.block = Math.max(longest.block, now.time - last.time - 10);
  longest.cpu = Math.max(longest.cpu, now.cpu - last.cpu);
  last = now;
}, 10);
const before = cpuMs();
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
const cpuSeconds = (cpuMs() - before) / 1000;
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
    longestBlockMs: Math.round(longest.block),
    longestBlockCpuMs: Math.round(longest.cpu),
    cpuSeconds: Math.round(100 * cpuSeconds) / 100,
    droppedReaders: dropped.length,
  }),
);
process.exit(0);

/** [ms] of CPU that this process has used. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function option(name: string, preset: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? preset : Number(process.argv[at + 1]);
  if (Number.isInteger(value) && value > 0) return value;
  console.error(`--${name} ${process.argv[at + 1]}: expected a whole number above 0; for example --${name} ${preset}`);
  process.exit(2);
}
