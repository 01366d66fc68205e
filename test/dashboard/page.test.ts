import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, pageFolder, startDashboard } from '../../dashboard/index.ts';
import { difference, units } from '../../dashboard/web/parts/format.ts';
import { buildPage } from '../../scripts/build-page.js';
import { pageIsStale } from '../../scripts/compile.js';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { playedThrough, smallSource } from './small-source.ts';
import { WatchPage } from './watch-page.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };

test('the page is under 120 kB gzipped', async () => {
  if (pageIsStale()) await buildPage();
  const files = readdirSync(pageFolder(), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce((sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length, 0);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThan(120_000);
});

describe.skipIf(chromium === undefined)('an episode on the page in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: smallSource, start });
  });
  afterAll(() => dashboard.close());

  test('steps one period at a time and shows the numbers of the session', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    const frames = await playedThrough(start);
    for (let k = 1; k <= 4; k++) {
      await shown.press('Step');
      await shown.count(k);
      await shown.expectNumbersOf(frames.slice(0, k));
    }
    expect(await shown.page.locator('.so-far tr[data-policy="(s, S)"]').innerText()).toContain(
      difference(frames[3].policies[1].totalCost, frames[3].policies[0].totalCost),
    );
  });

  test('plays by itself, faster when told so, and stands still when paused', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('Play');
    await shown.reach(2);
    await shown.page.getByRole('slider').fill('5');
    await shown.page.getByText('32 a second').waitFor();
    await shown.reach(20);
    await shown.press('Pause');
    const before = await shown.paused();
    await shown.press('Step');
    await shown.count(before + 1);
    await shown.expectNumbersOf((await playedThrough(start)).slice(0, before + 1));
  });

  test('goes to the end and starts over', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('To the end');
    await shown.count(100);
    await shown.page.getByRole('status').filter({ hasText: 'The end' }).waitFor();
    await shown.expectNumbersOf(await playedThrough(start));
    await shown.press('Restart');
    await shown.count(0);
    await shown.page.getByText('Nothing played yet').waitFor();
  });

  test('obeys the keyboard: space, arrows, E and R', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    const frames = await playedThrough(start);
    await shown.page.keyboard.press('ArrowRight');
    await shown.page.keyboard.press('ArrowRight');
    await shown.count(2);
    await shown.page.keyboard.press('ArrowLeft');
    await shown.page.locator('.in-period caption', { hasText: 'Period 1' }).waitFor();
    expect(await shown.cell('in-period', '(s, S)', 'onHand')).toBe(units(frames[0].policies[1].onHand));
    await shown.page.keyboard.press('ArrowRight');
    await shown.page.locator('.in-period caption', { hasText: 'Period 2' }).waitFor();
    expect(await shown.played()).toBe(2);
    await shown.page.keyboard.press('ArrowUp');
    await shown.page.getByText('8 a second').waitFor();
    await shown.page.keyboard.press('Space');
    await shown.reach(4);
    await shown.page.keyboard.press('Space');
    await shown.paused();
    await shown.page.keyboard.press('e');
    await shown.count(100);
    await shown.page.keyboard.press('r');
    await shown.count(0);
  });

  test('Enter presses the button that has the focus, and asks why where none has', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.page.getByRole('button', { name: 'Step', exact: true }).focus();
    await shown.page.keyboard.press('Enter');
    await shown.count(1);
    expect(await shown.page.locator('.why').count()).toBe(0);
    await shown.page.getByRole('link', { name: 'Compare' }).focus();
    await shown.page.keyboard.press('Enter');
    await shown.page.waitForURL(/view=compare/);
    await shown.page.goBack();
    await shown.page.locator('.so-far').waitFor();
    await shown.page.evaluate('document.activeElement.blur()');
    await shown.page.keyboard.press('Enter');
    await shown.page.locator('.why').waitFor();
  });

  test('what plays goes on while another view is shown', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('Play');
    await shown.reach(1);
    await shown.page.getByRole('link', { name: 'Compare' }).click();
    await shown.page.getByRole('link', { name: 'Watch' }).click();
    await shown.reach((await shown.played()) + 2);
  });

  test('writes out the numbers of the period under the mouse', async () => {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('To the end');
    await shown.count(100);
    const frames = await playedThrough(start);
    await shown.page.getByRole('img', { name: /^Demand/ }).hover();
    await shown.page.locator('.in-period caption', { hasText: /^Period (?!100)/ }).waitFor();
    const period = Number((await shown.page.locator('.in-period caption').innerText()).match(/Period (\d+)/)?.[1]);
    expect(await shown.cell('in-period', '(s, S)', 'onHand')).toBe(units(frames[period - 1].policies[1].onHand));
    expect(await shown.page.getByRole('img', { name: /^Stock/ }).getAttribute('aria-label')).toContain(`Period ${period}:`);
  });
});
