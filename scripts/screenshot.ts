import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Dashboard, firstWatch, laboratorySource, startDashboard } from '../dashboard/index.ts';
import { buildPage } from './build-page.js';
import { findChromium, launchChromium } from './chromium.ts';
import { pageIsStale, root } from './compile.js';

// docs/dashboard.png: the dashboard as it stands after some periods. Words of the command line: a preset, policies with spaces between, words of an item.
// With --all FOLDER first: every view, or those that VIEWS names, at three widths, light and dark, in both languages, into that folder, to be looked at.
const words = process.argv.slice(2);
const folder = words[0] === '--all' ? words.splice(0, 2)[1] : undefined;
const [scenario = 'retail', policies = '', item = scenario === 'retail' ? 'pack of 72 retrospot' : ''] = words;
const PERIODS = 44;
const WIDTHS = [390, 1280, 2560] as const;

/** What is done in each view before its picture is taken. */
const VIEWS: Readonly<Record<string, { readonly hash: string; readonly act: (page: Page) => Promise<void> }>> = {
  watch: { hash: '', act: playSome },
  network: { hash: '#scenario=beer-game&policy=echelon-base-stock&periods=60', act: askWhy },
  retail: { hash: '#scenario=retail&policy=forecast&policy=base-stock&periods=40', act: searchItem },
  play: { hash: '#view=play', act: playThree },
  debrief: { hash: '#view=play', act: playFour },
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
  else for (const view of process.env.VIEWS?.split(',') ?? Object.keys(VIEWS)) await all(browser, dashboard, view, folder);
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
    for (const width of WIDTHS) {
      const page = await chrome.newPage({ viewport: { width, height: 1000 }, locale });
      page.setDefaultTimeout(60_000);
      await page.goto(url + hash);
      await page.locator('main:not([aria-busy=true])').waitFor();
      await act(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.waitForTimeout(200);
        await save(page, into, `${view}-${width}-${colorScheme}-${locale.slice(0, 2)}`);
      }
      await page.close();
    }
  }
}

async function playSome(page: Page): Promise<void> {
  await page.locator('.so-far').waitFor();
  await page.keyboard.press('e');
  await page.locator('.long-run[aria-busy=false]').waitFor();
}

async function askWhy(page: Page): Promise<void> {
  await page.locator('.network').waitFor();
  for (let period = 1; period <= 12; period++) {
    await page.keyboard.press('ArrowRight');
    await page.locator(`.transport progress[value="${period}"]`).waitFor({ state: 'attached' });
  }
  await page.keyboard.press('Enter');
  await page.locator('[data-reason=ordered]').first().waitFor();
}

async function searchItem(page: Page): Promise<void> {
  await page.locator('.so-far').waitFor();
  await page.keyboard.press('e');
  await page.getByText('40 / 40').or(page.locator('progress[value="40"]')).first().waitFor();
  await page
    .locator('.setup:not([open]) > summary')
    .click({ timeout: 500 })
    .catch(() => {});
  await page.locator('#item').fill('set');
}

/** Three periods are ordered for, and a hint asked for. */
async function playThree(page: Page): Promise<void> {
  await page.locator('.game-form button[type=submit]').click();
  for (let period = 0; period < 3; period++) await order(page, period);
  await page.locator('.order button[type=button]').click();
  await page.locator('.hints').waitFor();
}

/** To the end, where the debrief is. */
async function playFour(page: Page): Promise<void> {
  await page.locator('#game-periods').fill('4');
  await page.locator('.game-form button[type=submit]').click();
  for (let period = 0; period < 4; period++) await order(page, period);
  await page.locator('.sides').waitFor();
}

async function order(page: Page, period: number): Promise<void> {
  await page.locator(`.order[data-period="${period + 1}"] input`).fill('6');
  await page.keyboard.press('Enter');
}

async function save(page: Page, into: string, name: string): Promise<void> {
  mkdirSync(into, { recursive: true });
  const path = join(into, `${name}.png`);
  await page.screenshot({ path, fullPage: folder !== undefined });
  process.stderr.write(`${path}: ${Math.round(statSync(path).size / 1000)} kB\n`);
}
