import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type RecommendOptions, recommend } from '../../../decisions/index.ts';
import { UserError } from '../../../env/index.ts';
import { runsFolder } from '../../../experiments/index.ts';
import { ITEMS, monday, STOCK, salesLines, shop } from './shop.ts';

type Files = Parameters<typeof shop>[0];
type Case = readonly [what: string, files: Files, message: RegExp, options?: Partial<RecommendOptions>];

const sales = salesLines();
const quantity = (text: string) => [...sales, `${monday(39)},mug,${text},5`];
const last = sales.length + 1;

/** Each file, line, column, value and fix. */
const cases: readonly Case[] = [
  ['an empty file', { sales: '' }, /sales\.csv, line 1: empty; expected a header/],
  ['a header alone', { sales: sales.slice(0, 1) }, /sales\.csv, line 2: nothing below the header; expected rows of date,item,quantity/],
  [
    'a header alone of the stock',
    { stock: STOCK.slice(0, 1) },
    /stock\.csv, line 2: nothing below the header; expected rows of item,onHand/,
  ],
  [
    'a header alone of the items',
    { items: ITEMS.slice(0, 1) },
    /items\.csv, line 2: nothing below the header; expected rows of item,description/,
  ],
  ['an empty stock file', { stock: '' }, /stock\.csv, line 1: empty/],
  [
    'a binary file',
    { sales: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2) },
    /sales\.csv, line 1: a byte of 0, as in a binary file; expected a CSV or Parquet file/,
  ],
  ['one line of 8 megabytes', { sales: 'a'.repeat(8 << 20) }, /sales\.csv, line 1: longer than a million bytes/],
  [
    'mixed forms of dates',
    { sales: [...sales, '31/12/2024,mug,1,5'] },
    new RegExp(`line ${last}, column date: '31/12/2024'; expected a date written YYYY-MM-DD`),
  ],
  [
    'a decimal comma that nobody stated',
    { sales: quantity('"1,5"') },
    new RegExp(`line ${last}, column quantity: '1,5'; expected .*add --decimal comma or --decimal point`),
  ],
  ['NaN', { sales: quantity('NaN') }, new RegExp(`line ${last}, column quantity: 'NaN'; expected a number`)],
  ['1e400', { sales: quantity('1e400') }, new RegExp(`line ${last}, column quantity: '1e400'; expected a number`)],
  ['NaN in the stock', { stock: [...STOCK.slice(0, -1), 'tray,NaN'] }, /stock\.csv, line 7, column onHand: 'NaN'; expected a number/],
  [
    'stock of an item that is nowhere else',
    { stock: [...STOCK, 'jug,3'] },
    /stock\.csv, line 8, column item: 'jug'; expected an item of the sales or of the items file; correct it/,
  ],
  ['two stocks of one item', { stock: [...STOCK, 'mug,3'] }, /stock\.csv, line 8, column onHand: '3'; expected the stock of an item once/],
  [
    'two prices for one day',
    { sales: [...sales, `${monday(39)},mug,2,7`] },
    new RegExp(`line ${last}, column price: '7'; expected one price of an item for a day; .*--two-prices mean`),
  ],
  [
    'a sale after the day of the orders',
    { sales: [...sales, '2024-10-15,mug,2,5'] },
    new RegExp(`line ${last}, column date: '2024-10-15'; expected a day up to 2024-10-07`),
    { asOf: '2024-10-07' },
  ],
  [
    'a sale in the future',
    { sales: [...sales, '2024-12-15,mug,2,5'] },
    new RegExp(`line ${last}, column date: '2024-12-15'; expected a day up to 2024-11-30; .*--until 2024-11-30`),
    { today: '2024-11-30' },
  ],
  [
    'orders long after the last sale',
    {},
    /--as-of 2024-12-24: the last whole week of sales begins on 2024-09-30; expected orders in the week of 2024-10-07/,
    { asOf: '2024-12-24' },
  ],
  [
    'a cost below 0',
    { items: [`${ITEMS[0]},holdingCost`, ...ITEMS.slice(1).map((line) => `${line},-1`)] },
    /items\.csv, line 2, column holdingCost: '-1'; expected a number above 0/,
  ],
  [
    'a lead time in words',
    { items: [`${ITEMS[0]},leadTime`, ...ITEMS.slice(1).map((line) => `${line},soon`)] },
    /items\.csv, line 2, column leadTime: 'soon'; expected whole weeks up to 50, or such as 10 days/,
  ],
  ['a service of 1', {}, /--service 1: expected a chance above 0 and below 1/, { service: 1 }],
  ['a column that no file has', {}, /--map onHand=Bestand: .*no column 'Bestand'/, { map: { onHand: 'Bestand' } }],
];

describe('a file that cannot be used is refused in one line, and nothing is kept', () => {
  test.each(cases.map(([what, files, message, options]) => ({ what, files, message, options })))(
    '$what',
    async ({ files, message, options }) => {
      const failure = await recommend({ ...shop(files), keep: true, ...options }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toMatch(message);
      expect(String(failure).split('\n')).toHaveLength(1);
      expect(existsSync(runsFolder())).toBe(false);
    },
  );
});
