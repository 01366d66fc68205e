import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dashboard, laboratorySource, startDashboard } from '../../dashboard/index.ts';
import { money, percent, withInterval } from '../../dashboard/web/parts/format.ts';
import { compare } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { buildPage } from '../../scripts/build-page.js';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { pageIsStale } from '../../scripts/compile.js';

const chromium = findChromium();
if (chromium === undefined)
  console.warn('The page is not tried in a browser: there is no Chromium. Install it (apt-get install chromium) or name one in CHROMIUM.');

const start = { scenario: 'lost-sales', policies: ['s-S:s=20,S=26', 'optimal'], set: { leadTime: 2 }, seed: 4, periods: 50 };
const SEATS = ['factory', 'distributor', 'wholesaler', 'retailer'] as const;

describe.skipIf(chromium === undefined)('the laboratory in Chromium', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let faults: string[] = [];

  beforeAll(async () => {
    if (pageIsStale()) await buildPage();
    dashboard = await startDashboard({ source: await laboratorySource(), start });
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });
  beforeEach(async () => {
    faults = [];
    context = await browser.newContext();
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function visit(address: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(address);
    return page;
  }

  const button = (on: Page, name: string) => on.getByRole('button', { name, exact: true });

  test('the table of the long run holds what evaluate finds, to the cent', async () => {
    const page = await visit(dashboard.url);
    await page.locator('.long-run[aria-busy=false]').waitFor();
    const loaded = await loadScenario('lost-sales', { set: ['leadTime=2'] });
    const { results } = await compare({ loaded, policies: start.policies, seed: 4, periods: 50, lanes: 256 });
    const rows = await page.locator('.long-run tbody tr').all();
    expect(rows).toHaveLength(results.length);
    for (const [k, { costPerPeriod, ci95, fillRate, gapPercent = null, gapCi95 = null }] of results.entries()) {
      const cell = (measure: string) => rows[k].locator(`td[data-measure=${measure}]`).innerText();
      expect(await cell('costPerPeriod')).toBe(withInterval(money, costPerPeriod, ci95));
      expect(await cell('fillRate')).toBe(percent(fillRate));
      expect(await cell('gap')).toBe(withInterval((value) => percent(value / 100), gapPercent ?? 0, gapCi95));
    }
  });

  test('four people play the beer game in four browsers, and pay what a policy pays that orders the same', async () => {
    const host = await visit(`${dashboard.url}#view=play`);
    await host.getByLabel('Scenario', { exact: true }).selectOption('beer-game');
    for (const seat of SEATS) await host.getByLabel(`Who orders at ${seat}`).selectOption('human');
    await host.getByLabel(/^Sterman: S=17/).check();
    await host.getByLabel('Base stock', { exact: true }).uncheck();
    await host.getByLabel('Echelon base stock').uncheck();
    await host.getByLabel('Periods', { exact: true }).fill('2');
    await host.getByLabel('Periods', { exact: true }).press('Tab');
    await button(host, 'Start a game').click();
    await host.getByText('You are at factory').waitFor();
    const address = await host.getByLabel('Others join with this address:').inputValue();
    const players = [host];
    for (const seat of SEATS.slice(1)) {
      const player = await visit(address);
      await button(player, `Sit at ${seat}`).click();
      await player.getByText(`You are at ${seat}`).waitFor();
      players.push(player);
    }
    for (let period = 1; period <= 2; period++) {
      for (const [k, player] of players.entries()) {
        await player.getByText(`Period ${period} of 2`, { exact: true }).waitFor();
        await player.locator('.order input').fill('6');
        await button(player, 'Order').click();
        if (k < players.length - 1) await player.getByText('Waiting for the other seats').waitFor();
      }
    }
    const loaded = await loadScenario('beer-game', { set: ['periods=2'] });
    const { results } = await compare({ loaded, policies: ['constant:r=6'], seed: 1, lanes: 1 });
    for (const player of players) {
      await player.getByText('The game is over').waitFor();
      const total = player.locator('.sides tr[data-policy=You] td[data-measure=totalCost]');
      expect(await total.innerText()).toBe(money(2 * results[0].costPerPeriod));
    }
  }, 180_000);
});
