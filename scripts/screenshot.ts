import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Dashboard, firstWatch, laboratorySource, startDashboard } from '../dashboard/index.ts';
import { buildPage } from './build-page.js';
import { findChromium, launchChromium } from './chromium.ts';
import { pageIsStale, root } from './compile.js';

// docs/dashboard.png: the dashboard as it stands after some periods. Words of the command line: a preset, policies with spaces between, words of an item.
// With --all FOLDER first: every view at three widths, light and dark, in both languages, into that folder, to be looked at.
const words = process.argv.slice(2);
const folder = words[0] === '--all' ? words.splice(0, 2)[1] : undefined;
const [scenario = 'retail', policies = '', item = scenario === 'retail' ? 'pack of 72 retrospot' : ''] = words;
const PERIODS = 44;
const WIDTHS = [390, 1440, 2560] as const;

/** What is done in each view before its picture is taken. */
const VIEWS: Readonly<Record<string, { readonly hash: string; readonly act: (page: Page) => Promise<void> }>> = {
  watch: { hash: '', act: playSome },
  network: { hash: '#scenario=beer-game&policy=echelon-base-stock&periods=60', act: askWhy },
  play: { hash: '#view=play', act: playThree },
  train: {
    hash: '#view=train',
    act: (page) =>
      page
        .locator('.run')
        .first()
        .click({ timeout: 2000 })
        .catch(() => {}),
  },
  compare: { hash: '#view=compare', act: (page) => page.locator('.evaluations, .empty').first().waitFor() },
};

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
  else for (const view of Object.keys(VIEWS)) await all(browser, dashboard, view, folder);
} finally {
  await browser.close();
  await dashboard.close();
}

async function forReadme(chrome: Browser, { url }: Dashboard): Promise<void> {
  const page = await chrome.newPage({ viewport: { width: 1440, height: 1150 }, colorScheme: 'light', locale: 'en-GB' });
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
  const { hash, act } = VIEWS[view];
  for (const locale of ['en-GB', 'zh-CN']) {
    const page = await chrome.newPage({ viewport: { width: WIDTHS[1], height: 1000 }, locale });
    page.setDefaultTimeout(60_000);
    await page.goto(url + hash);
    await page.locator('main:not([aria-busy=true])').waitFor();
    await act(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 1000 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(200);
        await save(page, into, `${view}-${width}-${colorScheme}-${locale.slice(0, 2)}`);
      }
    }
    await page.close();
  }
}

async function playSome(page: Page): Promise<void> {
  await page.locator('.so-far').waitFor();
  await page.keyboard.press('e');
  await page.locator('.long-run[aria-busy=false]').waitFor();
}

async function askWhy(page: Page): Promise<void> {
  await page.locator('.network').waitFor();
  for (let period = 0; period < 12; period++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('[data-reason=ordered]').first().waitFor();
}

async function playThree(page: Page): Promise<void> {
  await page.locator('.game-form button[type=submit]').click();
  for (let period = 0; period < 3; period++) {
    await page.locator('.order input').fill('6');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(300);
  }
}

async function save(page: Page, into: string, name: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const path = join(into, `${name}.png`);
  await page.screenshot({ path });
  process.stderr.write(`${path}: ${Math.round(statSync(path).size / 1000)} kB\n`);
}
