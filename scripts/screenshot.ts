import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { firstWatch, laboratorySource, startDashboard } from '../dashboard/index.ts';
import { buildPage } from './build-page.js';
import { findChromium, launchChromium } from './chromium.ts';
import { pageIsStale, root } from './compile.js';

// docs/dashboard.png: the dashboard as it stands after some periods. Words of the command line: a preset, policies with spaces between, words of an item.
const [scenario = 'retail', policies = '', item = scenario === 'retail' ? 'pack of 72 retrospot' : ''] = process.argv.slice(2);
const PERIODS = 44;
const target = join(root, 'docs', 'dashboard.png');

const chromium = findChromium();
if (chromium === undefined) throw new Error('There is no Chromium: install it (apt-get install chromium) or name one in CHROMIUM.');
if (pageIsStale()) await buildPage();
const source = await laboratorySource({ onMessage: (message) => process.stderr.write(`${message}\n`) });
const first = await firstWatch(source, scenario);
const start = { ...first, ...(policies === '' ? {} : { policies: policies.split(' ') }), play: false, speed: 64 };
const dashboard = await startDashboard({ source, start });
const browser = await launchChromium(chromium);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, colorScheme: 'light' });
  page.setDefaultTimeout(120_000);
  await page.goto(dashboard.url);
  await page.locator('.so-far').waitFor();
  if (item !== '') {
    await page.getByLabel('Item').fill(item);
    await page.keyboard.press('Enter');
    await page.locator('.heading strong', { hasText: new RegExp(item, 'i') }).waitFor();
  }
  for (let period = 1; period <= PERIODS; period++) {
    await page.keyboard.press('ArrowRight');
    await page.getByText(`${period} of ${start.periods} periods`, { exact: true }).waitFor();
  }
  mkdirSync(join(root, 'docs'), { recursive: true });
  await page.screenshot({ path: target });
} finally {
  await browser.close();
  await dashboard.close();
}
process.stderr.write(`${target}: ${Math.round(statSync(target).size / 1000)} kB\n`);
