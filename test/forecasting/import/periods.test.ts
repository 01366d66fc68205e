import { describe, expect, test } from 'vitest';
import { createImporter, dailyLines, found, HEADER } from './files.ts';

const { read, complaint } = createImporter();

describe('sales by week', () => {
  test('sums days into weeks that begin on Monday, without gaps, and prices by units', async () => {
    const { history } = await read({
      sales: 'date,item,quantity,price\n2024-01-01,a,3,2\n2024-01-07,a,1,4\n2024-01-08,b,5,4\n2024-01-23,a,2,3\n',
      items: 'item,description,price\na,"Lantern, white",2.5\nb,Mug,4\n',
    });
    expect(history.periods).toEqual(['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22']);
    expect(Array.from(history.quantity)).toEqual([4, 0, 0, 2, 0, 5, 0, 0]);
    expect(Array.from(history.open)).toEqual([1, 1, 0, 1]);
    expect(Array.from(history.price)).toEqual([2.5, 2.5, 2.5, 3, 4, 4, 4, 4]);
    expect(history.items).toEqual([
      { id: 'a', description: 'Lantern, white', category: '', price: 2.5 },
      { id: 'b', description: 'Mug', category: '', price: 4 },
    ]);
  });

  test('weeks are those of ISO 8601, over the end of a year too', async () => {
    const { history } = await read(`${HEADER}2020-12-31,a,1\n2021-01-03,a,2\n2021-01-04,a,4\n`, { cleaning: { partialPeriods: 'keep' } });
    expect([history.periods, Array.from(history.quantity)]).toEqual([
      ['2020-12-28', '2021-01-04'],
      [3, 4],
    ]);
  });

  test('a first and a last week that the days cover in part are left out and reported, or kept where that is asked', async () => {
    const lines = HEADER + dailyLines('a', Array(31).fill(1)).split('\n').slice(2).join('\n'); // Wednesday 3 to Wednesday 31 January
    const dropped = await read(lines);
    expect([dropped.history.periods, Array.from(dropped.history.quantity)]).toEqual([
      ['2024-01-08', '2024-01-15', '2024-01-22'],
      [7, 7, 7],
    ]);
    expect([found(dropped, 'partial-periods', 'periods'), found(dropped, 'partial-periods', 'lines')]).toEqual([2, 8]);
    const kept = await read(lines, { cleaning: { partialPeriods: 'keep' } });
    expect(Array.from(kept.history.quantity)).toEqual([5, 7, 7, 7, 3]);
  });

  test('a week is whole where only days lack on which the business never trades', async () => {
    const weekdays = dailyLines('a', Array(26).fill(2))
      .split('\n')
      .filter((_, k) => k % 7 < 5);
    const { history } = await read(HEADER + weekdays.join('\n')); // to Friday 26 January
    expect(Array.from(history.quantity)).toEqual([10, 10, 10, 10]);
  });

  test('weekly figures stay whole, whatever weekday they are dated on', async () => {
    const { history } = await read(`${HEADER}2024-01-07,a,1\n2024-01-14,a,2\n2024-01-21,a,3\n`);
    expect([history.periods[0], Array.from(history.quantity)]).toEqual(['2024-01-01', [1, 2, 3]]);
  });
});

describe('sales by day and by month', () => {
  test('days', async () => {
    const { history } = await read(HEADER + dailyLines('a', [3, 0, 5]), { period: 'day' });
    expect([history.periods, Array.from(history.quantity), Array.from(history.open)]).toEqual([
      ['2024-01-01', '2024-01-02', '2024-01-03'],
      [3, 0, 5],
      [1, 0, 1],
    ]);
  });

  test('months, of which the last is left out where it has only begun', async () => {
    const { history } = await read(HEADER + dailyLines('a', Array(70).fill(1)), { period: 'month' });
    expect([history.periods, Array.from(history.quantity)]).toEqual([
      ['2024-01-01', '2024-02-01'],
      [31, 29],
    ]);
  });

  test('monthly figures, dated on the first or the last day or as year and month', async () => {
    for (const dates of [
      ['2024-01-01', '2024-02-01', '2024-03-01'],
      ['2024-01-31', '2024-02-29', '2024-03-31'],
      ['2024-01', '2024-02', '2024-03'],
    ]) {
      const { history } = await read(HEADER + dates.map((date, k) => `${date},a,${k + 1}\n`).join(''), { period: 'month' });
      expect([history.periods, Array.from(history.quantity)]).toEqual([
        ['2024-01-01', '2024-02-01', '2024-03-01'],
        [1, 2, 3],
      ]);
    }
  });

  test('periods shorter than the file can tell are refused', async () => {
    expect(await complaint(`${HEADER}2024-01-01,a,1\n2024-01-08,a,1\n2024-01-15,a,1\n`, { period: 'day' })).toBe(
      '--period day: sales.csv has one date a week; expected a period of a week or longer; add --period week',
    );
    expect(await complaint(`${HEADER}2024-01-01,a,1\n2024-02-01,a,1\n2024-03-01,a,1\n`)).toContain('add --period month');
  });

  test('nothing after the last day that is asked for is read', async () => {
    const result = await read(HEADER + dailyLines('a', [1, 2, 3, 4]), { period: 'day', until: '2024-01-02' });
    expect([Array.from(result.history.quantity), found(result, 'after-until')]).toEqual([[1, 2], 2]);
    expect(await complaint(HEADER + dailyLines('a', [1]), { until: '2023-01-01' })).toContain('expected a later day');
    expect(await complaint(HEADER + dailyLines('a', [1]), { until: 'soon' })).toContain('--until soon: expected a day written YYYY-MM-DD');
  });
});
