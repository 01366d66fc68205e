import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, type Frame, pageFolder, startDashboard, totalsOf } from '../../dashboard/index.ts';
import { difference, money, percent, units } from '../../dashboard/web/parts/format.ts';
import { buildPage } from '../../scripts/build-page.js';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { pageIsStale } from '../../scripts/compile.js';
import { playedThrough, smallSource } from './small-source.ts';

const chromium = findChromium();
if (chromium === undefined)
  console.warn('The page is not tried in a browser: there is no Chromium. Install it (apt-get install chromium) or name one in CHROMIUM.');

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };
let dashboard: Dashboard;

beforeAll(async () => {
  if (pageIsStale()) await buildPage();
  dashboard = await startDashboard({ source: smallSource, start });
});

afterAll(() => dashboard.close());

test('the page is under 120 kB gzipped', () => {
  const files = readdirSync(pageFolder(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(120_000);
});

describe.skipIf(chromium === undefined)('the page in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let faults: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });

  /** Opens the page and waits until it shows an episode; console errors, failed and foreign requests are faults. */
  async function open(address = '', url = dashboard.url): Promise<void> {
    faults = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    page.on(
      'request',
      (request) => request.url().startsWith(url) || request.url().startsWith('data:') || faults.push(`left: ${request.url()}`),
    );
    page.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
    await page.goto(url + address);
    await page.locator('.so-far').waitFor();
  }

  const count = (played: number, periods = 100) => page.getByText(`${played} of ${periods} periods`, { exact: true }).waitFor();
  /** Waits until at least so many periods are shown. */
  const reach = async (periods: number) => {
    while ((await played()) < periods) await nextFrame();
  };
  const nextFrame = () => page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  const played = async () => Number(await page.locator('progress').getAttribute('value'));
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const cell = (table: string, policy: string, measure: string) =>
    page.locator(`.${table} tr[data-policy="${policy}"] td[data-measure="${measure}"]`).innerText();

  /** Every number of both tables against the frames that were to be shown. */
  async function expectNumbersOf(frames: readonly Frame[], names = ['Base stock', '(s, S)']): Promise<void> {
    const last = frames[frames.length - 1];
    const totals = totalsOf(frames, names.length);
    for (const [k, name] of names.entries()) {
      const policy = last.policies[k];
      expect(await cell('so-far', name, 'costPerPeriod')).toBe(money(totals[k].costPerPeriod));
      expect(await cell('so-far', name, 'totalCost')).toBe(money(policy.totalCost));
      expect(await cell('so-far', name, 'fillRate')).toBe(percent(totals[k].fillRate));
      expect(await cell('in-period', name, 'onHand')).toBe(units(policy.onHand));
      expect(await cell('in-period', name, 'onOrder')).toBe(units(policy.onOrder));
      expect(await cell('in-period', name, 'orders')).toBe(units(policy.orders));
      expect(await cell('in-period', name, 'short')).toBe(units(last.demand - policy.served));
      expect(await cell('in-period', name, 'cost')).toBe(money(policy.cost));
    }
    expect(await page.locator('.in-period caption').innerText()).toContain(`demand ${units(last.demand)}`);
  }

  test('steps one period at a time and shows the numbers of the session', async () => {
    await open();
    const frames = await playedThrough(start);
    for (let k = 1; k <= 4; k++) {
      await press('Step');
      await count(k);
      await expectNumbersOf(frames.slice(0, k));
    }
    expect(await page.locator('.so-far tr[data-policy="(s, S)"]').innerText()).toContain(
      difference(frames[3].policies[1].totalCost, frames[3].policies[0].totalCost),
    );
  });

  test('plays by itself, faster when told so, and stands still when paused', async () => {
    await open();
    await press('Play');
    await reach(2);
    await page.getByRole('slider').fill('5');
    await page.getByText('32 a second').waitFor();
    await reach(20);
    await press('Pause');
    await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    const before = await settled();
    await press('Step');
    await count(before + 1);
    await expectNumbersOf((await playedThrough(start)).slice(0, before + 1));
  });

  /** The period at which a paused page stands: what was on its way to it has arrived. */
  async function settled(): Promise<number> {
    for (let last = -1; ; ) {
      const now = await played();
      if (now === last) return now;
      last = now;
      await nextFrame();
    }
  }

  test('goes to the end and starts over', async () => {
    await open();
    await press('To the end');
    await count(100);
    await page.getByRole('status').filter({ hasText: 'The end' }).waitFor();
    await expectNumbersOf(await playedThrough(start));
    await press('Restart');
    await count(0);
    await page.getByText('Nothing played yet').waitFor();
  });

  test('obeys the keyboard: space, arrows, E and R', async () => {
    await open();
    const frames = await playedThrough(start);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await count(2);
    await page.keyboard.press('ArrowLeft');
    await page.locator('.in-period caption', { hasText: 'Period 1' }).waitFor();
    expect(await cell('in-period', '(s, S)', 'onHand')).toBe(units(frames[0].policies[1].onHand));
    await page.keyboard.press('ArrowRight');
    await page.locator('.in-period caption', { hasText: 'Period 2' }).waitFor();
    expect(await played()).toBe(2);
    await page.keyboard.press('ArrowUp');
    await page.getByText('8 a second').waitFor();
    await page.keyboard.press('Space');
    await reach(4);
    await page.keyboard.press('Space');
    await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    await page.keyboard.press('e');
    await count(100);
    await page.keyboard.press('r');
    await count(0);
  });

  test('Enter presses the button that has the focus, and asks why where none has', async () => {
    await open();
    await page.getByRole('button', { name: 'Step', exact: true }).focus();
    await page.keyboard.press('Enter');
    await count(1);
    expect(await page.locator('.why').count()).toBe(0);
    await page.getByRole('link', { name: 'Compare' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/view=compare/);
    await page.goBack();
    await page.locator('.so-far').waitFor();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Enter');
    await page.locator('.why').waitFor();
  });

  test('what plays goes on while another view is shown', async () => {
    await open();
    await press('Play');
    await reach(1);
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('link', { name: 'Watch' }).click();
    await reach((await played()) + 2);
  });

  test('finds an item by the words of its description and shows its demand', async () => {
    await open();
    await page.getByLabel('Item').fill('tier cake');
    await page.getByRole('option', { name: 'Regency cakestand 3 tier' }).waitFor();
    expect(await page.locator('.picker [role=option]').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.locator('.heading strong', { hasText: 'Regency cakestand 3 tier' }).waitFor();
    await press('To the end');
    await count(100);
    await expectNumbersOf(await playedThrough({ ...start, lane: 1 }));
  });

  test('shows descriptions as text, whatever they hold', async () => {
    await open('#scenario=shop&policy=s-S&lane=3');
    await page.locator('.heading strong', { hasText: '<img src=x onerror="document.title=1"> & <b>bold</b>' }).waitFor();
    await page.getByLabel('Item').click();
    await page.locator('.picker [role=option]').nth(3).waitFor();
    expect(await page.locator('#page img, #page b').count()).toBe(0);
    expect(await page.title()).toBe('Replenish');
  });

  test('sets four policies side by side, each of which can be hidden', async () => {
    await open();
    await press('+ Add a policy');
    await page.locator('.so-far tr[data-policy="Constant"]').waitFor();
    await press('+ Add a policy');
    await page.locator('.so-far tr[data-policy="Myopic"]').waitFor();
    expect(await page.getByRole('button', { name: '+ Add a policy' }).count()).toBe(0);
    await press('To the end');
    await count(100);
    const policies = ['base-stock', 's-S', 'constant', 'myopic'];
    await expectNumbersOf(await playedThrough({ ...start, policies }), ['Base stock', '(s, S)', 'Constant', 'Myopic']);
    const orders = page.getByRole('img', { name: /^Orders/ });
    expect(await orders.getAttribute('aria-label')).toContain('Constant');
    await page.getByLabel('Show Constant in the plots').uncheck();
    expect(await orders.getAttribute('aria-label')).not.toContain('Constant');
  });

  test('watches another scenario, seed and number of periods', async () => {
    await open();
    await page.getByLabel('Scenario').selectOption('depot');
    await page.locator('.heading strong', { hasText: 'A depot that owes' }).waitFor();
    await page.getByLabel('Seed', { exact: true }).fill('8');
    await page.getByLabel('Seed', { exact: true }).press('Enter');
    await page.getByLabel('Periods', { exact: true }).fill('30');
    await page.getByLabel('Periods', { exact: true }).press('Enter');
    await count(0, 30);
    await press('To the end');
    await count(30, 30);
    await expectNumbersOf(await playedThrough({ ...start, scenario: 'depot', seed: 8, periods: 30 }));
    await page.getByRole('columnheader', { name: 'Backlog' }).waitFor();
    await page.reload();
    await page.locator('.heading strong', { hasText: 'A depot that owes' }).waitFor();
    expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('8');
  });

  test('lets a field be filled in while it plays', async () => {
    await open();
    await press('Play');
    await reach(1);
    const seed = page.getByLabel('Seed', { exact: true });
    await seed.fill('');
    await seed.press('4');
    await reach((await played()) + 1);
    await seed.press('2');
    await seed.press('Enter');
    await page.waitForURL(/seed=42/);
    await press('To the end');
    await count(100);
    await expectNumbersOf(await playedThrough({ ...start, seed: 42 }));
  });

  test('writes out the numbers of the period under the mouse', async () => {
    await open();
    await press('To the end');
    await count(100);
    const frames = await playedThrough(start);
    await page.getByRole('img', { name: /^Demand/ }).hover();
    await page.locator('.in-period caption', { hasText: /^Period (?!100)/ }).waitFor();
    const shown = Number((await page.locator('.in-period caption').innerText()).match(/Period (\d+)/)?.[1]);
    expect(await cell('in-period', '(s, S)', 'onHand')).toBe(units(frames[shown - 1].policies[1].onHand));
    expect(await page.getByRole('img', { name: /^Stock/ }).getAttribute('aria-label')).toContain(`Period ${shown}:`);
  });

  test('says what is wrong with what was asked for, and another choice mends it', async () => {
    faults = [];
    page = await browser.newPage();
    await page.goto(`${dashboard.url}#scenario=shop&policy=fortune-teller`);
    await page.getByRole('alert').filter({ hasText: 'There is no policy "fortune-teller"' }).waitFor();
    await page.getByLabel('Policy 1').selectOption('s-S');
    await page.locator('.so-far tr[data-policy="(s, S)"]').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('says that the connection is lost, comes back by itself and goes on where it was', async () => {
    const first = await startDashboard({ source: smallSource, start });
    const port = Number(new URL(first.url).port);
    await open('', first.url);
    for (let k = 0; k < 7; k++) await press('Step');
    await count(7);
    await first.close();
    await page.getByRole('alert').filter({ hasText: 'connection to the server is lost' }).waitFor();
    const second = await startDashboard({ source: smallSource, start, port });
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await count(7);
    await press('Step');
    await count(8);
    await expectNumbersOf((await playedThrough(start)).slice(0, 8));
    // Attempts while nobody listened are reported by the browser itself.
    faults = faults.filter((fault) => !fault.includes('ERR_CONNECTION_REFUSED'));
    await second.close();
  });
});
