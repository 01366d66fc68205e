import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { laboratorySource, pageFolder, startDashboard } from '../dashboard/index.ts';
import { buildPage } from '../scripts/build-page.js';
import { findChromium, launchChromium } from '../scripts/chromium.ts';
import { pageIsStale } from '../scripts/compile.js';

// The page in Chromium: its size, how soon it is painted, how smoothly four policies play at 256 periods a second for eight seconds, and how long
// the end of 5,000 periods takes. Other work on the machine shows in all of it.
const chromium = findChromium();
if (chromium === undefined) {
  console.error('There is no Chromium: install it (apt-get install chromium) or name one in CHROMIUM.');
  process.exit(2);
}
if (pageIsStale()) await buildPage();
const policies = ['base-stock:S=25', 's-S:s=20,S=26', 'constant:r=5', 'capped-base-stock:S=25,r=6'];
const start = { scenario: 'lost-sales', policies, seed: 4, periods: 5000, speed: 256 };
const dashboard = await startDashboard({ source: await laboratorySource(), start });
const browser = await launchChromium(chromium);
const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
await page.addInitScript(`
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
    .observe({ entryTypes: ['longtask'] });
`);
await page.goto(dashboard.url);
await page.locator('.long-run[aria-busy=false]').waitFor();
const load = await measured(
  page,
  `({
  firstPaintMs: Math.round(performance.getEntriesByType('paint')[0].startTime),
  firstContentMs: Math.round(performance.getEntriesByType('paint').at(-1).startTime),
  loadLongTasksMs: window.longTasks.splice(0),
})`,
);
await page.evaluate(
  '{ const times = (window.times = []); (function beat(time) { times.push(time); requestAnimationFrame(beat); })(performance.now()); }',
);
await page.keyboard.press('Space');
await page.waitForTimeout(8000);
const play = await measured(
  page,
  `({
  framesPerSecond: Math.round((10_000 * (window.times.length - 1)) / (window.times.at(-1) - window.times[0])) / 10,
  playLongTasksMs: window.longTasks.splice(0),
})`,
);
const began = performance.now();
await page.keyboard.press('e');
await page.getByText('5000 of 5000 periods').waitFor();
const toTheEndMs = Math.round(performance.now() - began);
await browser.close();
await dashboard.close();
const files = readdirSync(pageFolder(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const gzippedBytes = files.reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0);
console.log(JSON.stringify({ benchmark: 'dashboard-page', gzippedBytes, ...load, ...play, toTheEndMs }));
process.exit(0);

async function measured(from: Page, script: string): Promise<object> {
  const found: unknown = await from.evaluate(script);
  if (typeof found !== 'object' || found === null) throw new Error('the page measured nothing');
  return found;
}
