import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, laboratorySource, startDashboard, versusClassic } from '../../dashboard/index.ts';
import { fineMoney, finePercent, money, percent, withInterval } from '../../dashboard/web/parts/format.ts';
import { compare } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';

const start = { scenario: 'lost-sales', policies: ['s-S:s=20,S=26', 'optimal'], set: { leadTime: 2 }, seed: 4, periods: 50 };

describe.skipIf(chromium === undefined)('the laboratory in Chromium', () => {
  const pages = chromiumPages();
  let dashboard: Dashboard;

  beforeAll(async () => {
    dashboard = await startDashboard({ source: await laboratorySource(), start });
  });
  afterAll(() => dashboard.close());

  test('the table of the long run holds what evaluate finds, to the cent', async () => {
    const page = await pages.visit(dashboard.url);
    await page.locator('.long-run[aria-busy=false]').waitFor();
    const loaded = await loadScenario('lost-sales', { set: ['leadTime=2'] });
    const { results } = await compare({ loaded, policies: start.policies, seed: 4, periods: 50, lanes: 256 });
    const rows = await page.locator('.long-run tbody tr').all();
    expect(rows).toHaveLength(results.length);
    for (const [k, { costPerPeriod, ci95, fillRate, gapPercent = null, gapCi95 = null }] of results.entries()) {
      const cell = (measure: string) => rows[k].locator(`td[data-measure=${measure}]`).innerText();
      expect(await cell('costPerPeriod')).toBe(withInterval(fineMoney, costPerPeriod, ci95));
      expect(await cell('fillRate')).toBe(percent(fillRate));
      expect(await cell('gap')).toBe(withInterval(finePercent, gapPercent ?? 0, gapCi95));
    }
  });

  test('sliders ask what an item would cost under the network for any item and under the best classic policy', async () => {
    const page = await pages.visit(dashboard.url);
    await page.getByText('Any item: one network without training').click();
    const result = page.getByRole('region', { name: 'Universal against the best classic policy' });
    const cost = async () => {
      await page.locator('.any-item section[aria-busy=false]').waitFor();
      return result.locator('[data-side=universal] [data-measure=costPerPeriod]').innerText();
    };
    expect(await page.getByLabel('Shortage cost, money per unit').getAttribute('aria-valuetext')).toBe('4');
    const first = await cost();
    // It stands where the scenario that is watched has it.
    expect(await page.getByLabel('Lead time, periods').inputValue()).toBe('2');
    await page.getByLabel('Lead time, periods').press('ArrowRight');
    const item = { shortageCost: 4, leadTime: 3, mean: 5, spread: 1 };
    const { universal } = await versusClassic(await loadScenario('lost-sales'), item);
    expect(await cost()).toBe(withInterval(money, universal.costPerPeriod, universal.ci95 === null ? null : [...universal.ci95]));
    expect(await cost()).not.toBe(first);
  }, 180_000);
});
