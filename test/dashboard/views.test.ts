import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { watchMessage } from '../../dashboard/protocol.ts';
import { units } from '../../dashboard/web/parts/format.ts';
import { buildPage } from '../../scripts/build-page.js';
import { findChromium, launchChromium } from '../../scripts/chromium.ts';
import { pageIsStale } from '../../scripts/compile.js';
import { framesOf } from './small-source.ts';
import { wholeSource } from './whole-source.ts';

const chromium = findChromium();
if (chromium === undefined)
  console.warn(
    'The views are not tried in a browser: there is no Chromium. Install it (apt-get install chromium) or name one in CHROMIUM.',
  );

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 20 };

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

describe.skipIf(chromium === undefined)('the views in Chromium', () => {
  let dashboard: Dashboard;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let faults: string[] = [];
  const started: object[] = [];

  beforeAll(async () => {
    if (pageIsStale()) await buildPage();
    dashboard = await startDashboard({ source: wholeSource({ onTrain: (order) => started.push(order) }), start });
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });
  beforeEach(async () => {
    faults = [];
    // axe needs to be put into the page; that the page keeps to its Content-Security-Policy is what the other tests show.
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', bypassCSP: true });
    page = await visit();
  });
  afterEach(async () => {
    await context.close();
    expect(faults).toEqual([]);
  });

  async function visit(): Promise<Page> {
    const visitor = await context.newPage();
    visitor.setDefaultTimeout(10_000);
    visitor.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(message.text()));
    visitor.on('pageerror', (error) => faults.push(error.message));
    visitor.on('requestfailed', (request) => faults.push(`failed: ${request.url()}`));
    visitor.on('response', (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
    return visitor;
  }

  const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: typeof name === 'string' });

  /** What axe-core finds serious or worse. */
  async function expectUsable(): Promise<void> {
    await page.evaluate(axe);
    const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Finding[];
    const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)).toEqual([]);
  }

  test.each(['light', 'dark'] as const)('axe-core finds nothing serious in any view, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${dashboard.url}#scenario=chain&policy=steady`);
    await page.locator('.network').waitFor();
    await button('Step').click();
    await button('Why?').click();
    await page.locator('[data-reason=ordered]').first().waitFor();
    await expectUsable();
    await page.getByRole('link', { name: 'Play' }).click();
    await button('Start a game').click();
    await page.locator('.order').waitFor();
    await expectUsable();
    await page.getByRole('link', { name: 'Train' }).click();
    await button(/^PPO · shop/).click();
    await page.locator('.training').waitFor();
    await expectUsable();
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.locator('.evaluations').waitFor();
    await expectUsable();
  });

  test('no view is wider than a narrow screen', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    const width = () => page.evaluate('document.documentElement.scrollWidth');
    await page.goto(`${dashboard.url}#scenario=chain&policy=steady`);
    await page.locator('.network').waitFor();
    await button('Step').click();
    await page.getByText('1 of 20 periods', { exact: true }).waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('link', { name: 'Play' }).click();
    await button('Start a game').click();
    await page.locator('.order').waitFor();
    expect(await width()).toBe(390);
    await page.goto(`${dashboard.url}#view=train&run=shop-ppo-1`);
    await page.locator('.training').waitFor();
    expect(await width()).toBe(390);
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.locator('.evaluations').waitFor();
    expect(await width()).toBe(390);
  });

  test('the page speaks the language of the browser, and another when asked to', async () => {
    await context.close();
    context = await browser.newContext({ locale: 'zh-CN' });
    page = await visit();
    await page.goto(dashboard.url);
    await page.getByRole('link', { name: '观察' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    await page.getByLabel('语言').selectOption('en');
    await page.getByRole('link', { name: 'Watch' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Watch' }).waitFor();
  });

  const framesOfChain = async () =>
    framesOf(await wholeSource().open(watchMessage.parse({ type: 'watch', ...start, scenario: 'chain', policies: ['steady'] })));

  test('a location of the network is plotted when it is clicked, by mouse or key', async () => {
    await page.goto(`${dashboard.url}#scenario=chain&policy=steady`);
    await page.locator('.network').waitFor();
    await button('Step').click();
    await page.getByText('1 of 20 periods', { exact: true }).waitFor();
    const stock = page.getByRole('img', { name: /^Stock/ });
    const [
      {
        policies: [{ onHand, locations }],
      },
    ] = await framesOfChain();
    expect(await stock.getAttribute('aria-label')).toContain(`Steady ${units(onHand)}`);
    await button(`north: ${locations?.onHand[1]} on hand, backlog ${locations?.backlog[1]}`).click();
    await page.getByText('The plots show north').waitFor();
    expect(await stock.getAttribute('aria-label')).toContain(`Steady ${locations?.onHand[1]}`);
    await button('Whole network').click();
    await button(/^centre to south/).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The plots show centre>south').waitFor();
  });

  test('a clicked period tells what each policy saw and ordered, and what the optimum would have', async () => {
    await page.goto(`${dashboard.url}#scenario=depot&policy=base-stock&policy=s-S`);
    await button('To the end').click();
    await page.getByText('20 of 20 periods', { exact: true }).waitFor();
    await page.getByRole('img', { name: /^Orders/ }).click();
    const why = page.getByRole('region', { name: /^Why\? Period/ });
    await why.waitFor();
    const period = Number((await why.getByRole('heading', { level: 2 }).innerText()).replace(/\D/g, ''));
    await why.locator('[data-reason=ordered]').nth(1).waitFor();
    await page.locator('.in-period caption', { hasText: `Period ${period} ` }).waitFor();
    const ordered = await page.locator('.in-period tr[data-policy="(s, S)"] td[data-measure=orders]').innerText();
    expect(await why.locator('[data-reason=ordered]').nth(1).innerText()).toBe(ordered);
    // The optimum of this scenario is said to be this very (s, S).
    expect(await why.locator('[data-reason=optimum]').nth(1).innerText()).toBe(ordered);
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
  });

  test('a game is played to its end beside policies, with hints and a debrief', async () => {
    await page.goto(`${dashboard.url}#view=play`);
    await page.getByLabel('Periods', { exact: true }).fill('3');
    await page.getByLabel('Periods', { exact: true }).press('Enter');
    await page.getByText('Period 1 of 3').waitFor();
    expect(await page.locator('.standing dd').first().innerText()).not.toBe('');
    await button('A hint').click();
    await page.getByText(/^Base stock would order/).waitFor();
    for (let period = 1; period <= 3; period++) {
      await page.getByText(`Period ${period} of 3`).waitFor();
      await page.getByLabel('Order on supplier → store').fill('6');
      await page.keyboard.press('Enter');
    }
    await page.getByText('The game is over').waitFor();
    const total = await page.locator('.sides tr[data-policy=You] td[data-measure=totalCost]').innerText();
    expect(Number(total.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(await page.locator('.sides tbody tr').count()).toBeGreaterThan(1);
    await button('Play again').click();
    await page.getByText('Period 1 of 3').waitFor();
  });

  test('a second browser takes a free seat by the address, and both orders are waited for', async () => {
    await page.goto(`${dashboard.url}#view=play`);
    await page.getByLabel('Scenario').selectOption('chain');
    await page.getByLabel('Who orders at north').selectOption('human');
    await page.getByLabel('Who orders at south').selectOption('human');
    await button('Start a game').click();
    await page.getByText('You are at north').waitFor();
    const address = await page.getByLabel('Others join with this address:').inputValue();
    const other = await visit();
    await other.goto(address);
    await button('Sit at south', other).click();
    await other.getByText('You are at south').waitFor();
    await page.getByLabel('Order on centre → north').fill('5');
    await button('Order').click();
    await page.getByText('Waiting for the other seats').waitFor();
    await other.getByLabel('Order on centre → south').fill('7');
    await button('Order', other).click();
    await page.getByText('Period 2 of 26').first().waitFor();
    await other.getByText('Period 2 of 26').first().waitFor();
    await other.reload();
    await other.getByText('You are at south').waitFor();
  });

  test('training is started, stopped and resumed, and its curve stands beside baseline and optimum', async () => {
    await page.goto(`${dashboard.url}#view=train`);
    await page.getByText('Settings of the agent').click();
    await page.getByText('Periods between updates. Takes: whole number from 1.').waitFor();
    await page.getByLabel('horizon').fill('8');
    await page.getByLabel('Or steps').fill('2000');
    await button('Start training').click();
    await page.getByText('200 of 1,000').waitFor();
    expect(started).toMatchObject([{ agent: 'ppo', settings: { horizon: 8 }, steps: 2000 }]);
    expect(started[0]).not.toHaveProperty('seconds');
    expect(await page.getByRole('img', { name: /^Learning curve/ }).getAttribute('aria-label')).toContain('200 8.00');
    await page.getByRole('region', { name: 'Learning curve' }).getByText('8.25').waitFor();
    await page.getByRole('region', { name: 'Learning curve' }).getByText('6.60').waitFor();
    await page.getByRole('img', { name: /^Policy loss/ }).waitFor();
    await button('Stop').click();
    await page.getByText('300 of 1,000').waitFor();
    await button('Resume').click();
    await page.getByText('200 of 1,000').waitFor();
    expect(page.url()).toContain('run=shop-ppo-2');
    await page.goto(`${dashboard.url}#view=train&run=shop-ppo-1`);
    await page.getByText('400 of 1,000').waitFor();
  });

  test('evaluations can be sorted, narrowed and downloaded, and formulas in them are disarmed', async () => {
    await page.goto(`${dashboard.url}#view=compare`);
    await page.locator('.evaluations tbody tr').nth(5).waitFor();
    const costs = () => page.locator('.evaluations td[data-measure=costPerPeriod]').allInnerTexts();
    expect((await costs())[0]).toBe('6.00 ± 0.20');
    await button(/^Cost \/ period/).click();
    expect((await costs())[0]).toBe('9.00 ± 0.20');
    await page.getByRole('region', { name: 'Sensitivity: shop' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), button('Download as CSV').click()]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv.split('\r\n').length).toBe(7);
    expect(csv).toContain(`,"'=HYPERLINK(""x"")",`);
  });
});
