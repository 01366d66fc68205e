import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { importSales } from '../../../forecasting/index.ts';
import { createImporter, HEADER } from './files.ts';

const { read, complaint, folder } = createImporter();

/** First day of the first week, and all quantities: enough to see how cells were read. */
async function outcome(...given: Parameters<typeof read>) {
  const { history } = await read(...given);
  return [history.periods[0], ...history.quantity];
}

describe('one table, written in many ways', () => {
  const expected = ['2024-01-01', 3.5];
  test.each([
    ['commas', 'date,item,quantity\n2024-01-01,a,1.5\n2024-01-02,a,2\n'],
    ['semicolons and decimal commas', 'date;item;quantity\n2024-01-01;a;1,5\n2024-01-02;a;2\n'],
    ['tabs', 'date\titem\tquantity\n2024-01-01\ta\t1.5\n2024-01-02\ta\t2\n'],
    ['a byte order mark', '\ufeffdate,item,quantity\n2024-01-01,a,1.5\n2024-01-02,a,2\n'],
    ['UTF-16', Buffer.from('\ufeffdate,item,quantity\n2024-01-01,a,1.5\n2024-01-02,a,2\n', 'utf16le')],
    ['gzip', gzipSync('date,item,quantity\n2024-01-01,a,1.5\n2024-01-02,a,2\n')],
    ['carriage returns, empty lines and no last line end', 'date,item,quantity\r\n2024-01-01,a,1.5\r\n\r\n2024-01-02,a,2'],
    ['quotes and spaces', '"date", item ,quantity\n"2024-01-01", a ," 1.5 "\n2024-01-02,a,2\n'],
    ['columns in another order, with others between', 'quantity,shop,date,item\n1.5,x,2024-01-01,a\n2,y,2024-01-02,a\n'],
    ['German names, dates and numbers', 'Artikel-Nr.;Datum;Menge\na;01.01.2024;1,50\na;2.1.2024;2\n'],
    ['Spanish names', 'Fecha,Artículo,Cantidad\n2024-01-01,a,1.5\n2024-01-02,a,2\n'],
    ['French names', 'Quantité;Produit;Jour\n1,5;a;2024-01-01\n2;a;2024-01-02\n'],
    ['Chinese names and dates', '日期,商品,数量\n2024年1月1日,a,1.5\n2024年1月2日,a,2\n'],
    ['times', 'date,item,quantity\n2024-01-01T23:30:00+09:00,a,1.5\n2024-01-02 00:10,a,2\n'],
    ['digits alone', 'date,item,quantity\n20240101,a,1.5\n20240102,a,2\n'],
    ['years first with strokes', 'date,item,quantity\n2024/1/1,a,1.5\n2024/1/2,a,2\n'],
  ])('%s', async (_, sales) => {
    expect(await outcome(sales)).toEqual(expected);
  });

  test('Parquet, with real dates and numbers', async () => {
    const path = join(folder, 'sales.parquet');
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT DATE '2024-01-01' + day AS "date", 'a' AS sku, 1.75::DECIMAL(9,2) AS qty FROM (VALUES (0), (1)) AS days(day))
      TO '${path}' (FORMAT parquet)`);
    const { history, report } = await importSales({ sales: path });
    expect([history.periods, Array.from(history.quantity), report.format.file]).toEqual([['2024-01-01'], [3.5], 'parquet']);
    await connection.run(`COPY (SELECT DATE '2024-01-01' AS "date", 'a' AS item, 'x' AS quantity) TO '${path}' (FORMAT parquet)`);
    await expect(importSales({ sales: path })).rejects.toThrow(/sales\.parquet, row 1, column quantity: 'x'; expected a number/);
  });
});

describe('which column is which', () => {
  test('as mapped, even against a name that is understood', async () => {
    expect(await outcome('date,item,quantity,ordered\n2024-01-01,a,1,9\n', { map: { quantity: 'ordered' } })).toEqual(['2024-01-01', 9]);
  });

  test('of several that are understood, the one that is most plainly so', async () => {
    expect(await outcome('date,code,item,units,quantity\n2024-01-01,1,a,5,3\n')).toEqual(['2024-01-01', 3]);
  });

  test('the report names the column behind each name', async () => {
    const { report } = await read('Tag;SKU;Absatz;Preis\n01.02.2024;a;3;2,50\n');
    expect(report.format).toEqual({
      file: 'csv',
      separator: ';',
      decimal: 'comma',
      dates: 'DD.MM.YYYY',
      'column date': 'Tag',
      'column item': 'SKU',
      'column quantity': 'Absatz',
      'column price': 'Preis',
    });
  });
});

describe('days and months', () => {
  test('are told apart by a number above 12 anywhere in the file', async () => {
    const early = Array.from({ length: 12_000 }, (_, k) => `03/0${1 + (k % 9)}/2024,i${k},1\n`).join('');
    expect((await read(`${HEADER}${early}13/01/2024,a,1\n`)).report.format.dates).toBe('DD/MM/YYYY');
    expect((await read(`${HEADER}${early}01/13/2024,a,1\n`)).report.format.dates).toBe('MM/DD/YYYY');
  });

  test('are refused where they cannot be, and read as stated', async () => {
    const sales = `${HEADER}01/02/2024,a,1\n`;
    expect(await complaint(sales)).toBe(
      "sales.csv, line 2, column date: '01/02/2024'; expected a date whose day and month can be told apart; add --dates DMY or --dates MDY, or write YYYY-MM-DD",
    );
    expect(await outcome(sales, { dates: 'DMY' })).toEqual(['2024-01-29', 1]);
    expect(await outcome(sales, { dates: 'MDY' })).toEqual(['2024-01-01', 1]);
  });

  test('names of months say which number is the day', async () => {
    const { history, report } = await read(`${HEADER}1-Jan-2024,a,1.5\n02-JAN-2024,a,2\n08-Jan-2024,a,1\n`);
    expect([history.periods, Array.from(history.quantity), report.format.dates]).toEqual([
      ['2024-01-01', '2024-01-08'],
      [3.5, 1],
      'DD-Mon-YYYY',
    ]);
  });

  test.each([
    ['a name that is none', '1-Jan-2024', '1-Foo-2024', 'DD-Mon-YYYY'],
    ['a day that is none', '1-Jan-2024', '31-Feb-2024', 'DD-Mon-YYYY'],
    ['numbers below names', '1-Jan-2024', '2024-01-02', 'DD-Mon-YYYY'],
    ['names below numbers', '2024-01-01', '02-Jan-2024', 'YYYY-MM-DD'],
    ['names below days first', '31.12.2023', '02-Jan-2024', 'DD.MM.YYYY'],
    ['days first below the year first', '2023-12-31', '01.01.2024', 'YYYY-MM-DD'],
  ])('%s: refused', async (_, first, second, form) => {
    expect(await complaint(`${HEADER}${first},a,1\n${second},a,1\n`)).toContain(
      `sales.csv, line 3, column date: '${second}'; expected a date written ${form}`,
    );
  });

  test('years of two digits are read only where the order is stated', async () => {
    expect(await complaint(`${HEADER}13/02/24,a,1\n`)).toContain('add --dates DMY');
    expect(await outcome(`${HEADER}13/02/24,a,1\n`, { dates: 'DMY' })).toEqual(['2024-02-12', 1]);
  });
});

describe('commas in numbers', () => {
  test.each([
    [
      'a quoted comma, not stated',
      `${HEADER}2024-01-01,a,"1,5"\n`,
      {},
      "'1,5'; expected a number such as 12 or 3.5; add --decimal comma or --decimal point",
    ],
    ['one that may stand between thousands', 'date;item;quantity\n2024-01-01;a;1,234\n', {}, "'1,234'"],
    [
      'a point where the comma is stated',
      `${HEADER}2024-01-01,a,1.5\n`,
      { decimal: 'comma' },
      "'1.5'; expected a number such as 12 or 3,5",
    ],
    ['both signs before decimals', 'date;item;quantity\n2024-01-01;a;1,5\n2024-01-02;a;1.5\n', {}, "line 2, column quantity: '1,5'"],
  ] as const)('%s: refused', async (_, sales, options, expected) => {
    expect(await complaint(sales, options)).toContain(expected);
  });

  test.each([
    ['stated', `${HEADER}2024-01-01,a,"1,5"\n`, { decimal: 'comma' }, 1.5],
    ['between thousands, point stated', `${HEADER}2024-01-01,a,"1,234"\n`, { decimal: 'point' }, 1234],
    ['between thousands, shown by another cell', `${HEADER}2024-01-01,a,"1,234.50"\n2024-01-01,b,"1,000"\n`, {}, 1234.5],
    ['points between thousands', 'date;item;quantity;price\n2024-01-01;a;1.234;3,50\n', {}, 1234],
  ] as const)('%s: read', async (_, sales, options, expected) => {
    expect((await read(sales, options)).history.quantity[0]).toBe(expected);
  });
});
