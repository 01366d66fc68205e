import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../env/index.ts';
import { quantitiesBetween, readHistory } from '../../forecasting/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ITEMS = 'item,description,price\na,"Lantern, white",2.5\nb,Mug,\n';

function read(sales: string, items = 'item,description,price\na,"Lantern, white",2.5\nb,Mug,4\n') {
  const paths = { sales: join(folder, 'sales.csv'), items: join(folder, 'items.csv') };
  writeFileSync(paths.sales, sales);
  writeFileSync(paths.items, items);
  return readHistory(paths);
}

function complaint(sales: string, items?: string): string {
  try {
    read(sales, items);
  } catch (error) {
    if (error instanceof UserError) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return 'no complaint';
}

describe('a history from CSV', () => {
  const history = read(
    'date,item,quantity,price\n2024-01-01,a,3,2\n2024-01-07,a,1,4\n2024-01-08,b,5,4\n2024-01-23,a,2,3\n', // 2024-01-01 is a Monday
  );

  test('sums days into weeks that begin on Monday, without gaps', () => {
    expect(history.periods).toEqual(['2024-01-01', '2024-01-08', '2024-01-15', '2024-01-22']);
    expect(Array.from(history.quantity)).toEqual([4, 0, 0, 2, 0, 5, 0, 0]);
    expect(Array.from(history.open)).toEqual([1, 1, 0, 1]);
  });

  test('gives the mean price by units, carried on where nothing was sold, and the list price before the first sale', () => {
    expect(Array.from(history.price)).toEqual([2.5, 2.5, 2.5, 3, 4, 4, 4, 4]);
  });

  test('cuts out the weeks of a replay', () => {
    expect(Array.from(quantitiesBetween(history, 1, 4))).toEqual([0, 0, 2, 5, 0, 0]);
  });
});

describe('bad input is refused with file, line, column, the value and the fix', () => {
  test.each([
    ['a missing column', 'date,item\n2024-01-01,a\n', "sales.csv, line 1: no column 'quantity' among 'date,item'"],
    [
      'a date of another form',
      'date,item,quantity\n01/02/2024,a,1\n',
      "sales.csv, line 2, column date: '01/02/2024'; expected a date written YYYY-MM-DD",
    ],
    ['a day that does not exist', 'date,item,quantity\n2024-02-30,a,1\n', "sales.csv, line 2, column date: '2024-02-30'"],
    [
      'a negative quantity',
      'date,item,quantity\n2024-01-01,a,1\n2024-01-01,a,-4\n',
      "sales.csv, line 3, column quantity: '-4'; expected a number, 0 or more",
    ],
    ['an empty quantity', 'date,item,quantity\n2024-01-01,a,\n', "sales.csv, line 2, column quantity: ''"],
    ['an unknown item', 'date,item,quantity\n2024-01-01,zebra,1\n', "sales.csv, line 2, column item: 'zebra' is not in items.csv"],
    ['a row with a cell too many', 'date,item,quantity\n2024-01-01,a,1,9\n', 'line 2'],
    ['no rows', 'date,item,quantity\n', 'sales.csv: no rows'],
    ['an empty file', '', "sales.csv, line 1: no column 'date'"],
  ])('%s', (_, sales, expected) => {
    expect(complaint(sales)).toContain(expected);
  });

  test('an item listed twice, and a price left empty', () => {
    const sales = 'date,item,quantity\n2024-01-01,a,1\n';
    expect(complaint(sales, 'item,description\na,Mug\na,Cup\n')).toContain(
      "items.csv, line 3, column item: item 'a' again (first on line 2)",
    );
    expect(complaint(sales, ITEMS)).toContain("items.csv, line 3, column price: ''");
  });

  test('a file that is not there', () => {
    expect(() => readHistory({ sales: join(folder, 'none.csv'), items: join(folder, 'items.csv') })).toThrow(/none\.csv: cannot be read/);
  });
});
