import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { playedThrough, smallSource } from './small-source.ts';
import { WatchPage } from './watch-page.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 100 };

describe.skipIf(chromium === undefined)('what goes wrong, on the page in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: smallSource, start });
  });
  afterAll(() => dashboard.close());

  test('says what is wrong with what was asked for, and another choice mends it', async () => {
    const shown = new WatchPage(await pages.visit(`${dashboard.url}#scenario=shop&policy=fortune-teller`));
    await shown.page.getByRole('alert').filter({ hasText: 'There is no policy "fortune-teller"' }).waitFor();
    await shown.page.getByLabel('Policy 1').selectOption('s-S');
    await shown.page.locator('.so-far tr[data-policy="(s, S)"]').waitFor();
    expect(await shown.page.getByRole('alert').count()).toBe(0);
  });

  test('says that the connection is lost, comes back by itself and goes on where it was', async () => {
    const first = await startDashboard({ source: smallSource, start });
    const port = Number(new URL(first.url).port);
    const shown = await WatchPage.open(pages, first.url);
    for (let k = 0; k < 7; k++) await shown.press('Step');
    await shown.count(7);
    await first.close();
    await shown.page.getByRole('alert').filter({ hasText: 'connection to the server is lost' }).waitFor();
    const second = await startDashboard({ source: smallSource, start, port });
    await shown.page.getByRole('alert').waitFor({ state: 'detached' });
    await shown.count(7);
    await shown.press('Step');
    await shown.count(8);
    await shown.expectNumbersOf((await playedThrough(start)).slice(0, 8));
    // Attempts while nobody listened are reported by the browser itself.
    pages.forgive('ERR_CONNECTION_REFUSED');
    await second.close();
  });
});
