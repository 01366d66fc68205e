import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { afterAll, expect, test } from 'vitest';
import { recommend } from '../../decisions/index.ts';
import { queryRuns, report } from '../../experiments/index.ts';
import { ITEMS, LEVELS, monday, STOCK, salesLines, shop, WEEKS } from '../decisions/recommend/shop.ts';

const folder = mkdtempSync(join(tmpdir(), 'replenish-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOSTILE = 'Tray <b onclick=alert(1)>of</b> clay & glaze';
const items = ITEMS.map((line) => line.replace('A tray of clay', HOSTILE));
const stock = STOCK.map((line) => line.replace('mug,10', 'mug,500'));
/** Sales before a week. */
const until = (week: number) => salesLines().filter((line, k) => k === 0 || line < monday(week));

async function recommended(week: number) {
  const made = await recommend({ ...shop({ sales: until(week), items, stock }), keep: true });
  return { ...made, run: String(made.run) };
}

async function written(run: string) {
  const file = join(folder, `${run}.html`);
  await report({ runs: [run], file });
  const text = readFileSync(file, 'utf8');
  return { text, page: parseHTML(text).document };
}

test('a report of a recommendation has its orders and costs, whole, and what was written stays text', async () => {
  const { run, suggestions, asOf } = await recommended(WEEKS - 4);
  const { text, page } = await written(run);
  expect(page.querySelector('h1')?.textContent).toBe(`Orders for ${asOf}`);
  const numbers = [...page.querySelectorAll('data')].map((data) => Number(data.getAttribute('value')));
  for (const { order, forecast } of suggestions) for (const value of [order, forecast.mean]) expect(numbers).toContain(value);
  expect(numbers).toContain(suggestions.filter(({ order }) => order > 0).length);
  expect(suggestions.find(({ item }) => item === 'mug')?.order).toBe(0);
  expect(text).not.toContain('<b onclick');
  expect([...page.querySelectorAll('td')].map(({ textContent }) => textContent)).toContain(HOSTILE);
  const commands = [...page.querySelectorAll('pre')].map(({ textContent }) => textContent).join('\n');
  expect(commands).toMatch(new RegExp(`npx replenish recommend --sales \\S+sales\\.csv .*--method ses --as-of ${asOf}`));
  expect(text).toContain('not known yet');
});

test('its forecasts are held against the sales that a later recommendation knows', async () => {
  const early = await recommended(WEEKS - 3);
  await recommended(WEEKS);
  const { page, text } = await written(early.run);
  expect(text).not.toContain('not known yet');
  const caption = [...page.querySelectorAll('caption')]
    .map(({ textContent }) => textContent)
    .find((words) => words?.startsWith('Coverage'));
  const { rows } = await queryRuns(`select count(distinct ahead) as periods from predictions where run = '${early.run}'`);
  const periods = Math.min(3, Number(rows[0].periods));
  expect(caption).toBe(`Coverage of the forecasts’ central intervals, ${periods * Object.keys(LEVELS).length} forecasts`);
});

test('runs of both kinds can be queried by item', async () => {
  const { run } = await recommended(WEEKS);
  const { rows } = await queryRuns(
    `select description, ordered, q10 <= q90 as wide, len(weights) = len(means) as whole from suggestions
     join items using (run, item) join predictions using (run, item) where run = '${run}' and item = 'tray' and ahead = 0`,
  );
  expect(rows).toEqual([{ description: HOSTILE, ordered: expect.any(Number), wide: true, whole: true }]);
});
