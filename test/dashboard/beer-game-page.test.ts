import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, laboratorySource, startDashboard } from '../../dashboard/index.ts';
import { money } from '../../dashboard/web/parts/format.ts';
import { compare, simulate } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';

const SEATS = ['factory', 'distributor', 'wholesaler', 'retailer'] as const;
const LINKS = ['supplier>factory', 'factory>distributor', 'distributor>wholesaler', 'wholesaler>retailer'] as const;
const PERIODS = 8;
const RIVAL = 'sterman:S=17,alpha=0.26,beta=0.34,L=8';
/** Each seat orders as it likes: now too little, now too much. */
const quantity = (seat: number, period: number) => (period * 7 + seat * 5) % 19;

describe.skipIf(chromium === undefined)('the beer game in Chromium', () => {
  const pages = chromiumPages();
  const folder = mkdtempSync(join(tmpdir(), 'replenish-'));
  let dashboard: Dashboard;

  beforeAll(async () => {
    const start = { scenario: 'beer-game', policies: ['base-stock:S=20'], seed: 1, periods: 10 };
    dashboard = await startDashboard({ source: await laboratorySource(), start });
  });
  afterAll(async () => {
    await dashboard.close();
    rmSync(folder, { recursive: true });
  });

  const press = (on: Page, name: string) => on.getByRole('button', { name, exact: true }).click();
  const costs = (on: Page, policy: string) => on.locator(`.sides tr[data-policy="${policy}"] td`).allInnerTexts();

  /** Orders once it is the seat's turn: a period is shown a moment before that is known. */
  async function order(on: Page, units: number): Promise<void> {
    await on.locator('.order button.main:enabled').waitFor();
    await on.locator('.order input').fill(String(units));
    await on.locator('.order input').press('Enter');
  }

  /** Opens a game whose seats are as given, against one policy. */
  async function open(by: Readonly<Partial<Record<(typeof SEATS)[number], string>>>): Promise<Page> {
    const host = await pages.visit(`${dashboard.url}#view=play`);
    await host.getByLabel('Scenario', { exact: true }).selectOption('beer-game');
    for (const seat of SEATS) await host.getByLabel(`Who orders at ${seat}`).selectOption(by[seat] ?? 'human');
    await host.getByLabel(/^Sterman: S=17/).check();
    await host.getByLabel('Base stock', { exact: true }).uncheck();
    await host.getByLabel('Echelon base stock').uncheck();
    await host.getByLabel('Periods', { exact: true }).fill(String(PERIODS));
    await host.getByLabel('Periods', { exact: true }).press('Tab');
    await press(host, 'Start a game');
    return host;
  }

  /** Whoever has the address sits down in a browser of their own. */
  async function joinAt(address: string, seat: string): Promise<Page> {
    await pages.newVisitor();
    const player = await pages.visit(address);
    await press(player, `Sit at ${seat}`);
    await player.getByText(`You are at ${seat}`).waitFor();
    return player;
  }

  test('a game is proposed to last as long as its scenario does, and another number where that goes on for ever', async () => {
    const page = await pages.visit(`${dashboard.url}#view=play`);
    const periods = page.getByLabel('Periods', { exact: true });
    await page.getByLabel('Scenario', { exact: true }).selectOption('lost-sales');
    const usual = Number(await periods.inputValue());
    await page.getByLabel('Scenario', { exact: true }).selectOption('beer-game');
    expect(await periods.inputValue()).toBe('36');
    await page.getByLabel('Scenario', { exact: true }).selectOption('lost-sales');
    expect(Number(await periods.inputValue())).toBe(usual);
    expect(usual).toBeGreaterThan(1);
  });

  test('four people order for eight periods, and each debrief holds what simulate finds for those orders', async () => {
    const host = await open({});
    await host.getByText('You are at factory').waitFor();
    const address = await host.getByLabel('Others join with this address:').inputValue();
    const players = [host];
    for (const seat of SEATS.slice(1)) players.push(await joinAt(address, seat));
    for (let period = 1; period <= PERIODS; period++) {
      for (const [seat, player] of players.entries()) {
        await player.getByText(`Period ${period} of ${PERIODS}`, { exact: true }).waitFor();
        await order(player, quantity(seat, period));
        if (seat < players.length - 1) await player.getByText('Waiting for the other seats').waitFor();
      }
    }
    const orders = join(folder, 'orders.csv');
    const rows = Array.from({ length: PERIODS }, (_, t) => LINKS.map((link, seat) => `${t},${link},${quantity(seat, t + 1)}`));
    writeFileSync(orders, ['period,link,quantity', ...rows.flat()].join('\n'));
    const loaded = await loadScenario('beer-game', { set: [`periods=${PERIODS}`] });
    const { totals } = await simulate({ loaded, orders, seed: 1 });
    const rival = await simulate({ loaded, policy: RIVAL, seed: 1 });
    const evaluated = await compare({ loaded, policies: [RIVAL], seed: 1, lanes: 1 });
    expect(money(PERIODS * evaluated.results[0].costPerPeriod)).toBe(money(rival.totals.cost));
    for (const player of players) {
      await player.getByText('The game is over').waitFor();
      const own = [totals.holding, totals.shortage, totals.cost].map(money);
      expect((await costs(player, 'You')).slice(0, 3)).toEqual(own);
      const other = await player.locator('.sides tbody tr').nth(1).locator('td').allInnerTexts();
      expect(other.slice(0, 3)).toEqual([rival.totals.holding, rival.totals.shortage, rival.totals.cost].map(money));
      expect(await player.locator('.worst > li').count()).toBeGreaterThan(0);
    }
  }, 240_000);

  test('two people and two policies share the table', async () => {
    const host = await open({ distributor: 'echelon-base-stock', factory: 'echelon-base-stock' });
    await host.getByText('You are at wholesaler').waitFor();
    const guest = await joinAt(await host.getByLabel('Others join with this address:').inputValue(), 'retailer');
    await guest.locator('[data-seat=factory]').getByText('a policy: Echelon base stock').waitFor();
    for (let period = 1; period <= PERIODS; period++) {
      for (const player of [host, guest]) {
        await player.getByText(`Period ${period} of ${PERIODS}`, { exact: true }).waitFor();
        await order(player, 8);
      }
    }
    await host.getByText('The game is over').waitFor();
    await guest.getByText('The game is over').waitFor();
    expect(await costs(guest, 'You')).toEqual(await costs(host, 'You'));
  }, 240_000);
});
