import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { importSales } from '../../../forecasting/index.ts';
import { createImporter, HEADER } from './files.ts';

const { read, complaint, folder } = createImporter();
const LINE = '2024-01-01,a,1\n';

describe('refused with file, line, column, the value, what was expected and the fix', () => {
  test.each([
    ['an empty file', '', 'sales.csv, line 1: empty; expected a header'],
    ['nothing but empty lines', '\n\n', 'sales.csv, line 1: empty'],
    ['a header alone', HEADER, 'sales.csv, line 2: nothing below the header; expected rows of date,item,quantity'],
    ['unknown columns', 'a,b,c\n1,2,3\n', "sales.csv, line 1: no column 'date' among 'a,b,c'; expected date, item, quantity"],
    ['no header', LINE, "no column 'date' among '2024-01-01,a,1'"],
    ['a column twice', `date,item,quantity,quantity\n2024-01-01,a,1,2\n`, "line 1: two columns 'quantity'"],
    [
      'dates of two forms',
      `${HEADER}${LINE}01/02/2024,a,1\n`,
      "sales.csv, line 3, column date: '01/02/2024'; expected a date written YYYY-MM-DD",
    ],
    [
      'days first after months first',
      `${HEADER}01/13/2024,a,1\n14/01/2024,a,1\n`,
      "line 3, column date: '14/01/2024'; expected a date written MM/DD/YYYY",
    ],
    ['a day that does not exist', `${HEADER}2024-02-30,a,1\n`, "line 2, column date: '2024-02-30'"],
    ['no date', `${HEADER}${LINE},a,1\n`, "line 3, column date: ''"],
    [
      'a date of another century',
      `${HEADER}${LINE}3024-01-01,a,1\n`,
      "line 3, column date: '3024-01-01'; expected a date written YYYY-MM-DD, 1900 to 2199",
    ],
    [
      'a date years after all others',
      `${HEADER}${LINE.repeat(3)}2042-01-01,a,1\n`,
      "line 5, column date: '2042-01-01'; expected a day near the others, the last of which is 2024-01-01",
    ],
    ['no item', `${HEADER}2024-01-01, ,1\n`, "line 2, column item: ''; expected the id of an item"],
    [
      'a word for a quantity',
      `${HEADER}${LINE}2024-01-01,a,many\n`,
      "line 3, column quantity: 'many'; expected a number such as 12 or 3.5; correct the cell",
    ],
    ['NaN', `${HEADER}2024-01-01,a,NaN\n`, "line 2, column quantity: 'NaN'"],
    ['infinity', `${HEADER}2024-01-01,a,-Infinity\n`, "line 2, column quantity: '-Infinity'"],
    ['a number beyond all numbers', `${HEADER}2024-01-01,a,1e400\n`, "line 2, column quantity: '1e400'"],
    ['no quantity', `${HEADER}2024-01-01,a,\n`, "line 2, column quantity: ''"],
    [
      'a price with a sign of currency',
      'date,item,quantity,price\n2024-01-01,a,1,£2\n',
      "line 2, column price: '£2'; expected a number such as 12 or 3.5, or nothing",
    ],
    ['nothing but returns', `${HEADER}2024-01-01,a,-3\n`, 'sales.csv: no sales'],
    ['a cell too many', `${HEADER}${LINE}2024-01-01,a,1,5\n`, 'sales.csv, line 3: 4 cells; expected 3, as in the header'],
    ['a cell too few', `${HEADER}2024-01-01,a\n`, 'sales.csv, line 2: 2 cells; expected 3'],
    ['a quote left open', `${HEADER}2024-01-01,"a,1\n${LINE}`, 'line 2: a quote that is not closed'],
    [
      'Latin-1',
      Buffer.from(`${HEADER}2024-01-01,caf\u00e9,2\n`, 'latin1'),
      'line 2: not UTF-8; expected UTF-8; save the file as UTF-8 or add --encoding latin-1',
    ],
    [
      'a binary file',
      Buffer.from(Array.from({ length: 4000 }, (_, k) => (k * 7919) % 256)),
      'sales.csv, line 1: a byte of 0, as in a binary file; expected a CSV or Parquet file',
    ],
    [
      'bytes that are no text',
      Buffer.from(Array.from({ length: 4000 }, (_, k) => 1 + ((k * 7919) % 255))),
      'sales.csv, line 1: not UTF-8; expected UTF-8',
    ],
    [
      'a byte of 0 far down',
      `${HEADER}${LINE.repeat(9000)}2024-01-01,a\0b,1\n`,
      "sales.csv, line 9002, column item: 'a\ufffdb'; expected the id of an item",
    ],
    ['a cell that steers the terminal', `${HEADER}2024-01-01,a,\u001b[31m5\n`, "line 2, column quantity: '\ufffd[31m5'"],
    [
      'line ends of two kinds',
      'date,item,quantity\r\n2024-01-01,a,1\r\n2024-01-01,a,1\n2024-01-01,b,2\r\n',
      'sales.csv, line 3: its line ends otherwise than the one before; expected the same line ends throughout',
    ],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004 and so on'), 'a spreadsheet or zip archive'],
    ['a Parquet file cut short', Buffer.from('PAR1 and nothing more'), 'sales.csv: a damaged Parquet file'],
    ['a gzip file cut short', gzipSync(HEADER + LINE.repeat(50_000)).subarray(0, -9), 'sales.csv: a damaged gzip file'],
  ])('%s', async (_, sales, expected) => {
    const said = await complaint(sales);
    expect(said).toContain(expected);
    expect(said).not.toContain('\n');
  });

  test('the line is the one of the file, whatever line ends stand in quotes or between rows', async () => {
    expect(await complaint('date,item,quantity\r\n2024-01-01,"a\r\nb",1\r\n\r\n2024-01-01,"c ""d""",1\r\n2024-01-01,x,q\r\n')).toContain(
      'line 6, column quantity',
    );
    expect(await complaint(`${HEADER}2024-01-01,"a\nb",1\n\n\n2024-01-01,x,q`)).toContain('line 6, column quantity');
  });

  test('a file that is one endless line, at its beginning or at its end', async () => {
    expect(await complaint('x'.repeat(3_000_000))).toContain('sales.csv, line 1: longer than a million bytes');
    expect(await complaint(gzipSync(`${HEADER}${LINE}${'x'.repeat(3_000_000)}`))).toContain(
      'sales.csv, line 3: longer than a million bytes',
    );
    expect(await complaint(`${HEADER}${LINE}${'x'.repeat(3_000_000)}`)).toContain('sales.csv, line 3: longer than a million bytes');
    expect(await complaint(`${HEADER}${LINE}2024-01-01,${'x'.repeat(3_000_000)},1\n${LINE.repeat(99_999)}`)).toContain(
      'line 3: longer than a million bytes',
    );
  });

  test('a file that is not there, a folder, and a mapping that fits nothing', async () => {
    await expect(importSales({ sales: join(folder, 'none.csv') })).rejects.toThrow(
      /none\.csv': cannot be read; expected a CSV or Parquet file/,
    );
    await expect(importSales({ sales: folder })).rejects.toThrow(/: a folder; expected/);
    expect(await complaint(HEADER + LINE, { map: { quantity: 'Qty' } })).toBe(
      "--map quantity=Qty: sales.csv has no column 'Qty'; expected one of date, item, quantity",
    );
    expect(await complaint(HEADER + LINE, { map: { amount: 'quantity' } })).toContain('--map amount=quantity: no such name');
  });

  test('and nothing is left behind', async () => {
    const own = mkdtempSync(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', own);
    await complaint(`${HEADER}2024-01-01,a,NaN\n`);
    await read(HEADER + LINE);
    vi.unstubAllEnvs();
    expect(readdirSync(own)).toEqual([]);
  });
});

describe('taken as anyone would expect', () => {
  test('one week of history, and one of nothing but zeros', async () => {
    const one = await read(`${HEADER}2024-01-02,a,1\n2024-01-03,a,2\n`);
    expect([one.history.periods, Array.from(one.history.quantity)]).toEqual([['2024-01-01'], [3]]);
    const none = await read(`${HEADER}2024-01-01,a,0\n2024-01-08,a,0\n`);
    expect([Array.from(none.history.quantity), Array.from(none.history.open)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('ids and descriptions in any script, of any length, whatever they would mean to a database', async () => {
    const ids = ['☂️🌧', '雨伞', 'مظلة', "a'); DROP TABLE sale; --", '"quoted"', 'x'.repeat(100_000)];
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const { history } = await read({
      sales: HEADER + ids.map((id, k) => `2024-01-01,${cell(id)},${k + 1}\n`).join(''),
      items: `item,description\n${ids.map((id) => `${cell(id)},${cell(`${id} שלום`)}\n`).join('')}`,
    });
    expect(history.items.map(({ id }) => id)).toEqual(ids);
    expect(history.items.map(({ description }) => description)).toEqual(ids.map((id) => `${id} שלום`));
    expect(Array.from(history.quantity)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('fractions, and two prices on one day', async () => {
    const { history, report } = await read('date,item,quantity,price\n2024-01-01,a,1.5,2\n2024-01-01,a,0.5,4\n');
    expect([history.quantity[0], history.price[0]]).toEqual([2, 2.5]);
    expect(report.findings.map(({ kind, count }) => [kind, count])).toEqual([
      ['fractional-quantities', 2],
      ['several-prices', 1],
      ['items-without-description', 1],
    ]);
  });
});

describe('notes, promotions and items', () => {
  const tables = {
    sales: `${HEADER}2024-01-01,a,1\n2024-01-08,a,1\n2024-01-15,b,1\n`,
    items: 'item,description,category\na,Mug,cups\nb,Bowl,bowls\n',
  };

  test('a note is known a week before unless it says otherwise, and stands at the period that it is about', async () => {
    const { history } = await read({
      ...tables,
      notes: 'date,text,item,category,known\n2024-01-17,Fair,,cups,2024-01-10\n2024-01-08,"Snow, much",a,,\n2024-03-01,Later,,,\n',
    });
    expect(history.notes).toEqual([
      { item: 'a', text: 'Snow, much', date: '2024-01-08', known: '2024-01-01', period: 1, knownAt: 0 },
      { category: 'cups', text: 'Fair', date: '2024-01-17', known: '2024-01-10', period: 2, knownAt: 2 },
      { text: 'Later', date: '2024-03-01', known: '2024-02-23', period: 8, knownAt: 8 },
    ]);
  });

  test('a promotion lasts a day unless it says otherwise; its depth is a part or a percentage', async () => {
    const { history } = await read({
      ...tables,
      promotions: 'from,to,category,depth,text\n2024-01-08,2024-01-16,cups,20%,Two for one\n2024-01-09,,,,\n2024-01-15,,,0.5,\n',
    });
    expect(history.promotions).toEqual([
      {
        category: 'cups',
        text: 'Two for one',
        from: '2024-01-08',
        to: '2024-01-16',
        depth: 0.2,
        firstPeriod: 1,
        lastPeriod: 2,
        knownAt: 0,
      },
      { text: '', from: '2024-01-09', to: '2024-01-09', depth: 0, firstPeriod: 1, lastPeriod: 1, knownAt: 1 },
      { text: '', from: '2024-01-15', to: '2024-01-15', depth: 0.5, firstPeriod: 2, lastPeriod: 2, knownAt: 1 },
    ]);
  });

  test.each([
    [
      'a note about no item',
      { notes: 'date,text,item\n2024-01-08,Snow,zebra\n' },
      "notes.csv, line 2, column item: 'zebra'; expected an item of the sales",
    ],
    ['a note about no category', { notes: 'date,text,category\n2024-01-08,Snow,hats\n' }, "notes.csv, line 2, column category: 'hats'"],
    ['a note that says nothing', { notes: 'date,text\n2024-01-08,Snow\n2024-01-08,\n' }, "notes.csv, line 3, column text: ''"],
    ['a note without a day', { notes: 'date,text\n2024-01-08,Snow\n,Snow\n' }, "notes.csv, line 3, column date: ''"],
    [
      'a note on a day that is none',
      { notes: 'date,text\n2024-01-08,Snow\nsoon,Snow\n' },
      "notes.csv, line 3, column date: 'soon'; expected a date written YYYY-MM-DD",
    ],
    [
      'a promotion that ends before it begins',
      { promotions: 'from,to\n2024-01-08,2024-01-01\n' },
      "promotions.csv, line 2, column to: '2024-01-01'; expected a day from 2024-01-08 on",
    ],
    [
      'a depth above 1',
      { promotions: 'from,depth\n2024-01-08,20\n' },
      "promotions.csv, line 2, column depth: '20'; expected a part of the price from 0 to 1",
    ],
    [
      'an item listed twice',
      { items: 'item,description\na,Mug\nb,Bowl\na,Cup\n' },
      "items.csv, line 4, column item: 'a'; expected each item once",
    ],
    ['an item without an id', { items: 'item,description\na,Mug\n,Bowl\n' }, "items.csv, line 3, column item: ''"],
    [
      'a price that is none',
      { items: 'item,description,price\na,Mug,2\nb,Bowl,-1\n' },
      "items.csv, line 3, column price: '-1'; expected a number such as 12 or 3.5, 0 or more; or nothing",
    ],
    ['no description', { items: 'item\na\nb\n' }, "items.csv, line 1: no column 'description' among 'item'"],
  ])('%s: refused', async (_, more, expected) => {
    expect(await complaint({ ...tables, ...more })).toContain(expected);
  });
});
