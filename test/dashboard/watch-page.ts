import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Frame, totalsOf } from '../../dashboard/index.ts';
import { money, percent, units } from '../../dashboard/web/parts/format.ts';
import type { chromiumPages } from './chromium-pages.ts';

/** The view in which an episode is watched, as a person uses it. */
export class WatchPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page and waits until it shows an episode. */
  static async open(pages: ReturnType<typeof chromiumPages>, address: string): Promise<WatchPage> {
    const page = await pages.visit(address);
    await page.locator('.so-far').waitFor();
    return new WatchPage(page);
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Waits until exactly so many periods are shown. */
  async count(played: number, periods = 100): Promise<void> {
    await this.page.getByText(`${played} of ${periods} periods`, { exact: true }).waitFor();
  }

  /** Waits until at least so many periods are shown. */
  async reach(periods: number): Promise<void> {
    while ((await this.played()) < periods) await this.#nextFrame();
  }

  async played(): Promise<number> {
    return Number(await this.page.locator('progress').getAttribute('value'));
  }

  /** The period at which the page stands once the server has paused: what was on its way has arrived. */
  async paused(): Promise<number> {
    await this.page.getByRole('status').filter({ hasText: 'Paused' }).waitFor();
    await this.page.locator('.transport[aria-busy=false]').waitFor();
    return this.played();
  }

  async cell(table: string, policy: string, measure: string): Promise<string> {
    return this.page.locator(`.${table} tr[data-policy="${policy}"] td[data-measure="${measure}"]`).innerText();
  }

  /** Every number of both tables against the frames that were to be shown. */
  async expectNumbersOf(frames: readonly Frame[], names: readonly string[] = ['Base stock', '(s, S)']): Promise<void> {
    const last = frames[frames.length - 1];
    const totals = totalsOf(frames, names.length);
    for (const [k, name] of names.entries()) {
      const policy = last.policies[k];
      expect(await this.cell('so-far', name, 'costPerPeriod')).toBe(money(totals[k].costPerPeriod));
      expect(await this.cell('so-far', name, 'totalCost')).toBe(money(policy.totalCost));
      expect(await this.cell('so-far', name, 'fillRate')).toBe(percent(totals[k].fillRate));
      expect(await this.cell('in-period', name, 'onHand')).toBe(units(policy.onHand));
      expect(await this.cell('in-period', name, 'onOrder')).toBe(units(policy.onOrder));
      expect(await this.cell('in-period', name, 'orders')).toBe(units(policy.orders));
      expect(await this.cell('in-period', name, 'short')).toBe(units(last.demand - policy.served));
      expect(await this.cell('in-period', name, 'cost')).toBe(money(policy.cost));
    }
    expect(await this.page.locator('.in-period caption').innerText()).toContain(`demand ${units(last.demand)}`);
  }

  async #nextFrame(): Promise<void> {
    await this.page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  }
}
