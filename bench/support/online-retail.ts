import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** One item of the UCI Online Retail data. */
export interface RetailItem {
  readonly code: string;
  /** As first sold, lower case. */
  readonly description: string;
  /** Day of the first sale, counted from 2010-12-01. */
  readonly first: number;
  /** Commonest price on that day, the higher where two are as common. */
  readonly price: number;
  /** [day] units sold. */
  readonly daily: Float64Array;
}

/** 2010-12-01 to 2011-12-09. */
export const DAYS = 374;
const FIRST_DAY = Date.UTC(2010, 11, 1) / 86_400_000;
/** Two orders that were cancelled within minutes. */
const ERRORS = new Set(['80995', '74215']);

/** Clean lines of products, exact duplicates left out, by item. */
export async function readOnlineRetail(folder: string): Promise<RetailItem[]> {
  const rows = createReadStream(join(folder, 'online_retail.csv.gz'))
    .pipe(createGunzip())
    .pipe(parse({ from_line: 2, relax_quotes: true }));
  const seen = new Set<string>();
  const items = new Map<string, { description: string; first: number; prices: Map<number, number>; daily: Float64Array }>();
  for await (const row of rows) {
    const [invoice, stockCode, description, quantity, date, price]: string[] = row;
    if (!(Number(quantity) > 0) || !(Number(price) > 0) || !/^\d{5}[A-Za-z]*$/.test(stockCode)) continue;
    if (invoice.startsWith('C') || ERRORS.has(quantity)) continue;
    const line = row.join('\t');
    if (seen.has(line)) continue;
    seen.add(line);
    const code = stockCode.toUpperCase();
    const day = Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / 86_400_000 - FIRST_DAY;
    const item = items.get(code) ?? {
      description: description.toLowerCase(),
      first: day,
      prices: new Map(),
      daily: new Float64Array(DAYS),
    };
    items.set(code, item);
    item.daily[day] += Number(quantity);
    if (day === item.first) item.prices.set(Number(price), (item.prices.get(Number(price)) ?? 0) + 1);
  }
  return [...items].map(([code, { description, first, prices, daily }]) => {
    const [[usual]] = [...prices].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
    return { code, description, first, price: usual, daily };
  });
}
