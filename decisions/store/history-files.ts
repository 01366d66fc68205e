import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { History } from '../../forecasting/index.ts';
import { readParquet, writeParquet } from './parquet.ts';

const SALES = 'sales.parquet';
const CALENDAR = 'calendar.json';

type Calendar = Pick<History, 'periodLength' | 'periods' | 'notes' | 'promotions'> & { readonly open: readonly number[] };

/** Writes the cleaned sales of every item and period (item,period,quantity,price,missing), and calendar, notes and promotions beside them. */
export async function writeHistory(folder: string, history: History): Promise<string[]> {
  const { items, periods, periodLength, notes, promotions } = history;
  await writeParquet(join(folder, SALES), [
    { name: 'item', values: items.flatMap(({ id }) => periods.map(() => id)) },
    { name: 'period', values: items.flatMap(() => [...periods]) },
    { name: 'quantity', values: history.quantity },
    { name: 'price', values: history.price },
    { name: 'missing', values: history.missing },
  ]);
  const calendar: Calendar = { periodLength, periods, open: Array.from(history.open), notes, promotions };
  await writeFile(join(folder, CALENDAR), JSON.stringify(calendar));
  return [SALES, CALENDAR];
}

/** What `writeHistory` wrote, with the catalogue that stands elsewhere. */
export async function readHistory(folder: string, items: History['items']): Promise<History> {
  const { open, ...calendar }: Calendar = JSON.parse(await readFile(join(folder, CALENDAR), 'utf8'));
  const sales = await readParquet(join(folder, SALES));
  return {
    ...calendar,
    items,
    quantity: sales.numbers('quantity'),
    price: sales.numbers('price'),
    missing: Int32Array.from(sales.numbers('missing')),
    open: Uint8Array.from(open),
  };
}
