import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Dashboard, firstWatch, laboratorySource, startDashboard } from '../dashboard/index.ts';
import { buildPage } from './build-page.js';
import { findChromium, launchChromium } from './chromium.ts';
import { pageIsStale, root } from './compile.js';
import { openView, PAGE_VIEWS } from './page-views.ts';

// docs/dashboard.png: the dashboard as it stands after some periods. Words of the command line: a preset, policies with spaces between, words of an item.
// The one in the docs: npx tsx scripts/screenshot.ts lost-sales 'run:RUN s-S optimal', with the run of train lost-sales --agent ppo --steps 200000 --seed 1.
// With --all FOLDER first: every view and state of page-views.ts, or those that VIEWS names, at three widths, light and dark, in both languages, into that
// folder, to be looked at.
const words = process.argv.slice(2);
const folder = words[0] === '--all' ? words.splice(0, 2)[1] : undefined;
const [scenario = 'retail', policies = '', item = scenario === 'retail' ? 'pack of 72 retrospot' : ''] = words;
const PERIODS = 44;
const WIDTHS = [390, 1280, 2560] as const;

const chromium = findChromium();
if (chromium === undefined) throw new Error('There is no Chromium: install it (apt-get install chromium) or name one in CHROMIUM.');
if (pageIsStale()) await buildPage();
const source = await laboratorySource();
const first = await firstWatch(source, scenario);
const start = { ...first, ...(policies === '' ? {} : { policies: policies.split(' ') }), play: false, speed: 64 };
const dashboard = await startDashboard({ source, start });
const browser = await launchChromium(chromium);
try {
  if (folder === undefined) await forReadme(browser, dashboard);
  else for (const view of process.env.VIEWS?.split(',') ?? Object.keys(PAGE_VIEWS)) await all(browser, dashboard, view, folder);
} finally {
  await browser.close();
  await dashboard.close();
}

async function forReadme(chrome: Browser, { url }: Dashboard): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 1280 }, colorScheme: 'light', locale: 'en-GB' });
  page.setDefaultTimeout(120_000);
  await page.goto(url);
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
  await page.locator('.long-run[aria-busy=false]').waitFor();
  await save(page, join(root, 'docs'), 'dashboard');
}

/** One view as it stands, at every width, in both colour schemes and languages. */
async function all(chrome: Browser, { url }: Dashboard, view: string, into: string): Promise<void> {
  for (const locale of ['en-GB', 'zh-CN']) {
    for (const width of WIDTHS) {
      const page = await chrome.newPage({ viewport: { width, height: 1000 }, locale });
      page.setDefaultTimeout(60_000);
      await openView(page, url, PAGE_VIEWS[view]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(200);
        await save(page, into, `${view}-${width}-${colorScheme}-${locale.slice(0, 2)}`);
      }
      await page.close();
    }
  }
}

async function save(page: Page, into: string, name: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const path = join(into, `${name}.png`);
  await page.screenshot({ path, fullPage: folder !== undefined });
  process.stderr.write(`${path}: ${Math.round(statSync(path).size / 1000)} kB\n`);
}
