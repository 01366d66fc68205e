import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dashboard, laboratorySource, ProcessWorkshop, startDashboard, systemClock } from '../../dashboard/index.ts';
import { money } from '../../dashboard/web/parts/format.ts';
import { CURVE_EVALUATION, compare, listRuns, readDocument } from '../../experiments/index.ts';
import { loadScenario } from '../../scenarios/index.ts';
import { chromium, chromiumPages } from './chromium-pages.ts';

/** [s] of training: enough to stop it in between, also where others want the cores. */
const SECONDS = 20;

describe.skipIf(chromium === undefined)('training in Chromium, with processes that train', () => {
  const pages = chromiumPages();
  const workshop = new ProcessWorkshop(systemClock);
  let dashboard: Dashboard;

  beforeAll(async () => {
    const start = { scenario: 'lost-sales', policies: ['base-stock:S=25'], seed: 1, periods: 10 };
    dashboard = await startDashboard({ source: await laboratorySource({ workshop }), start });
  });
  afterAll(async () => {
    await dashboard.close();
    workshop.close();
  });

  test('a run is started, stopped and resumed to its end, its curve beside what policies and the optimum cost on the same demand', async () => {
    const page = await pages.visit(`${dashboard.url}#view=train`);
    page.setDefaultTimeout(120_000);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const state = (name: string) => page.locator(`[data-state=${name}]`).waitFor();
    await page.getByLabel('Seconds, about').fill(String(SECONDS));
    await page.getByLabel('Seed', { exact: true }).fill('3');
    await page.getByLabel('Seed', { exact: true }).press('Tab');
    await press('Start training');
    await page.getByRole('img', { name: /^Learning curve/ }).waitFor();
    await press('Stop');
    await state('stopped');
    const [{ run, finished, steps }] = await listRuns();
    expect([finished, steps > 0]).toEqual([false, true]);
    await press('Resume');
    await state('finished');
    const curve = page.getByRole('region', { name: 'Learning curve' });
    const points = await readDocument(run, 'curve');
    const last = Array.isArray(points) ? points.at(-1) : undefined;
    const [whole] = await listRuns();
    expect([whole.finished, whole.steps]).toEqual([true, last.step]);
    // By time: on a machine that has little of it there may have been none left.
    expect(whole.steps).toBeGreaterThanOrEqual(steps);
    await curve
      .locator('dd')
      .first()
      .filter({ hasText: money(last.costPerPeriod) })
      .waitFor();
    // All that the page shows of others is on the demand of the curve.
    const loaded = await loadScenario('lost-sales');
    const { results } = await compare({ loaded, policies: ['base-stock', 'optimal'], ...CURVE_EVALUATION, seed: 3 });
    const cost = (policy: string) => money(results.find((result) => result.policy === policy)?.costPerPeriod ?? Number.NaN);
    for (const [name, policy] of [
      ['Base stock', 'base-stock'],
      ['Optimum', 'optimal'],
    ]) {
      await curve
        .locator('div', { has: page.getByText(name, { exact: true }) })
        .filter({ hasText: cost(policy) })
        .first()
        .waitFor();
    }
    // It can be watched from now on.
    await page.getByRole('link', { name: 'Watch' }).click();
    await page.getByLabel('Policy 1').selectOption({ label: 'PPO' });
    await page.locator('.so-far tr[data-policy^=PPO]').waitFor();
  }, 300_000);
});
