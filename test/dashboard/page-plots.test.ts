import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { smallSource } from './small-source.ts';
import { WatchPage } from './watch-page.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };

describe.skipIf(chromium === undefined)('the plots in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: smallSource, start });
  });
  afterAll(() => dashboard.close());

  async function played(): Promise<Page> {
    const shown = await WatchPage.open(pages, dashboard.url);
    await shown.press('To the end');
    await shown.count(100);
    return shown.page;
  }

  const plot = (page: Page, name: string) => page.getByRole('img', { name: new RegExp(`^${name}`) });

  /** Moves the mouse over a plot, to a part of its width. */
  async function point(page: Page, name: string, part: number): Promise<void> {
    await plot(page, name).scrollIntoViewIfNeeded();
    const box = await plot(page, name).boundingBox();
    if (box !== null) await page.mouse.move(box.x + part * box.width, box.y + box.height / 2);
  }

  /** The period whose numbers are written out once one is pointed at. */
  async function pointed(page: Page, name: string, part: number): Promise<number> {
    await page.mouse.move(2, 2);
    await page.locator('.in-period caption', { hasText: 'Period 100' }).waitFor();
    await point(page, name, part);
    await page.locator('.in-period caption', { hasNotText: 'Period 100' }).waitFor();
    return Number((await page.locator('.in-period caption').innerText()).match(/Period (\d+)/)?.[1]);
  }

  test('a drag zooms all of them, and Reset zoom brings back the range of before', async () => {
    const page = await played();
    const show = page.locator('.window select');
    const before = await pointed(page, 'Demand', 0.3);
    await point(page, 'Demand', 0.5);
    await page.mouse.down();
    await point(page, 'Demand', 0.7);
    await page.mouse.up();
    await page.getByRole('button', { name: 'Reset zoom' }).waitFor();
    expect(await show.inputValue()).toBe('zoom');
    for (const name of ['Demand', 'Stock', 'Orders', 'Cost so far']) expect(await pointed(page, name, 0.3)).toBeGreaterThan(before + 5);
    await page.getByRole('button', { name: 'Reset zoom' }).click();
    expect(await show.inputValue()).toBe('52');
    expect(await pointed(page, 'Demand', 0.3)).toBe(before);
  });

  test('what is pointed at in one is told of in all', async () => {
    const page = await played();
    const period = await pointed(page, 'Orders', 0.6);
    for (const name of ['Stock', 'Orders', 'Cost so far'])
      await page.getByRole('img', { name: new RegExp(`^${name}, Period ${period}:`) }).waitFor();
  });

  test.each([
    ['Stock', ['On hand', 'On the way', 'Unmet']],
    ['Demand', ['Demand', 'Forecast', '10% to 90%']],
  ])('every series of %s can be hidden, and shown again', async (name, series) => {
    const page = await played();
    await page.mouse.move(2, 2);
    await plot(page, name).scrollIntoViewIfNeeded();
    const region = page.getByRole('region', { name, exact: true });
    const drawing = async () => {
      await region.locator('canvas').waitFor();
      // A plot that was drawn anew is there with the next picture.
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
      return (await plot(page, name).screenshot()).toString('base64');
    };
    const whole = await drawing();
    for (const one of series) {
      const chip = region.getByRole('button', { name: one, exact: true });
      await chip.click();
      expect(await chip.getAttribute('aria-pressed')).toBe('false');
      expect(await drawing()).not.toBe(whole);
      await chip.click();
      expect(await drawing()).toBe(whole);
    }
  });
});
