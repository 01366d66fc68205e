import { describe, expect, test } from 'vitest';
import { monitor, openRecommendation, recommend, review } from '../../../decisions/index.ts';
import { createStream, UserError } from '../../../env/index.ts';
import { loadHolidays } from '../../../forecasting/index.ts';
import { filesOf } from './shop.ts';

/** Weeks from Monday 2022-01-03 on; the one after them, of 2024-05-20, begins with Whit Monday, which was a week later the year before. */
const WEEKS = 124;
const LIVE = 10;
const DAY = 86_400_000;
const german = await loadHolidays('DE', 2022, 2024);
const now = '2024-12-01T00:00:00.000Z';

/** Sales of the weeks [from, to) of eight items, of which twice as much is sold where a week has a public holiday on a working day. */
function lines(from: number, to: number): string[] {
  const found = ['date,item,quantity'];
  for (let item = 0; item < 8; item++) {
    const stream = createStream(item, 'holiday shop');
    for (let week = 0; week < to; week++) {
      const first = Date.UTC(2022, 0, 3 + 7 * week) / DAY;
      const holiday = [0, 1, 2, 3, 4].some((day) => german.isHoliday(first + day));
      const sold = Math.round((20 + 5 * item) * (holiday ? 2 : 1) * (1 + 0.1 * stream.normal()));
      if (week >= from) found.push(`${new Date(first * DAY).toISOString().slice(0, 10)},item-${item},${sold}`);
    }
  }
  return found;
}

const paths = filesOf({
  sales: lines(0, WEEKS),
  newer: lines(WEEKS, WEEKS + LIVE),
  stock: ['item,onHand', ...Array.from({ length: 8 }, (_, item) => `item-${item},10`)],
});
const shop = { sales: paths.sales, stock: paths.stock, method: 'ridge' } as const;
const plain = await recommend(shop);
const aware = await recommend({ ...shop, country: 'DE' });

/** [units] forecast of all items for the first week ahead. */
async function firstWeek(run: string | null): Promise<number> {
  const { predictions } = await openRecommendation(run ?? '');
  const { mean, horizon } = { ...predictions.forecast, horizon: predictions.horizon };
  return Array.from({ length: 8 }, (_, item) => mean[item * horizon]).reduce((sum, one) => sum + one);
}

describe('the holidays of a country', () => {
  test('raise the forecast of a week in which more is sold for one, and what is ordered for it', async () => {
    expect(await firstWeek(aware.run)).toBeGreaterThan(1.3 * (await firstWeek(plain.run)));
    expect(aware.totals.units).toBeGreaterThan(plain.totals.units);
  });

  test('are known again when newer sales come in: to the check, the review and what takes the place of the run', async () => {
    const checked = await monitor({ run: String(aware.run), sales: paths.newer, now });
    const unaware = await monitor({ run: String(plain.run), sales: paths.newer, now });
    expect(checked.scores.crps.forecast).toBeLessThan(unaware.scores.crps.forecast);

    const naive = await recommend({ ...shop, country: 'DE', method: 'naive' });
    const { update } = await monitor({ run: String(naive.run), sales: paths.newer, now, update: { challengers: ['ridge'] } });
    const { record } = await openRecommendation(String(update?.promoted));
    expect(record.method).toMatchObject({ name: 'ridge', country: 'DE' });
    const anew = await recommend({ ...shop, sales: filesOf({ all: lines(0, WEEKS + LIVE) }).all, country: 'DE' });
    expect(await firstWeek(record.run)).toBeCloseTo(await firstWeek(anew.run), 9);
  });

  test('are known to the review of held-out weeks', async () => {
    const [one, other] = await Promise.all([review(String(aware.run)), review(String(plain.run))]);
    expect(one.findings).not.toEqual(other.findings);
  });

  test('are told to be of no use to a method that looks at each item for itself', async () => {
    const said: string[] = [];
    await recommend({ ...shop, country: 'DE-BY', method: 'ses', keep: false, onMessage: (line) => said.push(line) });
    expect(said).toContain('--country DE-BY: ses looks at each item for itself and knows no holidays');
  });

  test.each([
    ['Atlantis', /^country Atlantis: expected a code of two letters such as GB, DE or DE-BY; one of .*GB/],
    ['DE-XX', /^country DE-XX: DE has no part XX; expected DE, DE-/],
    ['', /^country : expected a code of two letters/],
  ])("of '%s' are refused in one line", async (country, message) => {
    const asked = recommend({ ...shop, country });
    await expect(asked).rejects.toThrow(UserError);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow(/\n/);
  });
});
