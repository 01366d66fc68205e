import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, startDashboard } from '../../dashboard/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';
import { expectWalkable } from './tab-walk.ts';
import { wholeSource } from './whole-source.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const start = { scenario: 'shop', policies: ['base-stock', 's-S'], seed: 1, periods: 20 };

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

const button = (on: Page, name: string | RegExp) => on.getByRole('button', { name, exact: typeof name === 'string' });

/** Each view with something in it. */
const VIEWS: Readonly<Record<string, (page: Page, url: string) => Promise<void>>> = {
  watch: async (page, url) => {
    await page.goto(`${url}#scenario=chain&policy=steady`);
    await page.locator('.network').waitFor();
    await button(page, 'Step').click();
    await button(page, 'Why?').click();
    await page.locator('[data-reason=ordered]').first().waitFor();
  },
  play: async (page, url) => {
    await page.goto(`${url}#view=play`);
    await button(page, 'Start a game').click();
    await button(page, 'A hint').click();
    await page.locator('.hints').waitFor();
  },
  debrief: async (page, url) => {
    await page.goto(`${url}#view=play`);
    await page.getByLabel('Periods', { exact: true }).fill('1');
    await page.getByLabel('Periods', { exact: true }).press('Tab');
    await button(page, 'Start a game').click();
    await button(page, 'Order').click();
    await page.locator('.sides').waitFor();
  },
  train: async (page, url) => {
    await page.goto(`${url}#view=train&run=shop-ppo-1`);
    await page.locator('.training').waitFor();
  },
  compare: async (page, url) => {
    await page.goto(`${url}#view=compare`);
    await page.locator('.evaluations').waitFor();
  },
};

describe.skipIf(chromium === undefined)('whom the page serves, in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: wholeSource(), start });
  });
  afterAll(() => dashboard.close());

  test.each(['light', 'dark'] as const)('axe-core finds nothing serious in any view, %s', async (colorScheme) => {
    // axe needs to be put into the page; that the page keeps to its Content-Security-Policy is what the other tests show.
    await pages.newVisitor({ bypassCSP: true, colorScheme });
    const page = await pages.visit(dashboard.url);
    for (const show of Object.values(VIEWS)) {
      await show(page, dashboard.url);
      await page.evaluate(axe);
      const found = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as readonly Finding[];
      const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)).toEqual([]);
    }
  });

  test.each(Object.keys(VIEWS))('Tab leads through all of %s in the order of reading, and what has the focus is seen', async (view) => {
    const page = await pages.visit(dashboard.url);
    await VIEWS[view](page, dashboard.url);
    await expectWalkable(page);
  });

  test.each(Object.keys(VIEWS))('%s is no wider than a narrow screen', async (view) => {
    await pages.newVisitor({ viewport: { width: 390, height: 800 } });
    const page = await pages.visit(dashboard.url);
    await VIEWS[view](page, dashboard.url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });

  test('the end of a chain is in sight on a narrow screen', async () => {
    await pages.newVisitor({ viewport: { width: 390, height: 800 } });
    const page = await pages.visit(dashboard.url);
    await VIEWS.watch(page, dashboard.url);
    const [scrolled, seen] = await page.locator('.drawing').evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
    expect(scrolled).toBe(seen);
  });

  test('the page speaks the language of the browser, and another when asked to', async () => {
    await pages.newVisitor({ locale: 'zh-CN' });
    const page = await pages.visit(dashboard.url);
    await page.getByRole('link', { name: '观察' }).waitFor();
    await page.locator('.so-far tr[data-policy="基本库存策略"]').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    await page.getByLabel('语言').selectOption('en');
    await page.getByRole('link', { name: 'Watch' }).waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Watch' }).waitFor();
  });
});
