import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { WatchPage } from './watch-page.ts';
import { wholeSource } from './whole-source.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 40 };

describe.skipIf(chromium === undefined)('from one session to the next, on the page in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: wholeSource(), start });
  });
  afterAll(() => dashboard.close());

  const button = (on: Page, name: string | RegExp) => on.getByRole('button', { name, exact: typeof name === 'string' });

  test('a place of one network is left when another network is watched', async () => {
    const { page } = await WatchPage.open(pages, `${dashboard.url}#scenario=chain&policy=steady`);
    await button(page, /^centre to south/).click();
    await page.getByText('The plots show centre>south').waitFor();
    await page.getByLabel('Scenario').selectOption('pair');
    await page.locator('.heading strong', { hasText: 'A depot and one shop' }).waitFor();
    await page.getByText('Click a location or a link to plot it').waitFor();
    await page.keyboard.press('ArrowRight');
    await page
      .getByText('1 of 104 periods', { exact: true })
      .or(page.getByText('1 of 40 periods', { exact: true }))
      .waitFor();
  });

  test('a hidden policy stays hidden, and a period that was looked back at is left when playing goes on', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    const { page } = shown;
    await page.getByLabel('Show (s, S) in the plots').uncheck();
    await page.keyboard.press('n');
    await page.waitForURL(/seed=2/);
    expect(await page.getByLabel('Show (s, S) in the plots').isChecked()).toBe(false);
    for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowRight');
    await shown.count(3, 40);
    await page.keyboard.press('ArrowLeft');
    await page.locator('.in-period caption', { hasText: 'Period 2' }).waitFor();
    await page.keyboard.press('Space');
    await shown.reach(5);
    await page.keyboard.press('Space');
    const played = await shown.paused();
    await page.locator('.in-period caption', { hasText: `Period ${played}` }).waitFor();
  });

  test('what is chosen while the connection is lost is there when it is back, and until then nothing can be pressed', async () => {
    const first = await startDashboard({ source: wholeSource(), start });
    const port = Number(new URL(first.url).port);
    const { page } = await WatchPage.open(pages, first.url);
    await page.waitForLoadState('networkidle');
    await first.close();
    await page.getByRole('alert').filter({ hasText: 'connection to the server is lost' }).waitFor();
    expect(await button(page, 'Play').isDisabled()).toBe(true);
    await page.keyboard.press('Space');
    await page.getByLabel('Scenario').selectOption('depot');
    const second = await startDashboard({ source: wholeSource(), start, port });
    await page.locator('.heading strong', { hasText: 'A depot that owes' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    expect(await button(page, 'Play').isDisabled()).toBe(false);
    pages.forgive('ERR_CONNECTION_REFUSED');
    // Chromium asks for it again when the address changes.
    pages.forgive('icon.svg');
    await second.close();
  });

  test('the address of a game is followed in a page that is open, too', async () => {
    const host = await pages.visit(`${dashboard.url}#view=play`);
    await host.getByLabel('Scenario').selectOption('chain');
    for (const seat of ['north', 'south']) await host.getByLabel(`Who orders at ${seat}`).selectOption('human');
    await button(host, 'Start a game').click();
    const address = await host.getByLabel('Others join with this address:').inputValue();
    await pages.newVisitor();
    const guest = await pages.visit(`${dashboard.url}#view=play`);
    await guest.getByText('You order; up to three policies').waitFor();
    await guest.evaluate(`location.href = ${JSON.stringify(address)}`);
    await button(guest, 'Sit at south').click();
    await guest.getByText('You are at south').waitFor();
  });

  test('an order is placed once, however often Enter is pressed', async () => {
    const page = await pages.visit(`${dashboard.url}#view=play`);
    await page.getByLabel('Scenario').selectOption('depot');
    await button(page, 'Start a game').click();
    await page.locator('.order[data-period="1"] input').fill('6');
    await page.evaluate(`for (let k = 0; k < 3; k++) document.querySelector('.order form').requestSubmit()`);
    await page.locator('.order[data-period="2"]').waitFor();
    await page.locator('.order[data-period="2"] input').fill('5');
    await page.keyboard.press('Enter');
    await page.locator('.order[data-period="3"]').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
