import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { watchMessage } from '../../dashboard/protocol.ts';
import { units } from '../../dashboard/web/parts/format.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { framesOf } from './small-source.ts';
import { wholeSource } from './whole-source.ts';

const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 20 };

describe.skipIf(chromium === undefined)('the views in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;
  let page: Page;
  const started: object[] = [];

  beforeAll(async () => {
    dashboard = await startDashboard({ source: wholeSource({ onTrain: (order) => started.push(order) }), start });
  });
  afterAll(() => dashboard.close());
  beforeEach(async () => {
    page = await pages.visit(dashboard.url);
  });

  const button = (name: string | RegExp, on = page) => on.getByRole('button', { name, exact: typeof name === 'string' });

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
    const other = await pages.visit(address);
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
    await button(/^PPO: horizon=8 · shop/).waitFor();
    expect(started).toMatchObject([{ agent: 'ppo', settings: { horizon: 8 }, steps: 2000 }]);
    expect(started[0]).not.toHaveProperty('seconds');
    expect(await page.getByRole('img', { name: /^Learning curve/ }).getAttribute('aria-label')).toContain('200 8.00');
    await page.getByRole('region', { name: 'Learning curve' }).getByText('8.25').waitFor();
    await page.getByRole('region', { name: 'Learning curve' }).getByText('6.60').waitFor();
    // Agents that learn in phases tell of some measures in some of them: each is drawn with what was told of it.
    await page.getByRole('img', { name: 'Policy loss: 0.01', exact: true }).waitFor();
    await page.getByRole('img', { name: 'Divergence: 0.5', exact: true }).waitFor();
    await button('Stop').click();
    await page.getByText('300 of 1,000').waitFor();
    await button('Resume').click();
    await page.getByText('200 of 1,000').waitFor();
    expect(page.url()).toContain('run=shop-ppo-2');
    await page.goto(`${dashboard.url}#view=train&run=shop-ppo-1`);
    await page.getByText('400 of 1,000').waitFor();
  });

  test('a server that was started with training shows it first, unless the address asks for something else', async () => {
    const following = await startDashboard({ source: wholeSource(), start, follow: 'shop-ppo-1' });
    const first = await pages.visit(following.url);
    await first.locator('.training').waitFor();
    expect(first.url()).toContain('run=shop-ppo-1');
    const second = await pages.visit(`${following.url}#view=compare`);
    await second.locator('.evaluations').waitFor();
    await first.close();
    await second.close();
    await following.close();
  });

  test('evaluations can be sorted, narrowed and downloaded, and formulas in them are disarmed', async () => {
    await page.goto(`${dashboard.url}#view=compare`);
    await page.locator('.evaluations tbody tr').nth(5).waitFor();
    const costs = () => page.locator('.evaluations td[data-measure=costPerPeriod]').allInnerTexts();
    expect((await costs())[0]).toBe('6.00 ± 0.20');
    await button(/^Cost \/ period/).click();
    expect(await costs()).toEqual(['6.00', '7.00', '7.00', '8.00', '8.00', '9.00'].map((cost) => `${cost} ± 0.20`));
    await button(/^Cost \/ period/).click();
    expect((await costs())[0]).toBe('9.00 ± 0.20');
    await page.getByRole('region', { name: 'Sensitivity: shop' }).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), button('Download as CSV').click()]);
    const csv = readFileSync(await file.path(), 'utf8');
    expect(csv.split('\r\n').length).toBe(7);
    expect(csv).toContain(`,"'=HYPERLINK(""x"")",`);
  });
});
