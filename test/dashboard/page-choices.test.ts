import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { playedThrough, smallSource } from './small-source.ts';
import { WatchPage } from './watch-page.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };

describe.skipIf(chromium === undefined)('what is watched, chosen on the page in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: smallSource, start });
  });
  afterAll(() => dashboard.close());

  test('finds an item by the words of its description and shows its demand', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.page.getByLabel('Item').fill('tier cake');
    await shown.page.getByRole('option', { name: 'Regency cakestand 3 tier' }).waitFor();
    expect(await shown.page.locator('.picker [role=option]').count()).toBe(1);
    await shown.page.keyboard.press('Enter');
    await shown.page.locator('.heading strong', { hasText: 'Regency cakestand 3 tier' }).waitFor();
    await shown.press('To the end');
    await shown.count(100);
    await shown.expectNumbersOf(await playedThrough({ ...start, lane: 1 }));
  });

  test('shows descriptions as text, whatever they hold', async () => {
    const shown = await WatchPage.open(pages, `${dashboard.url}#scenario=shop&policy=s-S&lane=3`);
    await shown.page.locator('.heading strong', { hasText: '<img src=x onerror="document.title=1"> & <b>bold</b>' }).waitFor();
    await shown.page.getByLabel('Item').click();
    await shown.page.locator('.picker [role=option]').nth(3).waitFor();
    expect(await shown.page.locator('#page img, #page b').count()).toBe(0);
    expect(await shown.page.title()).toBe('Replenish');
  });

  test('sets four policies side by side, each of which can be hidden', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('+ Add a policy');
    await shown.page.locator('.so-far tr[data-policy="Constant"]').waitFor();
    await shown.press('+ Add a policy');
    await shown.page.locator('.so-far tr[data-policy="Myopic"]').waitFor();
    expect(await shown.page.getByRole('button', { name: '+ Add a policy' }).count()).toBe(0);
    await shown.press('To the end');
    await shown.count(100);
    const policies = ['base-stock', 's-S', 'constant', 'myopic'];
    await shown.expectNumbersOf(await playedThrough({ ...start, policies }), ['Base stock', '(s, S)', 'Constant', 'Myopic']);
    const orders = shown.page.getByRole('img', { name: /^Orders/ });
    expect(await orders.getAttribute('aria-label')).toContain('Constant');
    await shown.page.getByLabel('Show Constant in the plots').uncheck();
    expect(await orders.getAttribute('aria-label')).not.toContain('Constant');
  });

  test('watches another scenario, seed and number of periods', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.page.getByLabel('Scenario').selectOption('depot');
    await shown.page.locator('.heading strong', { hasText: 'A depot that owes' }).waitFor();
    await shown.page.getByLabel('Seed', { exact: true }).fill('8');
    await shown.page.getByLabel('Seed', { exact: true }).press('Enter');
    await shown.page.getByLabel('Periods', { exact: true }).fill('30');
    await shown.page.getByLabel('Periods', { exact: true }).press('Enter');
    await shown.count(0, 30);
    await shown.press('To the end');
    await shown.count(30, 30);
    await shown.expectNumbersOf(await playedThrough({ ...start, scenario: 'depot', seed: 8, periods: 30 }));
    await shown.page.getByRole('columnheader', { name: 'Backlog' }).waitFor();
    await shown.page.reload();
    await shown.page.locator('.heading strong', { hasText: 'A depot that owes' }).waitFor();
    expect(await shown.page.getByLabel('Seed', { exact: true }).inputValue()).toBe('8');
  });

  test('lets a field be filled in while it plays', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('Play');
    await shown.reach(1);
    const seed = shown.page.getByLabel('Seed', { exact: true });
    await seed.fill('');
    await seed.press('4');
    await shown.reach((await shown.played()) + 1);
    await seed.press('2');
    await seed.press('Enter');
    await shown.page.waitForURL(/seed=42/);
    await shown.press('To the end');
    await shown.count(100);
    await shown.expectNumbersOf(await playedThrough({ ...start, seed: 42 }));
  });
});
