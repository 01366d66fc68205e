import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import type { History } from '../../forecasting/index.ts';

/** Weeks 2 to 52 of 2017: the first and the last are cut off. */
export const FIRST_WEEK = 2;
export const WEEKS = 51;
const LEAST_LINES = 104;
const MOST_UNITS = 24;
const NO_PRODUCTS = new Set(['COUPON/MISC ITEMS', 'FUEL']);

/** How products of a type are promoted in a week, in the words of their mailings and places. */
export const PROMOTIONS = [
  { name: 'on the front page of the mailer', mailer: 'DHZ', display: '' },
  { name: 'on the back page of the mailer', mailer: 'FL', display: '' },
  { name: 'on an inside page of the mailer', mailer: 'ACJPX', display: '' },
  { name: 'in displays at the front of the store', mailer: '', display: '13' },
  { name: 'in displays at the end of an aisle', mailer: '', display: '45' },
  { name: 'in displays elsewhere in the store', mailer: '', display: '2679A' },
] as const;

/** Weekly sales of product types, and how they were promoted. */
export interface PromotedTypes {
  readonly history: History;
  /** [kind of promotion][item x week] number of products promoted so. */
  readonly promoted: readonly Float64Array[];
}

/** Product types that sold often enough, from the Complete Journey's samples. Promotions come from two stores and are taken for those of the chain. */
export async function readPromotedTypes(folder: string): Promise<PromotedTypes> {
  const typeOf = new Map<string, string>();
  for await (const [product, , , , category, type] of rows(folder, 'products')) {
    if (type !== '' && category !== '' && !NO_PRODUCTS.has(category)) typeOf.set(product, `${category}: ${type}`);
  }
  const lines = new Map<string, number>();
  const sold = new Map<string, Float64Array>();
  for await (const [, , , product, quantity, , , , , week] of rows(folder, 'transactions_sample')) {
    const type = typeOf.get(product);
    const period = Number(week) - FIRST_WEEK;
    if (type === undefined || period < 0 || period >= WEEKS) continue;
    lines.set(type, (lines.get(type) ?? 0) + 1);
    const weeks = sold.get(type) ?? new Float64Array(WEEKS);
    weeks[period] += Math.min(MOST_UNITS, Number(quantity));
    sold.set(type, weeks);
  }
  const types = [...sold.keys()].filter((type) => (lines.get(type) ?? 0) >= LEAST_LINES).toSorted();
  const rank = new Map(types.map((type, k) => [type, k]));
  const promoted = PROMOTIONS.map(() => new Float64Array(types.length * WEEKS));
  const seen = new Set<string>();
  for await (const [product, , display, mailer, week] of rows(folder, 'promotions_sample')) {
    const item = rank.get(typeOf.get(product) ?? '');
    const period = Number(week) - FIRST_WEEK;
    if (item === undefined || period < 0 || period >= WEEKS) continue;
    for (const [kind, codes] of PROMOTIONS.entries()) {
      const runs = (mailer !== '0' && codes.mailer.includes(mailer)) || (display !== '0' && codes.display.includes(display));
      const key = `${kind} ${product} ${period}`;
      if (!runs || seen.has(key)) continue;
      seen.add(key);
      promoted[kind][item * WEEKS + period]++;
    }
  }
  const quantity = new Float64Array(types.length * WEEKS);
  for (const [k, type] of types.entries()) quantity.set(sold.get(type) ?? [], k * WEEKS);
  return { history: historyOf(types, quantity), promoted };
}

function rows(folder: string, table: string): AsyncIterable<string[]> {
  return createReadStream(join(folder, `${table}.csv.gz`))
    .pipe(createGunzip())
    .pipe(parse({ from_line: 2, relax_quotes: true }));
}

function historyOf(types: readonly string[], quantity: Float64Array): History {
  return {
    items: types.map((id) => ({ id, description: id, category: '', price: 0 })),
    periodLength: 'week',
    periods: Array.from({ length: WEEKS }, (_, w) => new Date(Date.UTC(2017, 0, 2 + 7 * w)).toISOString().slice(0, 10)),
    quantity,
    price: new Float64Array(quantity.length),
    open: new Uint8Array(WEEKS).fill(1),
    missing: new Int32Array(quantity.length),
    notes: [],
    promotions: [],
  };
}
